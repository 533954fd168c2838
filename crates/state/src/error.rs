//! What can go wrong with a store.

use std::path::PathBuf;

use crate::Fault;

/// A failed operation on a store.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The database could not be opened or made.
    #[error("cannot open the state store `{path}`")]
    Open {
        /// The database.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// The database is of a form that this program does not know.
    #[error("the state store `{path}` has version {found}, this program reads {known}")]
    Version {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The version known here.
        known: i64,
    },
    /// Records could not be read.
    #[error("cannot read the state store `{path}`")]
    Read {
        /// The database.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// A record could not be written.
    #[error("cannot write to the state store `{path}`")]
    Write {
        /// The database.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// A file beside the database could not be read or written.
    #[error("cannot {what} `{path}`")]
    File {
        /// `read` or `write`.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Nothing is added to a store that has been tampered with.
    #[error("the state store `{path}` does not hold together, nothing was added")]
    Broken {
        /// The database.
        path: PathBuf,
        /// What is wrong.
        source: Fault,
    },
    /// A record's body is not what its kind says.
    #[error("cannot read record {seq} as `{kind}`")]
    Body {
        /// The record.
        seq: u64,
        /// Its kind.
        kind: String,
        /// Why.
        source: serde_json::Error,
    },
    /// A number with a fraction, which has no one way to be written.
    #[error("`{number}` is not a whole number")]
    Fraction {
        /// The number.
        number: String,
    },
    /// A field of a record that may not be empty is.
    #[error("`{field}` is empty")]
    Empty {
        /// The field.
        field: &'static str,
    },
    /// Nobody's word stands for a control: only a snapshot shows it.
    #[error("a control is shown by a snapshot, not by somebody's word")]
    Control,
    /// Something that ends before it begins.
    #[error("its last day would be {}, and it is {} already", standfast_model::last_day(*until), at.to_zoned(jiff::tz::TimeZone::UTC).date())]
    Expired {
        /// When it begins.
        at: jiff::Timestamp,
        /// When it ends.
        until: jiff::Timestamp,
    },
    /// A withdrawal of what is not there.
    #[error("record {seq} is no attestation that still counts")]
    NothingToWithdraw {
        /// The record.
        seq: u64,
    },
    /// A store is restored only where there is none.
    #[error("`{path}` already holds {count} records")]
    NotEmpty {
        /// The database.
        path: PathBuf,
        /// Its records.
        count: u64,
    },
    /// A line of an export is not a record.
    #[error("line {line} of the export is not a record")]
    Line {
        /// The line, from 1.
        line: u64,
        /// Why.
        source: serde_json::Error,
    },
}

/// The outcome of a verification that failed.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The store does not hold together.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The store could not be read.
    #[error(transparent)]
    State(#[from] StateError),
}
