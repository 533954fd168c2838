//! `standfast status`.

use jiff::Timestamp;
use standfast_report::terminal::{self, Detail};

use crate::cli::{Depth, Plain, Status};
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;
use crate::view::{self, Known};

pub(crate) fn run(project: &Project, arguments: &Status, printer: &Printer, now: Timestamp) -> Result<Exit, Failure> {
    let known = Known::of(project, now)?;
    // What the run left out stands on the board itself.
    if known.assessment.is_none() {
        known.warn(printer);
    }
    let board = standfast_readiness::status(&known.situation());
    match arguments.format {
        Plain::Json => printer.json(&board)?,
        Plain::Table => {
            let detail = match arguments.depth {
                Depth::Domains => Detail::Domains,
                Depth::Subtasks => Detail::Subtasks,
                Depth::Criteria => Detail::Criteria,
            };
            printer.data(|out| Ok(terminal::status(&view::board(&board), detail, printer.terminal(), out)?))?;
        }
    }
    Ok(Exit::Done)
}
