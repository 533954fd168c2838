//! `standfast gaps`.

use jiff::Timestamp;
use serde::Serialize;
use standfast_model::Gap;
use standfast_report::terminal;

use crate::cli::{Gaps, Plain};
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;
use crate::view::Known;

/// Gaps that a table shows unless asked for all.
const SHOWN: usize = 20;

#[derive(Serialize)]
struct Document<'a> {
    /// None before the first assessment.
    snapshot: Option<&'a str>,
    gaps: &'a [Gap],
}

pub(crate) fn run(project: &Project, arguments: &Gaps, printer: &Printer, now: Timestamp) -> Result<Exit, Failure> {
    let known = Known::of(project, now)?;
    known.warn(printer);
    let gaps = standfast_readiness::gaps(&known.situation());
    match arguments.format {
        Plain::Json => printer.document(&Document {
            snapshot: known.run_id(),
            gaps: &gaps,
        })?,
        Plain::Table => {
            let most = (!arguments.all).then_some(SHOWN);
            printer.data(|out| Ok(terminal::gaps(&gaps, most, printer.terminal(), out)?))?;
        }
    }
    Ok(Exit::Done)
}
