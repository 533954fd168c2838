//! What is wrong in a file that people write, and where.

use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};

/// A broken place in a file that people write: the problem, the file, the place, and what was expected there.
#[derive(Debug, Clone, thiserror::Error, Diagnostic)]
#[error("{problem}")]
pub struct FileError {
    /// What is wrong, in a lowercase fragment.
    pub problem: String,
    /// What was expected.
    #[help]
    pub expected: Option<String>,
    #[source_code]
    // Shared, so that the error stays small where it is passed on.
    source_code: Arc<NamedSource<String>>,
    #[label("here")]
    span: SourceSpan,
    line: usize,
}

impl FileError {
    /// A problem at a byte range of a file's text. What was expected is given with or without the word `expected` before it.
    pub fn new(
        file: &str,
        text: &str,
        range: std::ops::Range<usize>,
        problem: impl Into<String>,
        expected: impl Into<Option<String>>,
    ) -> Self {
        let start = range.start.min(text.len());
        let end = range.end.clamp(start, text.len());
        let line = 1 + text
            .as_bytes()
            .iter()
            .take(start)
            .filter(|byte| **byte == b'\n')
            .count();
        Self {
            problem: problem.into(),
            expected: expected.into().map(|expected: String| {
                if expected.starts_with("expected ") {
                    expected
                } else {
                    format!("expected {expected}")
                }
            }),
            source_code: Arc::new(NamedSource::new(file, text.to_owned())),
            span: (start, end - start).into(),
            line,
        }
    }

    /// The same place in the file's own text, where another of the same length was parsed in its stead.
    #[must_use]
    pub(crate) fn over(mut self, text: &str) -> Self {
        self.source_code = Arc::new(NamedSource::new(self.file(), text.to_owned()));
        self
    }

    /// The file's name as it was given.
    pub fn file(&self) -> &str {
        self.source_code.name()
    }

    /// The line, from 1.
    pub const fn line(&self) -> usize {
        self.line
    }
}
