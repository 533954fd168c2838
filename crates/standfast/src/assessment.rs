//! Assessing a snapshot, keeping the outcome, and reading it again.

use std::path::Path;
use std::sync::Arc;

use futures::StreamExt;
use jiff::Timestamp;
use standfast_content::{Content, Control};
use standfast_design::Design;
use standfast_inventory::{FINDINGS_TABLE, FindingsReader, FindingsWriter, Snapshot};
use standfast_model::{Assessment, ControlResult};
use standfast_query::{Assessor, Session, SessionOptions};
use standfast_readiness::{ExceptionTally, Exceptions};

use crate::exit::Failure;
use crate::project::Project;

/// An assessment and what is known of the exceptions that were applied in it.
pub(crate) struct Assessed {
    pub(crate) assessment: Assessment,
    pub(crate) tally: ExceptionTally,
}

/// What to assess and by what.
pub(crate) struct Basis<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) content: &'a Content,
    pub(crate) design: Design,
    pub(crate) exceptions: &'a Exceptions,
    /// Run these controls only; all if empty.
    pub(crate) only: &'a [String],
    pub(crate) now: Timestamp,
}

/// Bytes of tables that are kept in memory while controls run: all of a small organization, the small tables of a large one.
const RESIDENT: usize = 16 << 20;

/// Runs the controls over a snapshot. The findings go to disk control by control.
pub(crate) async fn assess(basis: Basis<'_>, folder: &Path) -> Result<Assessed, Failure> {
    let manifest = basis.snapshot.manifest();
    // Two controls run side by side, each on one thread: planning is a good part of the work, and it has but one.
    let side_by_side = std::thread::available_parallelism().map_or(2, usize::from);
    let session = Session::open(
        basis.snapshot,
        SessionOptions {
            threads: 1,
            resident: RESIDENT,
            ..SessionOptions::default()
        },
    )
    .await?;
    session
        .register_views(basis.content.views.values(), &basis.design, manifest.started_at)
        .await?;
    let assessor = Arc::new(Assessor::new(session, basis.design, manifest.started_at).await?);
    let chosen: Vec<Control> = basis
        .content
        .controls
        .values()
        .filter(|control| basis.only.is_empty() || basis.only.contains(&control.id))
        .cloned()
        .collect();
    let mut writer = FindingsWriter::create(&folder.join("findings.parquet"))?;
    let mut results: Vec<ControlResult> = Vec::with_capacity(chosen.len());
    let mut tally = ExceptionTally::default();
    let mut running = futures::stream::iter(chosen.into_iter().map(|control| {
        let assessor = Arc::clone(&assessor);
        async move {
            let work = tokio::spawn(async move {
                let found = assessor.run(&control).await;
                (control, found)
            });
            work.await
        }
    }))
    .buffered(side_by_side);
    while let Some(outcome) = running.next().await {
        let (control, found) = outcome.map_err(Failure::failed)?;
        let mut found = found?;
        if !basis.exceptions.is_empty() {
            for finding in &mut found.findings {
                basis.exceptions.apply(finding, basis.now, &mut tally);
            }
        }
        writer.append(&found.findings, control.severity, control.domain)?;
        results.push(found.summary(&control.id));
    }
    drop(running);
    let assessment = Assessment {
        version: Assessment::VERSION,
        assessed_at: basis.now,
        snapshot: manifest.summary(),
        coverage: assessor.ledger().coverage(manifest.units),
        controls: results,
    };
    writer.finish()?;
    let text = serde_json::to_vec(&assessment)?;
    let path = folder.join("assessment.json");
    let writing = folder.join("assessment.writing");
    std::fs::write(&writing, text)?;
    std::fs::rename(&writing, &path)?;
    Ok(Assessed { assessment, tally })
}

/// The findings of a snapshot, one after another.
pub(crate) fn findings(project: &Project, run_id: &str) -> Result<FindingsReader, Failure> {
    Ok(FindingsReader::open(
        &project.assessment_folder(run_id).join("findings.parquet"),
    )?)
}

/// The last assessment of a snapshot; none before the first.
pub(crate) fn last(project: &Project, run_id: &str) -> Result<Option<Assessment>, Failure> {
    let path = project.assessment_folder(run_id).join("assessment.json");
    if !path.is_file() {
        return Ok(None);
    }
    let text = std::fs::read(&path).map_err(|error| Failure::file("read", &path, error))?;
    let assessment: Assessment = serde_json::from_slice(&text)
        .map_err(|error| Failure::file("read", &path, error.into()).hint("`standfast assess` makes it anew"))?;
    if assessment.version != Assessment::VERSION {
        let problem = format!(
            "`{}` has version {}; this program reads version {}",
            path.display(),
            assessment.version,
            Assessment::VERSION
        );
        return Err(Failure::usage(problem).hint("`standfast assess` makes it anew"));
    }
    Ok(Some(assessment))
}

/// A session over a snapshot, with the views that controls read, and its findings where it was assessed.
pub(crate) async fn session(project: &Project, snapshot: &Snapshot) -> Result<Session, Failure> {
    let session = Session::open(snapshot, SessionOptions::default()).await?;
    session
        .register_views(
            project.content()?.views.values(),
            &project.design()?,
            snapshot.manifest().started_at,
        )
        .await?;
    let path = project
        .assessment_folder(&snapshot.manifest().run_id)
        .join("findings.parquet");
    if path.is_file() {
        session.register_parquet(FINDINGS_TABLE, &path, None).await?;
    }
    Ok(session)
}
