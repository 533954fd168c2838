//! What people state, kept so that no one can change it unseen: the append-only, hash-chained store of a readiness project.
//!
//! The store is a folder (`.standfast` in the project) with
//!
//! - `state.sqlite`: the records. Triggers refuse to change or delete one, and each record carries the SHA-256 of the one
//!   before it, so that whoever goes around the triggers breaks the chain;
//! - `state.head`: number and hash of the last record in plain text, for git to track. What is cut off at the end leaves
//!   a chain that is whole; the head still knows how long it was;
//! - `state.jsonl`: all records as plain lines for git, from which the store can be restored.
//!
//! The chain shows that records were changed; it does not hide them and it is not a signature. Someone who rewrites all
//! three files leaves a store that holds together, and a diff of `state.head` in git's history.
//!
//! Times are passed in; the store has no clock.

mod attestation;
mod chain;
mod error;
mod export;
mod head;
mod record;
mod store;

pub use attestation::{Attestation, FileState, Filed, Proof, ProofError};
pub use chain::{Fault, FaultKind, check_chain, check_head};
pub use error::{StateError, VerifyError};
pub use export::{read_lines, write_lines};
pub use head::Head;
pub use record::{Draft, Record};
pub use store::{Store, Verified};
