//! `standfast report`.

use std::path::Path;

use jiff::Timestamp;
use standfast_report::{ReportInput, write_html};

use crate::cli::Report;
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::{Project, write_whole};
use crate::view::{self, Known};

pub(crate) fn run(project: &Project, arguments: &Report, printer: &Printer, now: Timestamp) -> Result<Exit, Failure> {
    let known = Known::of(project, now)?;
    if known.assessment.is_some() {
        known.warn(printer);
    }
    let bytes = write(known, &arguments.output, arguments.organization.clone())?;
    printer.say(format!("wrote {} ({} KB)", arguments.output.display(), bytes / 1000));
    Ok(Exit::Done)
}

/// Writes the report in one step: a file that is there is whole.
pub(crate) fn write(known: Known, path: &Path, organization: Option<String>) -> Result<u64, Failure> {
    let situation = known.situation();
    let board = view::board(&standfast_readiness::status(&situation));
    let gaps = standfast_readiness::gaps(&situation);
    let stories = standfast_readiness::stories(&situation)?;
    let exceptions = view::exceptions(&known.exceptions, known.assessment.as_ref(), known.now);
    let controls = view::controls(&known.content);
    let Some(assessment) = known.assessment else {
        return Err(Failure::usage("nothing was assessed yet").hint("`standfast discover`, then `standfast assess`"));
    };
    let management = assessment
        .snapshot
        .accounts
        .iter()
        .find(|account| account.is_management);
    let organization = organization
        .or_else(|| management.map(|account| account.name.clone()))
        .unwrap_or_default();
    let input = ReportInput {
        organization,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        generated_at: known.now,
        assessment,
        controls,
        board,
        gaps,
        stories,
        exceptions,
    };
    write_whole(path, |out| Ok(write_html(&input, out)?))
}
