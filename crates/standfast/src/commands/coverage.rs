//! `standfast coverage` and `standfast snapshots`.

use standfast_inventory::{Manifest, Origin};
use standfast_query::{Ledger, Session, SessionOptions};
use standfast_report::terminal;

use crate::cli::{OfSnapshot, Plain};
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;

pub(crate) async fn run(project: &Project, arguments: &OfSnapshot, printer: &Printer) -> Result<Exit, Failure> {
    let snapshot = project.snapshot(arguments.snapshot.as_deref())?;
    let session = Session::open(&snapshot, SessionOptions::default()).await?;
    let coverage = Ledger::read(&session).await?.coverage(snapshot.manifest().units);
    match arguments.format {
        Plain::Json => printer.json(&coverage)?,
        Plain::Table => printer.data(|out| Ok(terminal::coverage(&coverage, printer.terminal(), out)?))?,
    }
    Ok(if coverage.complete_units < coverage.units {
        Exit::CoverageIncomplete
    } else {
        Exit::Done
    })
}

pub(crate) fn snapshots(project: &Project, printer: &Printer) -> Result<Exit, Failure> {
    let store = project.snapshots();
    printer.data(|out| {
        for name in store.list()? {
            let snapshot = store.open(&name)?;
            let manifest = snapshot.manifest();
            let state = match snapshot.verify() {
                Ok(()) => "whole",
                Err(_) => "CHANGED since it was written",
            };
            writeln!(
                out,
                "{name}  {} accounts, {} regions, {}  {state}",
                manifest.accounts.len(),
                manifest.regions.len(),
                read(manifest)
            )?;
        }
        for name in store.broken_imports()? {
            writeln!(
                out,
                "{name}  not finished; it read files: begin again, and delete the folder {name}.importing"
            )?;
        }
        for name in store.unfinished()? {
            writeln!(
                out,
                "{name}  not finished; `standfast discover --resume {name}` goes on with it"
            )?;
        }
        Ok(())
    })?;
    Ok(Exit::Done)
}

/// How a snapshot was read.
fn read(manifest: &Manifest) -> String {
    match &manifest.origin {
        Origin::Live => format!("{} calls, {} errors", manifest.calls, manifest.errors),
        Origin::Replayed => format!("{} calls of a recording, {} errors", manifest.calls, manifest.errors),
        Origin::Files { files } => format!("{} files, {} gaps", files.len(), manifest.errors),
    }
}
