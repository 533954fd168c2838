//! The board, gaps, stories and coverage as plain text for a terminal.
//!
//! Complete without colour: marks and words say what colour only repeats. Lines break at the given width; values from
//! outside are shown with their control characters spelled out.

mod coverage;
mod gaps;
mod status;
mod stories;

use unicode_width::UnicodeWidthStr;

pub use coverage::coverage;
pub use gaps::gaps;
pub use status::{Detail, status};
pub use stories::stories;

use standfast_model::Severity;

/// What the text is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Columns; lines are broken there, but never below 60.
    pub width: usize,
    /// With or without colour.
    pub style: Style,
}

impl Terminal {
    /// Without colour, so many columns wide.
    pub const fn plain(width: usize) -> Self {
        Self {
            width,
            style: Style::plain(),
        }
    }

    fn columns(self) -> usize {
        self.width.max(60)
    }
}

/// Colours, or none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    coloured: bool,
}

impl Style {
    /// Text alone: for pipes, files and `NO_COLOR`.
    pub const fn plain() -> Self {
        Self { coloured: false }
    }

    /// The sixteen colours of the reader's own theme.
    pub const fn coloured() -> Self {
        Self { coloured: true }
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.coloured && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn strong(self, text: &str) -> String {
        self.paint("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    fn met(self, text: &str) -> String {
        self.paint("34", text)
    }

    fn open(self, text: &str) -> String {
        self.paint("33", text)
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        match severity {
            Severity::Critical => self.paint("1;31", text),
            Severity::High => self.paint("31", text),
            Severity::Medium => self.paint("33", text),
            Severity::Low | Severity::Informational => self.dim(text),
        }
    }
}

/// Text with blanks behind it up to that many columns.
fn padded(text: &str, columns: usize) -> String {
    let mut padded = text.to_owned();
    padded.extend(std::iter::repeat_n(' ', columns.saturating_sub(text.width())));
    padded
}

/// Breaks text between words into lines of at most that many columns; a longer word gets a line of its own and keeps its
/// length, so that it can be copied.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.width() + 1 + word.width() > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// A word in a column of its own, and text beside it that continues under itself.
fn beside(lead: &str, lead_columns: usize, text: &str, terminal: Terminal) -> String {
    let room = terminal.columns().saturating_sub(lead_columns).max(20);
    let mut written = String::new();
    for (index, line) in wrapped(text, room).iter().enumerate() {
        if index == 0 {
            written.push_str(lead);
        } else {
            written.extend(std::iter::repeat_n(' ', lead_columns));
        }
        written.push_str(line);
        written.truncate(written.trim_end().len());
        written.push('\n');
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_longer_than_the_line_are_kept_whole() {
        assert_eq!(wrapped("a bb ccccccc d", 4), ["a bb", "ccccccc", "d"]);
        assert_eq!(wrapped("", 4), [""]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(padded("日本", 6), "日本  ");
        assert_eq!(wrapped("日本 日本", 5), ["日本", "日本"]);
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        assert_eq!(Style::plain().strong("a"), "a");
        assert_eq!(Style::coloured().strong("a"), "\u{1b}[1ma\u{1b}[0m");
        assert_eq!(Style::coloured().strong(""), "");
    }
}
