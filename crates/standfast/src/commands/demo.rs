//! `standfast demo`: the whole loop on the organization that ships with the program.

use std::path::PathBuf;

use jiff::Timestamp;
use standfast_content::Content;
use standfast_discover::{Reader, Recording, Selection, Source, plan};
use standfast_model::EvidenceKind;
use standfast_report::terminal::{self, Detail};
use standfast_state::{Attestation, Proof};

use super::{assess, discover, init, report};
use crate::assessment::{Basis, assess as run_controls};
use crate::cli::Demo;
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;
use crate::view::{self, Known};

/// The regions that the recording holds.
const REGIONS: [&str; 2] = ["us-east-1", "eu-west-1"];

/// Replies of AWS for the whole organization, made by `cargo xtask record`.
static RECORDING: &[u8] = include_bytes!("../../../../examples/organization.ndjson.gz");

pub(crate) async fn run(
    arguments: Demo,
    project: Option<PathBuf>,
    printer: &Printer,
    now: Timestamp,
) -> Result<Exit, Failure> {
    let folder = match arguments.folder.or(project) {
        Some(folder) if folder.exists() => {
            return Err(Failure::usage(format!("`{}` is there already", folder.display())));
        }
        Some(folder) => folder,
        None => tempfile::Builder::new().prefix("standfast-demo-").tempdir()?.keep(),
    };
    init::make(&folder)?;
    let project = Project::find(Some(&folder))?;
    printer.say("1. discover: every account and region of a recorded organization");
    let recording = Recording::read(RECORDING).map_err(Failure::failed)?;
    // Ages are right as of the day of the recording, whenever the demo is run.
    let now = recording.taken_at().unwrap_or(now);
    let reader = Reader::new(Source::Replay(recording), "OrganizationAccountAccessRole", 32).await;
    let selection = Selection {
        regions: REGIONS.map(str::to_owned).to_vec(),
        ..Selection::default()
    };
    let plan = plan(&reader, &selection, now).await?;
    let journal = project.snapshots().begin(plan.run.clone())?;
    let snapshot = discover::take(&project, &reader, &plan, journal, printer, now).await?;
    discover::told(&snapshot, printer);
    printer.say("2. assess: every control over the snapshot");
    let content = project.content()?;
    let exceptions = project.exceptions(&content)?;
    let basis = Basis {
        snapshot: &snapshot,
        content: &content,
        design: project.design()?,
        exceptions: &exceptions,
        only: &[],
        now,
    };
    let assessed = run_controls(basis, &project.assessment_folder(&snapshot.manifest().run_id)).await?;
    assess::told(&content, &assessed.assessment, None, printer);
    let spoken = attest(&project, &content, now)?;
    let known = Known::of(&project, now)?;
    let board = view::board(&standfast_readiness::status(&known.situation()));
    let gaps = standfast_readiness::gaps(&known.situation());
    let stories = standfast_readiness::stories(&known.situation())?;
    printer.say(format!(
        "3. gaps, stories and status, with {spoken} attestations of people for what no API shows"
    ));
    printer.data(|out| Ok(terminal::status(&board, Detail::Domains, printer.terminal(), out)?))?;
    let first = stories.iter().filter(|story| story.wave == 1).count();
    printer.say(format!(
        "{} gaps, {} stories to close them, {first} of which can begin at once",
        gaps.len(),
        stories.len()
    ));
    let path = folder.join("standfast-report.html");
    let bytes = report::write(known, &path, Some("Example Corp".to_owned()))?;
    printer.say(format!(
        "4. report: {} ({} KB), for people who were not there\n\nThe project stays in {}. Try there:\n  standfast stories\n  standfast status --depth criteria\n  standfast assess --framework cis-3.0\n  standfast query \"select control_id, severity, count(*) from standfast_finding where status = 'fail' group by 1, 2\"",
        path.display(),
        bytes / 1000,
        folder.display()
    ));
    Ok(Exit::Done)
}

/// The workshops of these subtasks were held, say the people of the recorded organization.
const WORKSHOPS: [(&str, &str); 3] = [("1.1", "Ana Ruiz"), ("2.1", "Ana Ruiz"), ("5.1", "Jon Bell")];

fn attest(project: &Project, content: &Content, now: Timestamp) -> Result<usize, Failure> {
    let program = project.program(content)?;
    let mut store = project.store()?;
    let mut spoken = 0;
    for (subtask, by) in WORKSHOPS {
        let held = program.subtasks().find(|(_, found)| found.id == subtask);
        for criterion in held.into_iter().flat_map(|(_, found)| &found.criteria) {
            for need in criterion
                .satisfied_by
                .needs()
                .filter(|need| need.kind == EvidenceKind::Attestation)
            {
                store.attest(&Attestation {
                    criterion: criterion.id.clone(),
                    kind: need.kind,
                    name: need.name.to_owned(),
                    by: by.to_owned(),
                    proof: Proof::Url {
                        url: "https://wiki.example.com/security/workshops".to_owned(),
                    },
                    note: Some("minutes and the list of who was there are on the page".to_owned()),
                    at: now,
                    valid_until: None,
                })?;
                spoken += 1;
            }
        }
    }
    Ok(spoken)
}
