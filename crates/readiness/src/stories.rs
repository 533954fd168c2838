//! The backlog: one story for each thing that is missing, in the order in which the work can be done.
//!
//! A story's id is made of what it closes, so that a second run updates the story and never makes another:
//!
//! | story | id |
//! |---|---|
//! | a control that fails, over all accounts | `SF-<control>` |
//! | a document, artifact, deployment or rehearsal that is missing | `SF-<kind>-<name>` |
//! | a person's word: one story for a workshop, whatever criteria it serves | `SF-<subtask>-<name>` |
//! | what the reading role could not read | `SF-coverage` |
//!
//! The order follows the program: workshop, document, gap analysis, define, build. What a control found waits for the
//! definition that its subtask asks for, or else for the gap analysis, and for the controls that its header names; failures of
//! high and critical severity wait for no paper.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use standfast_content::ControlScope;
use standfast_content::program::{Placed, SubtaskKind};
use standfast_model::{CriterionState, Domain, EvidenceKind, OwnerRole, Severity, Size, Story};

use crate::graph::{CycleError, reduced, waves};
use crate::situation::{Situation, accounts_with};
use crate::words::{clause, counted, extent, spoken};

/// Resources that a story names; the rest is counted.
const RESOURCES: usize = 20;
/// Accounts that a story names; the rest is counted.
const ACCOUNTS: usize = 50;
/// The story of what could not be read.
const COVERAGE: &str = "SF-coverage";

/// Where in the program a story has its place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Home {
    task: u8,
    kind: SubtaskKind,
    subtask: String,
}

#[derive(Debug)]
struct Draft {
    story: Story,
    /// The need's kind; none for the story of what could not be read.
    kind: Option<EvidenceKind>,
    name: String,
    /// None for what the program does not name.
    home: Option<Home>,
    /// True where only the task's own criteria have named it so far.
    at_task: bool,
}

/// The stories that close all gaps, in an order in which they can be done.
pub fn stories(situation: &Situation<'_>) -> Result<Vec<Story>, CycleError> {
    let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
    failing_controls(situation, &mut drafts);
    stated_needs(situation, &mut drafts);
    unread_controls(situation, &mut drafts);

    let after: BTreeMap<String, BTreeSet<String>> = drafts
        .iter()
        .map(|(id, draft)| (id.clone(), prerequisites(situation, draft, &drafts)))
        .collect();
    let waves = waves(&after)?;
    let after = reduced(&after, &waves);
    let mut stories: Vec<Story> = drafts
        .into_values()
        .map(|draft| draft.story)
        .map(|mut story| {
            story.wave = waves.get(&story.id).copied().unwrap_or(1);
            story.after = after
                .get(&story.id)
                .map(|after| after.iter().cloned().collect())
                .unwrap_or_default();
            story
        })
        .collect();
    stories.sort_by(|left, right| {
        let rank = |story: &Story| (story.wave, story.severity, Reverse(story.resource_count));
        rank(left).cmp(&rank(right)).then_with(|| left.id.cmp(&right.id))
    });
    Ok(stories)
}

fn home(placed: &Placed<'_>) -> Home {
    Home {
        task: placed.task.number,
        // What a task itself must reach and no subtask does is laid down beside the other definitions.
        kind: placed.subtask.map_or(SubtaskKind::Define, |subtask| subtask.kind),
        subtask: placed
            .subtask
            .map_or_else(|| placed.task.number.to_string(), |subtask| subtask.id.clone()),
    }
}

