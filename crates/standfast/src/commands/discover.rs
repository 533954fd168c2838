//! `standfast discover`.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use standfast_discover::import::{self, ImportFiles};
use standfast_discover::{Plan, Reader, Recorder, Recording, Selection, Source, plan, run as read};
use standfast_inventory::{Journal, Origin, Snapshot};

use crate::cli::Discover;
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;

pub(crate) async fn run(
    project: &Project,
    arguments: Discover,
    printer: &Printer,
    now: Timestamp,
) -> Result<Exit, Failure> {
    if !arguments.from_config_snapshot.is_empty() || !arguments.from_iam_details.is_empty() {
        let files = ImportFiles {
            config_snapshots: arguments.from_config_snapshot,
            iam_details: arguments.from_iam_details,
        };
        return from_files(project, &files, printer, now);
    }
    let recorder = arguments.record.as_ref().map(|_| Recorder::new());
    let source = match (&recorder, &arguments.replay) {
        (Some(recorder), _) => Source::Record(recorder.clone()),
        (None, Some(path)) => Source::Replay(recording(path)?),
        (None, None) => Source::Live,
    };
    let reader = Reader::new(source, &arguments.role_name, usize::from(arguments.concurrency)).await;
    let (plan, journal) = if let Some(run) = &arguments.resume {
        resumed(project, &reader, run).await?
    } else {
        let selection = Selection {
            accounts: arguments.accounts,
            regions: arguments.regions,
            services: arguments.services,
            service_last_accessed: arguments.service_last_accessed,
        };
        let plan = plan(&reader, &selection, now).await.map_err(with_hint)?;
        let journal = project.snapshots().begin(plan.run.clone())?;
        (plan, journal)
    };
    let snapshot = take(project, &reader, &plan, journal, printer, now).await?;
    if let (Some(recorder), Some(path)) = (&recorder, &arguments.record) {
        let count = recorder
            .write(std::fs::File::create(path)?, now)
            .map_err(Failure::failed)?;
        printer.say(format!("{count} replies are in {}", path.display()));
    }
    Ok(told(&snapshot, printer))
}

/// Makes a snapshot of files. Either all of them are in it, or nothing is left behind.
fn from_files(project: &Project, files: &ImportFiles, printer: &Printer, now: Timestamp) -> Result<Exit, Failure> {
    let survey = import::survey(files, now)?;
    let store = project.snapshots();
    let journal = Arc::new(store.begin_import(survey.run.clone())?);
    let bar = printer.progress(survey.run.units.len(), survey.run.accounts.len());
    let outcome = import::read(&survey, &journal, bar.as_ref());
    bar.done();
    let snapshot = match outcome {
        Ok(()) => store.finish(&journal, now)?,
        Err(error) => {
            store.abandon(&journal)?;
            return Err(error.into());
        }
    };
    Ok(told(&snapshot, printer))
}

/// Reads what the journal has not finished and turns it into a snapshot.
pub(crate) async fn take(
    project: &Project,
    reader: &Reader,
    plan: &Plan,
    journal: Journal,
    printer: &Printer,
    now: Timestamp,
) -> Result<Snapshot, Failure> {
    let journal = Arc::new(journal);
    let bar = printer.progress(plan.run.units.len(), plan.run.accounts.len());
    let outcome = read(reader, plan, &journal, bar.clone()).await;
    bar.done();
    outcome?;
    Ok(project.snapshots().finish(&journal, now)?)
}

async fn resumed(project: &Project, reader: &Reader, run: &str) -> Result<(Plan, Journal), Failure> {
    let store = project.snapshots();
    let unfinished = store.unfinished()?;
    let run = if run == "latest" {
        unfinished.last()
    } else {
        unfinished.iter().find(|name| *name == run)
    };
    let Some(run) = run else {
        return Err(Failure::usage("there is no run to go on with").hint("`standfast discover` begins one"));
    };
    let journal = store.resume(run)?;
    let plan = Plan::resumed(reader, journal.plan().clone()).await.map_err(with_hint)?;
    Ok((plan, journal))
}

fn recording(path: &Path) -> Result<Recording, Failure> {
    let file = std::fs::File::open(path)
        .map_err(|error| Failure::usage(format!("cannot read `{}`: {error}", path.display())))?;
    Recording::read(file).map_err(Failure::failed)
}

fn with_hint(error: standfast_discover::Error) -> Failure {
    let is_call = matches!(error, standfast_discover::Error::Call { .. });
    let failure = Failure::from(error);
    if is_call {
        failure.hint("standfast takes credentials as the AWS CLI does: check `aws sts get-caller-identity`; `standfast permissions` prints the policy that it needs")
    } else {
        failure
    }
}

/// Says what a snapshot holds, and how the run ended.
pub(crate) fn told(snapshot: &Snapshot, printer: &Printer) -> Exit {
    let manifest = snapshot.manifest();
    let rows: u64 = manifest
        .tables
        .iter()
        .filter(|(name, _)| !name.starts_with("standfast_"))
        .map(|(_, file)| file.rows)
        .sum();
    let read = match &manifest.origin {
        Origin::Files { files } => format!("{} files", files.len()),
        Origin::Live | Origin::Replayed => format!("{} calls", manifest.calls),
    };
    printer.say(format!(
        "snapshot {}: {} accounts, {} regions, {} services, {rows} rows in {} tables, {read}",
        manifest.run_id,
        manifest.accounts.len(),
        manifest.regions.len(),
        manifest
            .services
            .iter()
            .filter(|service| *service != "standfast")
            .count(),
        manifest
            .tables
            .keys()
            .filter(|name| !name.starts_with("standfast_"))
            .count(),
    ));
    for said in standfast_report::left_out(&manifest.left_out) {
        printer.say(said);
    }
    if matches!(manifest.origin, Origin::Files { .. }) {
        printer.warn("what the files do not hold is unknown; `standfast coverage` shows it");
        return Exit::CoverageIncomplete;
    }
    if manifest.errors > 0 {
        printer.warn(format!(
            "{} calls failed: what depends on them is unknown; `standfast coverage` shows them",
            manifest.errors
        ));
        return Exit::CoverageIncomplete;
    }
    Exit::Done
}
