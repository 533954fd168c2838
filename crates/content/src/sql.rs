//! What all SQL files of content have in common: a TOML header in a comment, and a query with placeholders.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::program::{FileError, typed};

const FENCE: &str = "-- ---";

/// A query and its place in the file that it comes from.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// The query.
    pub sql: &'a str,
    /// The file, for messages.
    pub file: &'a str,
    /// The whole text of the file, for messages.
    pub text: &'a str,
    /// Where `sql` begins in `text`, in bytes.
    pub start: usize,
}

impl Query<'_> {
    /// A problem with the query, at a byte range of it.
    pub fn error(
        &self,
        range: Range<usize>,
        problem: impl Into<String>,
        expected: impl Into<Option<String>>,
    ) -> FileError {
        FileError::new(
            self.file,
            self.text,
            self.start + range.start..self.start + range.end,
            problem,
            expected,
        )
    }

    /// The placeholders of the query with their places in it, in order.
    pub fn placeholders(&self) -> Vec<(String, Range<usize>)> {
        let mut found = Vec::new();
        let mut quoted = false;
        let mut characters = self.sql.char_indices().peekable();
        while let Some((start, character)) = characters.next() {
            if character == '\'' {
                quoted = !quoted;
            }
            if character == '-' && !quoted && characters.next_if(|(_, next)| *next == '-').is_some() {
                while characters.next_if(|(_, next)| *next != '\n').is_some() {}
            }
            if character != '$' || quoted {
                continue;
            }
            let mut name = String::new();
            while let Some((_, next)) = characters.next_if(|(_, next)| next.is_ascii_alphanumeric() || *next == '_') {
                name.push(next);
            }
            if !name.is_empty() {
                let end = start + 1 + name.len();
                found.push((name, start..end));
            }
        }
        found
    }
}

/// The header of a file, and where its query begins, in bytes.
pub(crate) fn header<T: DeserializeOwned>(file: &str, text: &str) -> Result<(T, usize), FileError> {
    let (header_end, sql_start) = header_range(file, text)?;
    // The header keeps its place in the text, so that a message points at the line it means.
    let mut blanked = String::with_capacity(header_end);
    for (index, line) in text
        .get(..header_end)
        .unwrap_or_default()
        .split_inclusive('\n')
        .enumerate()
    {
        let bare = line.trim_end_matches(['\n', '\r']);
        if index == 0 {
            blanked.push_str(&" ".repeat(bare.len()));
        } else if let Some(rest) = bare.strip_prefix("--") {
            blanked.push_str("  ");
            blanked.push_str(rest);
        } else {
            blanked.push_str(bare);
        }
        blanked.push('\n');
    }
    let header = typed(file, &blanked).map_err(|error| error.over(text))?;
    Ok((header, sql_start))
}

/// The place of a key of the header.
pub(crate) fn at_key(text: &str, key: &str) -> Range<usize> {
    let start = text.find(&format!("-- {key} ")).map_or(0, |start| start + 3);
    let end = text
        .get(start..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |length| start + length);
    start..end
}

/// Where the header ends and the query begins.
fn header_range(file: &str, text: &str) -> Result<(usize, usize), FileError> {
    let expected = || format!("a header between two lines `{FENCE}` at the beginning of the file");
    let mut start = 0;
    let mut opened = false;
    for line in text.split_inclusive('\n') {
        let is_fence = line.trim_end() == FENCE;
        match (opened, is_fence) {
            (false, true) => opened = true,
            (true, true) => return Ok((start, start + line.len())),
            (false, false) => {
                return Err(FileError::new(
                    file,
                    text,
                    0..line.len(),
                    "the header is missing",
                    expected(),
                ));
            }
            (true, false) if line.trim_end().starts_with("--") => {}
            (true, false) => {
                return Err(FileError::new(
                    file,
                    text,
                    start..start + line.len(),
                    "the header does not end",
                    expected(),
                ));
            }
        }
        start += line.len();
    }
    Err(FileError::new(
        file,
        text,
        0..text.len(),
        "the header does not end",
        expected(),
    ))
}