/// Every control that fails has its story, also one that no criterion names.
fn failing_controls(situation: &Situation<'_>, drafts: &mut BTreeMap<String, Draft>) {
    let results = situation
        .assessment
        .map(|assessment| assessment.controls.as_slice())
        .unwrap_or_default();
    for result in results {
        let totals = result.totals();
        if totals.fail == 0 {
            continue;
        }
        let id = format!("SF-{}", result.control_id);
        let control = situation.controls.get(&result.control_id);
        let named: Vec<Placed<'_>> = situation
            .program
            .criteria()
            .filter(|placed| placed.criterion.satisfied_by.controls.contains(&result.control_id))
            .collect();
        let account_count = accounts_with(result, |counts| counts.fail);
        let title = control.map_or(result.control_id.as_str(), |control| control.title.as_str());
        let mut accounts: Vec<String> = result
            .accounts
            .iter()
            .filter(|(_, counts)| counts.fail > 0)
            .map(|(account, _)| account.clone())
            .collect();
        accounts.truncate(ACCOUNTS);
        let severity = control.map_or(Severity::Medium, |control| control.severity);
        let mut criteria: Vec<String> = named.iter().map(|placed| placed.criterion.id.clone()).collect();
        criteria.sort();
        let story = Story {
            id: id.clone(),
            title: if control.is_some_and(|control| control.scope == ControlScope::Organization) {
                format!("{title}: not so yet")
            } else {
                format!(
                    "{title}: {} to mend",
                    extent(situation.program, control, totals.fail, None, account_count)
                )
            },
            why: control.map_or_else(String::new, |control| {
                format!("{} What closes it: {}", control.why, control.fix)
            }),
            domain: control
                .map(|control| control.domain)
                .or_else(|| named.first().map(|placed| placed.task.domain))
                .unwrap_or(Domain::DataProtection),
            criteria,
            severity,
            controls: vec![result.control_id.clone()],
            acceptance: vec![format!(
                "Control `{}` has no open failure in any account",
                result.control_id
            )],
            owner: control.map_or(OwnerRole::PlatformEngineer, |control| control.owner),
            size: size(
                control.map_or(Size::Small, |control| control.size),
                account_count,
                totals.fail,
            ),
            after: Vec::new(),
            wave: 1,
            resources: result
                .failing
                .iter()
                .take(RESOURCES)
                .map(|finding| finding.resource.clone())
                .collect(),
            resource_count: totals.fail,
            accounts,
            account_count,
        };
        drafts.insert(
            id,
            Draft {
                story,
                kind: Some(EvidenceKind::Control),
                name: result.control_id.clone(),
                home: named
                    .iter()
                    .find(|placed| placed.subtask.is_some())
                    .or(named.first())
                    .map(home),
                at_task: false,
            },
        );
    }
}

/// Documents, artifacts, deployments, rehearsals and words that criteria lack.
fn stated_needs(situation: &Situation<'_>, drafts: &mut BTreeMap<String, Draft>) {
    for placed in situation.program.criteria() {
        let standing = situation.standing(placed.criterion);
        if standing.state == CriterionState::Met {
            continue;
        }
        for judged in standing.needs {
            let (kind, name) = (judged.need.kind, judged.need.name);
            if kind == EvidenceKind::Control || judged.state == Some(CriterionState::Met) {
                continue;
            }
            let place = placed
                .subtask
                .map_or_else(|| placed.task.number.to_string(), |subtask| subtask.id.clone());
            let id = match kind {
                EvidenceKind::Attestation => format!("SF-{place}-{name}"),
                _ => format!("SF-{kind}-{name}"),
            };
            let draft = drafts
                .entry(id.clone())
                .or_insert_with(|| stated_draft(situation, id, &placed, kind, name));
            // A subtask is more of a home than the task.
            if placed.subtask.is_some() && draft.at_task {
                draft.home = Some(home(&placed));
                draft.at_task = false;
            }
            let criterion = &placed.criterion.id;
            if !draft.story.criteria.contains(criterion) {
                draft.story.criteria.push(criterion.clone());
                draft.story.criteria.sort();
                if kind == EvidenceKind::Attestation {
                    draft
                        .story
                        .acceptance
                        .push(format!("Attested for {criterion}: {}", clause(&placed.criterion.text)));
                }
            }
        }
    }
}

fn stated_draft(situation: &Situation<'_>, id: String, placed: &Placed<'_>, kind: EvidenceKind, name: &str) -> Draft {
    let spoken = spoken(name);
    let phase = placed.subtask.map(|subtask| subtask.kind);
    let title = match (kind, phase, placed.subtask) {
        (EvidenceKind::Attestation, Some(SubtaskKind::Workshop), Some(subtask)) => subtask.title.clone(),
        (EvidenceKind::Attestation, _, _) => {
            format!("{}: see to it and attest it", clause(&placed.criterion.text))
        }
        (EvidenceKind::Document, Some(SubtaskKind::GapAnalysis), _) => {
            format!("Complete the {spoken} and have it approved")
        }
        (EvidenceKind::Document, _, _) => {
            format!("Write the document \"{spoken}\" and have it approved")
        }
        (EvidenceKind::Artifact, _, _) => format!("Build and prove \"{spoken}\""),
        (EvidenceKind::Deployment, _, _) => format!("Deploy \"{spoken}\""),
        (EvidenceKind::Rehearsal, _, _) => format!("Rehearse \"{spoken}\""),
        (EvidenceKind::Control, _, _) => spoken.clone(),
    };
    let acceptance = match kind {
        EvidenceKind::Document => vec![format!("The document `{name}` is approved")],
        EvidenceKind::Artifact => vec![format!("The artifact `{name}` is built and proved")],
        EvidenceKind::Deployment => vec![format!("The artifact `{name}` is deployed")],
        EvidenceKind::Rehearsal => vec![format!("A rehearsal of `{name}` succeeded")],
        EvidenceKind::Attestation | EvidenceKind::Control => Vec::new(),
    };
    let accounts = situation
        .assessment
        .map_or(0, |assessment| assessment.snapshot.accounts.len() as u64);
    let size = match kind {
        EvidenceKind::Attestation | EvidenceKind::Rehearsal | EvidenceKind::Control => Size::Small,
        EvidenceKind::Document | EvidenceKind::Artifact => Size::Medium,
        EvidenceKind::Deployment => size(Size::Small, accounts, 0),
    };
    Draft {
        story: Story {
            id,
            title,
            why: placed
                .subtask
                .map_or(&placed.task.summary, |subtask| &subtask.summary)
                .clone(),
            domain: placed.task.domain,
            criteria: Vec::new(),
            severity: Severity::Medium,
            controls: Vec::new(),
            acceptance,
            owner: placed.subtask.map_or(OwnerRole::SecurityLead, |subtask| subtask.owner),
            size,
            after: Vec::new(),
            wave: 1,
            resources: Vec::new(),
            resource_count: 0,
            accounts: Vec::new(),
            account_count: 0,
        },
        kind: Some(kind),
        name: name.to_owned(),
        home: Some(home(placed)),
        at_task: placed.subtask.is_none(),
    }
}

