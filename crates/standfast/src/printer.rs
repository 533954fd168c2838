//! The one place that writes to the terminal. Standard output is data only; what is said about the work goes to standard error.
#![allow(clippy::unused_self, reason = "whoever writes holds a printer")]

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use miette::{GraphicalReportHandler, GraphicalTheme};
use standfast_inventory::UnitRecord;
use standfast_model::Account;
use standfast_report::terminal::{Style, Terminal};

use crate::exit::{Cause, Failure};

/// Writes to both streams.
#[derive(Debug, Clone)]
pub(crate) struct Printer {
    quiet: bool,
}

impl Printer {
    pub(crate) const fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Writes data. A reader that went away is a success.
    pub(crate) fn data(&self, write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>) -> Result<(), Failure> {
        let reader_gone = Cell::new(false);
        let mut out = std::io::BufWriter::new(Output {
            out: std::io::stdout().lock(),
            reader_gone: &reader_gone,
        });
        let outcome = write(&mut out).and_then(|()| out.flush().map_err(Failure::from));
        if reader_gone.get() { Ok(()) } else { outcome }
    }

    /// Writes a JSON document of this program: an object with a `version`, which is raised when a member changes its meaning or goes.
    pub(crate) fn document(&self, content: &impl serde::Serialize) -> Result<(), Failure> {
        #[derive(serde::Serialize)]
        struct Document<'a, T> {
            version: u32,
            #[serde(flatten)]
            content: &'a T,
        }
        self.json(&Document { version: 1, content })
    }

    /// Writes JSON of a form that has its version itself, or that others laid down; indented.
    pub(crate) fn json(&self, value: &impl serde::Serialize) -> Result<(), Failure> {
        self.data(|out| {
            serde_json::to_writer_pretty(&mut *out, value)?;
            Ok(writeln!(out)?)
        })
    }

    /// Says something about the work.
    pub(crate) fn say(&self, words: impl AsRef<str>) {
        if !self.quiet {
            tell(words.as_ref());
        }
    }

    /// Says something that the user should not miss.
    pub(crate) fn warn(&self, words: impl AsRef<str>) {
        tell(&stderr_style().paint_warning("warning", words.as_ref()));
    }

    /// What tables for people are written for.
    pub(crate) fn terminal(&self) -> Terminal {
        let coloured = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = width.unwrap_or_else(|| {
            usize::from(
                console::Term::stdout()
                    .size_checked()
                    .map_or(100, |(_, columns)| columns),
            )
        });
        Terminal {
            width,
            style: if coloured { Style::coloured() } else { Style::plain() },
        }
    }

    /// Ends the program with a failure.
    pub(crate) fn failure(&self, failure: &Failure) -> ExitCode {
        match &failure.cause {
            Cause::Error(error) => {
                let mut text = format!("error: {error}");
                let mut said = error.to_string();
                let mut cause = error.source();
                while let Some(source) = cause {
                    // Some errors repeat their cause, with or without its first word.
                    let words = source.to_string();
                    let bare = words.split_once(": ").map_or(words.as_str(), |(_, rest)| rest);
                    if !said.contains(bare) {
                        text = format!("{text}\n  caused by: {words}");
                    }
                    said = words;
                    cause = source.source();
                }
                tell(&text);
            }
            Cause::Place(place) => tell(rendered(place.as_ref()).trim_end()),
            Cause::Places(places) => places
                .iter()
                .for_each(|place| tell(rendered(place.as_ref()).trim_end())),
        }
        if let Some(hint) = &failure.hint {
            tell(&format!("hint: {hint}"));
        }
        failure.exit.into()
    }

    /// A progress bar over units, hidden where nobody looks.
    pub(crate) fn progress(&self, units: usize, accounts: usize) -> Arc<Bar> {
        let target = if self.quiet || !std::io::stderr().is_terminal() {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr_with_hz(8)
        };
        let bar = ProgressBar::with_draw_target(Some(units as u64), target);
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30.cyan/dim} {percent:>3}%  {msg}  {elapsed} elapsed, about {eta} left")
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(250));
        Arc::new(Bar {
            shown: bar,
            accounts,
            accounts_done: AtomicU64::new(0),
            calls: AtomicU64::new(0),
            errors: AtomicU64::new(0),
        })
    }
}

/// Shows how far a run is: accounts, calls, errors, and an estimate.
#[derive(Debug)]
pub(crate) struct Bar {
    shown: ProgressBar,
    accounts: usize,
    accounts_done: AtomicU64,
    calls: AtomicU64,
    errors: AtomicU64,
}

impl Bar {
    pub(crate) fn done(&self) {
        self.shown.finish_and_clear();
    }

    fn show(&self) {
        let (calls, errors) = (self.calls.load(Ordering::Relaxed), self.errors.load(Ordering::Relaxed));
        let done = self.accounts_done.load(Ordering::Relaxed);
        self.shown.set_message(format!(
            "{done} of {} accounts, {calls} calls, {errors} errors",
            self.accounts
        ));
    }
}

impl standfast_discover::Progress for Bar {
    fn unit(&self, record: &UnitRecord, remaining: usize) {
        self.calls.fetch_add(record.calls, Ordering::Relaxed);
        self.errors.fetch_add(record.errors, Ordering::Relaxed);
        let length = self.shown.length().unwrap_or(0);
        self.shown.set_position(length.saturating_sub(remaining as u64));
        self.show();
    }

    fn account(&self, _account: &Account) {
        self.accounts_done.fetch_add(1, Ordering::Relaxed);
        self.show();
    }
}

/// Writes a line to standard error. Nobody may be there to read it, and that is no failure.
fn tell(line: &str) {
    drop(writeln!(std::io::stderr().lock(), "{line}"));
}

struct StderrStyle {
    coloured: bool,
}

fn stderr_style() -> StderrStyle {
    StderrStyle {
        coloured: std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    }
}

impl StderrStyle {
    fn paint_warning(&self, label: &str, words: &str) -> String {
        if self.coloured {
            format!("\u{1b}[33m{label}\u{1b}[0m: {words}")
        } else {
            format!("{label}: {words}")
        }
    }
}

fn rendered(place: &dyn miette::Diagnostic) -> String {
    let theme = if stderr_style().coloured {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let mut text = String::new();
    if GraphicalReportHandler::new_themed(theme)
        .with_width(100)
        .render_report(&mut text, place)
        .is_err()
    {
        text = format!("error: {place}\n");
    }
    text
}

/// Standard output, which remembers that its reader went away. Formats wrap that in errors of their own, not all of which tell it.
struct Output<'a> {
    out: std::io::StdoutLock<'static>,
    reader_gone: &'a Cell<bool>,
}

impl Output<'_> {
    fn watched<T>(&self, outcome: std::io::Result<T>) -> std::io::Result<T> {
        if matches!(&outcome, Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe) {
            self.reader_gone.set(true);
        }
        outcome
    }
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let outcome = self.out.write(bytes);
        self.watched(outcome)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let outcome = self.out.flush();
        self.watched(outcome)
    }
}
