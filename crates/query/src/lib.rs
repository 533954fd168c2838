//! The one user of the engine: SQL over a snapshot, and controls run as SQL.

mod controls;
mod darkness;
mod error;
mod functions;
mod literal;
mod output;
mod session;
mod views;

pub use controls::{Assessor, ControlFindings, ControlRun};
pub use darkness::Ledger;
pub use error::Error;
pub use output::{OutputFormat, write_batches};
pub use session::{Session, SessionOptions};
