//! Tests of the program as a whole.

mod faults;
mod import;
mod stand_in;
mod truth;
