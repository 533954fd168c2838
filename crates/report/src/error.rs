//! What can go wrong while writing.

use std::io;

/// A report that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The bytes could not be written. A broken pipe arrives here with its kind.
    #[error("cannot write the report")]
    Write(#[from] io::Error),
    /// The findings could not be read to their end.
    #[error("cannot read the findings")]
    Findings(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<serde_json::Error> for ReportError {
    fn from(error: serde_json::Error) -> Self {
        Self::Write(error.into())
    }
}

impl From<csv::Error> for ReportError {
    fn from(error: csv::Error) -> Self {
        Self::Write(error.into())
    }
}
