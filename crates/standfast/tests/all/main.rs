//! Tests of the program as a whole.

mod bad_input;
mod cli;
mod demo;
mod ending;
mod faults;
mod formats;
mod import;
mod json;
mod reference;
mod stand_in;
mod suspended;
mod truth;
