//! Tests of the program as a whole.

mod bad_input;
mod cli;
mod demo;
mod faults;
mod formats;
mod stand_in;
mod suspended;
mod truth;
