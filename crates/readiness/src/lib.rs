//! Where an organization stands: findings, evidence and exceptions become status, gaps and stories.
//!
//! Pure functions of what is passed in, time included. Three rules hold everywhere: nothing is met without evidence, what
//! could not be read is never met, and what has expired counts for nothing.

mod exceptions;
pub mod export;
mod gaps;
mod graph;
mod situation;
mod status;
mod stories;
mod words;

pub use exceptions::{Exception, Exceptions, Scope, Tally as ExceptionTally, glob};
pub use gaps::gaps;
pub use graph::CycleError;
pub use situation::Situation;
pub use status::{Board, CriterionStatus, DomainStatus, NeedStatus, SubtaskStatus, Tally, status};
pub use stories::stories;
