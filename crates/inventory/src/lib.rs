//! What was seen: typed rows of every table, their Arrow schema, the journal that a run writes while it reads, and the
//! Parquet snapshot that comes of it.
//!
//! A snapshot is a folder with one Parquet file for each table that has rows and a `manifest.json`. It appears under its name
//! only when it is whole; until then there is a folder that ends in `.partial`, from which a run can be resumed.

mod compact;
mod diff;
mod findings;
mod journal;
mod snapshot;
mod table;
pub mod tables;

pub use diff::{Change, ChangeKind, ColumnChange, diff};
pub use findings::{FINDING_COLUMNS, FINDINGS_TABLE, FindingsReader, FindingsWriter};
pub use journal::{Journal, Unit, UnitRecord, UnitWriter};
pub use snapshot::{Manifest, Origin, RunPlan, Snapshot, SnapshotStore, SourceFile, TableFile};
pub use table::{COMMON_COLUMNS, Column, Json, Kind, Row, Scope, Table};

use std::path::PathBuf;

/// A failed operation on a snapshot or a journal.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {action} `{}`", path.display())]
    Io {
        /// What was tried, such as "write".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file holds something that this program did not write.
    #[error("`{}` line {line} is not {expected}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What was expected.
        expected: &'static str,
        /// Why.
        source: serde_json::Error,
    },
    /// A row could not be written as JSON.
    #[error("cannot write a row of `{table}`")]
    Row {
        /// The table.
        table: &'static str,
        /// Why.
        source: serde_json::Error,
    },
    /// Rows could not be turned into columns.
    #[error("cannot turn the rows of `{table}` in `{}` into columns", path.display())]
    Columns {
        /// The table.
        table: String,
        /// The journal file.
        path: PathBuf,
        /// Why.
        source: arrow::error::ArrowError,
    },
    /// A Parquet file could not be written or read.
    #[error("cannot {action} `{}`", path.display())]
    Parquet {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: parquet::errors::ParquetError,
    },
    /// A snapshot's file is not the one that its manifest lists.
    #[error("`{}` was changed after the snapshot was written: SHA-256 {found}, expected {expected}", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
        /// The digest in the manifest.
        expected: String,
        /// The digest now.
        found: String,
    },
    /// No snapshot answers to a name.
    #[error("no snapshot `{name}` in `{}`", root.display())]
    NoSnapshot {
        /// The run id or `latest`.
        name: String,
        /// Where it was looked for.
        root: PathBuf,
    },
    /// Something of that name is already there.
    #[error("`{}` exists already", path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// A manifest of a version that this program does not know.
    #[error("`{}` has version {found}; this program reads version {expected}", path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The version that is read.
        expected: u32,
    },
}

impl Error {
    pub(crate) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }

    pub(crate) fn parquet(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(parquet::errors::ParquetError) -> Self {
        let path = path.into();
        move |source| Self::Parquet { action, path, source }
    }
}
