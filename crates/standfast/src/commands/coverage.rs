//! `standfast coverage` and `standfast snapshots`.

use serde::Serialize;
use serde_json::json;
use standfast_inventory::{Manifest, Origin};
use standfast_model::{Coverage, LeftOut};
use standfast_query::{Ledger, Session, SessionOptions};
use standfast_report::{count, terminal};

use crate::cli::{OfSnapshot, Plain};
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;

#[derive(Serialize)]
struct Document<'a> {
    snapshot: &'a str,
    #[serde(flatten)]
    coverage: &'a Coverage,
    left_out: &'a LeftOut,
}

pub(crate) async fn run(project: &Project, arguments: &OfSnapshot, printer: &Printer) -> Result<Exit, Failure> {
    let snapshot = project.snapshot(arguments.snapshot.as_deref())?;
    let session = Session::open(&snapshot, SessionOptions::default()).await?;
    let manifest = snapshot.manifest();
    let coverage = Ledger::read(&session).await?.coverage(manifest.units);
    match arguments.format {
        Plain::Json => printer.document(&Document {
            snapshot: &manifest.run_id,
            coverage: &coverage,
            left_out: &manifest.left_out,
        })?,
        Plain::Table => {
            printer.data(|out| {
                Ok(terminal::coverage(
                    &coverage,
                    &manifest.left_out,
                    printer.terminal(),
                    out,
                )?)
            })?;
        }
    }
    Ok(if coverage.complete_units < coverage.units {
        Exit::CoverageIncomplete
    } else {
        Exit::Done
    })
}

/// Lists the snapshots; one that was changed or cannot be read is named so, and makes the command fail.
pub(crate) fn snapshots(project: &Project, format: Plain, printer: &Printer) -> Result<Exit, Failure> {
    let store = project.snapshots();
    let mut whole = true;
    let mut lines = Vec::new();
    let mut objects = Vec::new();
    for name in store.list()? {
        let opened = store.open(&name).and_then(|snapshot| {
            snapshot.verify()?;
            Ok(snapshot)
        });
        match opened {
            Ok(snapshot) => {
                let manifest = snapshot.manifest();
                let narrowed = if manifest.left_out.is_narrowed() {
                    ", narrowed"
                } else {
                    ""
                };
                lines.push(format!(
                    "{name}  whole  {}, {}, {}{narrowed}",
                    count(manifest.accounts.len() as u64, "account"),
                    count(manifest.regions.len() as u64, "region"),
                    read(manifest),
                ));
                objects.push(json!({
                    "name": name, "state": "whole", "started_at": manifest.started_at, "finished_at": manifest.finished_at,
                    "accounts": manifest.accounts.len(), "regions": manifest.regions, "services": manifest.services,
                    "calls": manifest.calls, "errors": manifest.errors, "left_out": manifest.left_out,
                    "origin": manifest.origin,
                }));
            }
            Err(error) => {
                whole = false;
                lines.push(format!("{name}  broken  {error}"));
                objects.push(json!({"name": name, "state": "broken", "problem": error.to_string()}));
            }
        }
    }
    for name in store.unfinished()? {
        lines.push(format!(
            "{name}  not finished  `standfast discover --resume {name}` goes on with it"
        ));
        objects.push(json!({"name": name, "state": "unfinished"}));
    }
    for name in store.broken_imports()? {
        lines.push(format!(
            "{name}  not finished  it read files: begin again, and delete the folder {name}.importing"
        ));
        objects.push(json!({"name": name, "state": "unfinished_import"}));
    }
    match format {
        Plain::Json => printer.document(&json!({"snapshots": objects}))?,
        Plain::Table => printer.data(|out| Ok(lines.iter().try_for_each(|line| writeln!(out, "{line}"))?))?,
    }
    if lines.is_empty() {
        printer.say("there is no snapshot; `standfast discover` takes one");
    }
    Ok(if whole { Exit::Done } else { Exit::Failed })
}

/// How a snapshot was read.
fn read(manifest: &Manifest) -> String {
    match &manifest.origin {
        Origin::Live => format!("{}, {}", count(manifest.calls, "call"), count(manifest.errors, "error")),
        Origin::Replayed => format!(
            "{} of a recording, {}",
            count(manifest.calls, "call"),
            count(manifest.errors, "error")
        ),
        Origin::Files { files } => format!(
            "{}, {}",
            count(files.len() as u64, "file"),
            count(manifest.errors, "gap")
        ),
    }
}
