//! Everything under content/: found, parsed, linted.

pub mod program;