/// One story for everything that could not be read: as long as it is not, no criterion behind it can be met.
fn unread_controls(situation: &Situation<'_>, drafts: &mut BTreeMap<String, Draft>) {
    let Some(assessment) = situation.assessment else {
        return;
    };
    let unread: Vec<_> = assessment
        .controls
        .iter()
        .filter(|result| result.totals().unknown > 0)
        .collect();
    if unread.is_empty() {
        return;
    }
    let controls: Vec<String> = unread.iter().map(|result| result.control_id.clone()).collect();
    let mut criteria: Vec<String> = situation
        .program
        .criteria()
        .filter(|placed| {
            placed
                .criterion
                .satisfied_by
                .controls
                .iter()
                .any(|id| controls.contains(id))
        })
        .map(|placed| placed.criterion.id.clone())
        .collect();
    criteria.sort();
    let accounts: BTreeSet<&str> = unread
        .iter()
        .flat_map(|result| &result.accounts)
        .filter(|(_, counts)| counts.unknown > 0)
        .map(|(account, _)| account.as_str())
        .collect();
    let findings: u64 = unread.iter().map(|result| result.totals().unknown).sum();
    let operations: BTreeSet<&str> = assessment
        .coverage
        .errors
        .iter()
        .map(|error| error.operation.as_str())
        .collect();
    let severity = unread
        .iter()
        .filter_map(|result| situation.controls.get(&result.control_id))
        .map(|control| control.severity)
        .min()
        .unwrap_or(Severity::Medium);
    let account_count = accounts.len() as u64;
    drafts.insert(
        COVERAGE.to_owned(),
        Draft {
            story: Story {
                id: COVERAGE.to_owned(),
                title: format!(
                    "Let everything be read: {} unanswered in {}",
                    counted(controls.len() as u64, "control", "controls"),
                    counted(account_count, "account", "accounts")
                ),
                why: "What cannot be read cannot be shown to be secure: its findings are unknown and its criteria stay unmet. `standfast coverage` lists the calls that failed, `standfast permissions` prints the policy that the reading role needs.".to_owned(),
                domain: Domain::IdentityAndAccess,
                criteria,
                severity,
                controls,
                acceptance: vec!["`standfast coverage` shows no failed call".to_owned(), "No finding of these controls is unknown".to_owned()],
                owner: OwnerRole::PlatformEngineer,
                size: size(Size::Small, account_count, 0),
                after: Vec::new(),
                wave: 1,
                resources: operations
                    .into_iter()
                    .take(RESOURCES)
                    .map(str::to_owned)
                    .collect(),
                resource_count: findings,
                accounts: accounts
                    .into_iter()
                    .take(ACCOUNTS)
                    .map(str::to_owned)
                    .collect(),
                account_count,
            },
            kind: None,
            name: String::new(),
            home: None,
            at_task: false,
        },
    );
}

/// A size in one account becomes larger with accounts and resources, two steps at most.
fn size(one: Size, accounts: u64, resources: u64) -> Size {
    let step = |count: u64, few: u64, many: u64| usize::from(count > few) + usize::from(count > many);
    let steps = step(accounts, 3, 25).max(step(resources, 20, 200));
    let start = Size::ALL.iter().position(|size| *size == one).unwrap_or(0);
    Size::ALL.get(start + steps).copied().unwrap_or(Size::ExtraLarge)
}

