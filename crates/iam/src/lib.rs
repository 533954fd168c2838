//! The policy language of AWS.
//!
//! Pure: text in, answers out. So far it brings a policy document into one form, whichever of the language's shorthands it was written in
//! (a single statement for a list, a word for a list of one, `"*"` for `{"AWS": "*"}`).

mod statement;

pub use statement::{PolicyError, Statement, statements};
