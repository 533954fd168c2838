//! Tests of the program as a whole.

mod faults;
mod stand_in;
mod truth;
