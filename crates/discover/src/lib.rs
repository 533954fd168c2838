//! AWS to inventory: read-only calls, every failure a row of the ledger.
//!
//! [`Reader`] holds what a run needs of AWS (credentials, endpoints, one HTTP client), [`plan`] settles accounts, regions and
//! units, [`run`] reads them into a journal. Each service is one module of [`tables`].

mod calls;
mod cell;
mod error;
pub mod import;
mod parse;
mod permissions;
mod plan;
mod reader;
mod recording;
mod run;
pub mod tables;
mod tree;

pub use cell::{Answer, Cell};
pub use error::{Error, Failure};
pub use permissions::{policy, read_actions};
pub use plan::{Plan, Selection, plan};
pub use reader::{Reader, Source};
pub use recording::{Recorder, Recording, RecordingError};
pub use run::{Progress, run};