/// What must come before a story: by the program, and by the headers of controls.
fn prerequisites(situation: &Situation<'_>, draft: &Draft, drafts: &BTreeMap<String, Draft>) -> BTreeSet<String> {
    let mut before = BTreeSet::new();
    if draft.kind == Some(EvidenceKind::Control) {
        controls_before(situation, &draft.name, drafts, &mut before, &mut BTreeSet::new());
        if draft.story.severity <= Severity::High {
            return before;
        }
    }
    let Some(home) = &draft.home else {
        return before;
    };
    let stated =
        |other: &&Draft| !matches!(other.kind, None | Some(EvidenceKind::Control)) && other.story.id != draft.story.id;
    let mut latest = home.kind;
    if draft.kind == Some(EvidenceKind::Control) {
        // What the subtask lays down comes before what it asks of resources; what it deploys before what it asks of accounts and
        // regions.
        let of_resources = situation
            .controls
            .get(&draft.name)
            .is_none_or(|control| control.scope == ControlScope::Resource);
        let own: Vec<String> = drafts
            .values()
            .filter(stated)
            .filter(|other| other.home.as_ref() == Some(home))
            .filter(|other| match other.kind {
                Some(EvidenceKind::Document) => true,
                Some(EvidenceKind::Artifact | EvidenceKind::Deployment) => !of_resources,
                _ => false,
            })
            .map(|other| other.story.id.clone())
            .collect();
        if !own.is_empty() {
            before.extend(own);
            return before;
        }
        // Without a paper of its own it waits for the gap analysis only, not for what other subtasks define.
        latest = latest.min(SubtaskKind::Define);
    } else {
        before.extend(
            drafts
                .values()
                .filter(stated)
                .filter(|other| other.home.as_ref() == Some(home))
                .filter(|other| matches!((rank(other), rank(draft)), (Some(first), Some(own)) if first < own))
                .map(|other| other.story.id.clone()),
        );
    }
    // The nearest earlier phase of the task that still has work.
    let earlier = |other: &&Draft| {
        other
            .home
            .as_ref()
            .is_some_and(|place| place.task == home.task && place.kind < latest)
    };
    let nearest = drafts
        .values()
        .filter(stated)
        .filter(earlier)
        .filter_map(|other| other.home.as_ref().map(|place| place.kind))
        .max();
    before.extend(
        drafts
            .values()
            .filter(stated)
            .filter(earlier)
            .filter(|other| other.home.as_ref().map(|place| place.kind) == nearest)
            .map(|other| other.story.id.clone()),
    );
    if draft.kind != Some(EvidenceKind::Control) {
        before.extend(subtasks_before(situation, home, drafts));
    }
    before.remove(&draft.story.id);
    before
}

/// Within a subtask, a workshop comes before what it decides, documents before what is built of them, that before what is
/// deployed, and that before rehearsals. Outside of workshops a person's word waits for nothing and nothing waits for it.
fn rank(draft: &Draft) -> Option<u8> {
    let workshop = draft
        .home
        .as_ref()
        .is_some_and(|home| home.kind == SubtaskKind::Workshop);
    match draft.kind? {
        EvidenceKind::Attestation if workshop => Some(0),
        EvidenceKind::Document => Some(1),
        EvidenceKind::Artifact => Some(2),
        EvidenceKind::Deployment => Some(3),
        EvidenceKind::Rehearsal => Some(4),
        EvidenceKind::Attestation | EvidenceKind::Control => None,
    }
}

/// Stories of subtasks that the program puts before this one by name, where the phases don't say so already.
fn subtasks_before(situation: &Situation<'_>, home: &Home, drafts: &BTreeMap<String, Draft>) -> Vec<String> {
    let after = situation
        .program
        .subtasks()
        .find(|(_, subtask)| subtask.id == home.subtask)
        .map(|(_, subtask)| subtask.after.as_slice())
        .unwrap_or_default();
    drafts
        .values()
        .filter(|other| !matches!(other.kind, None | Some(EvidenceKind::Control)))
        .filter(|other| {
            other.home.as_ref().is_some_and(|place| {
                after.contains(&place.subtask) && (place.task != home.task || place.kind == home.kind)
            })
        })
        .map(|other| other.story.id.clone())
        .collect()
}

/// The failing controls that come before a control, seen through those that pass.
fn controls_before(
    situation: &Situation<'_>,
    control: &str,
    drafts: &BTreeMap<String, Draft>,
    before: &mut BTreeSet<String>,
    seen: &mut BTreeSet<String>,
) {
    let Some(control) = situation.controls.get(control) else {
        return;
    };
    for first in &control.after {
        if !seen.insert(first.clone()) {
            continue;
        }
        let id = format!("SF-{first}");
        if drafts.contains_key(&id) {
            before.insert(id);
        } else {
            controls_before(situation, first, drafts, before, seen);
        }
    }
}
