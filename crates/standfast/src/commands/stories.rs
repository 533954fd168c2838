//! `standfast stories`.

use jiff::Timestamp;
use standfast_report::terminal;

use crate::cli::{Stories, StoriesAs};
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;
use crate::view::Known;

pub(crate) fn run(project: &Project, arguments: &Stories, printer: &Printer, now: Timestamp) -> Result<Exit, Failure> {
    let known = Known::of(project, now)?;
    known.warn(printer);
    let stories = standfast_readiness::stories(&known.situation())?;
    printer.data(|mut out| match arguments.format {
        StoriesAs::Table => Ok(terminal::stories(&stories, printer.terminal(), out)?),
        StoriesAs::Export(format) => Ok(standfast_readiness::export::write(&stories, format, &mut out)?),
    })?;
    Ok(Exit::Done)
}
