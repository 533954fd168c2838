//! What can be wrong with a file that somebody gives.

use std::path::{Path, PathBuf};

/// Files could not be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A folder without files.
    #[error("`{}` holds no `*.json` or `*.json.gz`", path.display())]
    NoFiles {
        /// The folder.
        path: PathBuf,
    },
    /// A file that could not be read to its end.
    #[error("cannot read `{}` to its end: it is cut off, damaged or not there", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file that holds something else than it should.
    #[error("`{}` line {line}, column {column}: {problem}; expected {expected}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column, from 1; 0 at the beginning of a line.
        column: usize,
        /// What is wrong.
        problem: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A file that was written to while it was read.
    #[error("`{}` was changed while it was read", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A listing without its end.
    #[error(
        "the IAM details of account {account_id} are cut off: of their pages, none is the last (`IsTruncated` is true or `NextToken` is there); expected all pages"
    )]
    PagesMissing {
        /// The account.
        account_id: String,
    },
    /// Files without a single account.
    #[error("the files hold no item of any account")]
    Empty,
    /// The journal could not be written.
    #[error(transparent)]
    Inventory(#[from] standfast_inventory::Error),
}

impl ImportError {
    /// A problem that the reader of JSON found.
    pub(super) fn json(path: &Path, expected: &'static str, error: serde_json::Error) -> Self {
        if error.is_io() {
            return Self::Unreadable {
                path: path.to_owned(),
                source: error.into(),
            };
        }
        let (line, column) = (error.line(), error.column());
        let text = error.to_string();
        let problem = text.split(" at line ").next().unwrap_or_default().to_owned();
        Self::Malformed {
            path: path.to_owned(),
            line,
            column,
            problem,
            expected,
        }
    }

    /// True where the user's files are at fault, not the disk that the snapshot goes to.
    pub fn is_of_the_files(&self) -> bool {
        !matches!(self, Self::Inventory(_))
    }
}
