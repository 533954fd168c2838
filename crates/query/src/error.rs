//! Failed queries.

use datafusion::error::DataFusionError;
use standfast_content::FileError;

/// A failed operation of the engine.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A table of the snapshot could not be registered.
    #[error("cannot open table `{table}`")]
    Register {
        /// The table.
        table: String,
        /// Why.
        source: Box<DataFusionError>,
    },
    /// A query of the user could not be planned or run.
    #[error("the query failed")]
    Query(#[source] Box<DataFusionError>),
    /// The ledger of the snapshot could not be read.
    #[error("cannot read the ledger of the snapshot")]
    Ledger(#[source] Box<DataFusionError>),
    /// A control's file is at fault.
    #[error(transparent)]
    Control(Box<FileError>),
    /// A control could not be run.
    #[error("control `{control}` failed")]
    Run {
        /// The control.
        control: String,
        /// Why.
        source: Box<DataFusionError>,
    },
    /// Rows could not be printed.
    #[error("cannot write the rows")]
    Write(#[source] std::io::Error),
    /// Rows could not be turned into text.
    #[error("cannot turn the rows into text")]
    Format(#[source] arrow::error::ArrowError),
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        Self::Control(Box::new(error))
    }
}
