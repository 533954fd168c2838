//! Findings, the readiness board, gaps, stories and coverage in the forms that people and programs read.
//!
//! Pure: data in, bytes out through [`std::io::Write`]; no clock, no files. The same input gives the same bytes. Findings are
//! streamed ([`write_findings`]), so that millions of them need no memory; everything else is made of an
//! [`Assessment`](standfast_model::Assessment), which is small whatever the size of the organization ([`write_html`], the
//! functions of [`terminal`]).
//!
//! All values are taken to be hostile: whoever may name a bucket may write into its name. Each format neutralises what would
//! be markup, a formula, or a command to the terminal in it.

#![allow(
    clippy::format_push_string,
    reason = "`write!` into a string cannot fail, and would leave an error to throw away at each of these places"
)]

mod controls;
mod error;
mod findings;
mod html;
mod left_out;
pub mod terminal;
mod text;
mod view;

pub use controls::{ControlInfo, Controls};
pub use error::ReportError;
pub use findings::{FindingsContext, Format, Verdict, finding_id, write_findings};
pub use html::write_html;
pub use left_out::left_out;
pub use text::count;
pub use view::{BoardView, CriterionView, DomainView, ExceptionView, ReportInput, SubtaskView};
