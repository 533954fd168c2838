//! The readiness program: tasks, subtasks, acceptance criteria, and what can satisfy each of them.
//!
//! The built-in program is `content/program/security.toml`; a team may bring its own, in that form or in the Markdown form
//! that [`import()`] reads. A [`Program`] is always whole: ids follow their places, every reference has a target, every
//! criterion can be satisfied by something, and nothing waits for itself. Ids are stable, since stories, attestations and
//! documents carry them: task `1`, subtask `1.5`, a task's criterion `1.a`, a subtask's `1.5.a`, a lettered part `1.5.a.c`.

mod check;
mod error;
mod import;
mod parse;
mod print;
mod structure;
#[cfg(test)]
mod tests;

use serde::Serialize;
use standfast_model::{Domain, EvidenceKind, GapAspect, OwnerRole};

pub use error::FileError;
pub use import::import;
pub use parse::{toml_error, typed};
pub use structure::{CriterionStructure, Structure, SubtaskStructure, TaskStructure};

/// A readiness program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Program {
    /// Short name in kebab case, such as `security`.
    pub id: String,
    /// Name for people.
    pub title: String,
    /// The AWS services that tasks name.
    pub services: Vec<Service>,
    /// In order of their numbers.
    pub tasks: Vec<Task>,
}

/// An AWS service or tool that the program names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Service {
    /// Short name in kebab case, such as `efs`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Other spellings under which imported programs may name it.
    pub spellings: Vec<String>,
    /// The inventory's tables that show what is there of it.
    pub tables: Vec<ServiceTable>,
}

/// A table of the inventory, and what one of its rows is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServiceTable {
    /// The table, such as `aws_ebs_volume`.
    pub table: String,
    /// One row, such as `EBS volume`.
    pub one: String,
    /// Several rows, such as `EBS volumes`.
    pub many: String,
}

/// A task: one domain of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    /// From 1, without holes.
    pub number: u8,
    /// The domain that the task covers.
    pub domain: Domain,
    /// Name for people.
    pub title: String,
    /// What the task is for.
    pub summary: String,
    /// Ids of the services that the task names.
    pub services: Vec<String>,
    /// What the whole task must reach.
    pub criteria: Vec<Criterion>,
    /// The steps.
    pub subtasks: Vec<Subtask>,
}

/// The phases of a task, in the order in which they are worked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubtaskKind {
    /// People learn and decide together.
    Workshop,
    /// Current state and readiness state are written down.
    Document,
    /// The difference between the two becomes stories.
    GapAnalysis,
    /// Policies and designs are laid down.
    Define,
    /// What was designed is built and rolled out.
    Build,
}

impl SubtaskKind {
    /// Every phase, in order.
    pub const ALL: &'static [Self] = &[
        Self::Workshop,
        Self::Document,
        Self::GapAnalysis,
        Self::Define,
        Self::Build,
    ];

    /// The word in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Workshop => "workshop",
            Self::Document => "document",
            Self::GapAnalysis => "gap-analysis",
            Self::Define => "define",
            Self::Build => "build",
        }
    }
}

impl std::fmt::Display for SubtaskKind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// A subtask: one step of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subtask {
    /// Task and number, such as `1.5`.
    pub id: String,
    /// What is done, in a line.
    pub title: String,
    /// The phase that it belongs to.
    pub kind: SubtaskKind,
    /// Who does it.
    pub owner: OwnerRole,
    /// Ids of the services that the subtask names.
    pub services: Vec<String>,
    /// Ids of subtasks that come first, beside those of earlier phases of the same task.
    pub after: Vec<String>,
    /// What is done and why.
    pub summary: String,
    /// What is there once the subtask is done.
    pub readiness: Readiness,
    /// What must be shown.
    pub criteria: Vec<Criterion>,
}

/// The readiness state of a subtask, and what it asks on each of the four sides; one line each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// The whole.
    pub state: String,
    /// What is laid down.
    pub policy: String,
    /// How it is done.
    pub process: String,
    /// With what.
    pub tools: String,
    /// By whom.
    pub people: String,
}

impl Readiness {
    /// What the readiness state asks on one side.
    pub fn aspect(&self, aspect: GapAspect) -> &str {
        match aspect {
            GapAspect::Policy => &self.policy,
            GapAspect::Process => &self.process,
            GapAspect::Tools => &self.tools,
            GapAspect::People => &self.people,
        }
    }
}

/// An acceptance criterion, or a lettered part of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Criterion {
    /// The parent's id and a letter, such as `1.5.a`.
    pub id: String,
    /// What must be so.
    pub text: String,
    /// The side that the criterion looks at, where it is one of the four.
    pub aspect: Option<GapAspect>,
    /// What shows it.
    pub satisfied_by: SatisfiedBy,
    /// Lettered parts; all of them must be met too.
    pub parts: Vec<Criterion>,
}

/// What can show that a criterion is met: all of it, or any of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SatisfiedBy {
    /// Controls that pass.
    pub controls: Vec<String>,
    /// Artifacts that were built and proved.
    pub artifacts: Vec<String>,
    /// Documents that were approved.
    pub documents: Vec<String>,
    /// Artifacts that are deployed.
    pub deployments: Vec<String>,
    /// Rehearsals that succeeded.
    pub rehearsals: Vec<String>,
    /// A person's dated word, named for what it says. One at most: an attestation is for a criterion.
    pub attestation: Option<String>,
    /// Other criteria that are met.
    pub criteria: Vec<String>,
    /// True where one of all these is enough.
    pub any: bool,
}

/// One thing that a criterion needs, named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Need<'a> {
    /// What kind of evidence shows it.
    pub kind: EvidenceKind,
    /// The control's id, or the name of the document, artifact, rehearsal or attestation.
    pub name: &'a str,
}

impl SatisfiedBy {
    /// Everything named, apart from other criteria: controls first, then by kind.
    pub fn needs(&self) -> impl Iterator<Item = Need<'_>> {
        [
            (EvidenceKind::Control, self.controls.as_slice()),
            (EvidenceKind::Document, &self.documents),
            (EvidenceKind::Artifact, &self.artifacts),
            (EvidenceKind::Deployment, &self.deployments),
            (EvidenceKind::Rehearsal, &self.rehearsals),
            (EvidenceKind::Attestation, self.attestation.as_slice()),
        ]
        .into_iter()
        .flat_map(|(kind, names)| names.iter().map(move |name| Need { kind, name }))
    }

    /// What a person's word can show: everything but controls, which only a snapshot shows.
    pub fn attestable(&self) -> impl Iterator<Item = Need<'_>> {
        self.needs().filter(|need| need.kind != EvidenceKind::Control)
    }

    /// True where nothing at all is named.
    pub fn is_empty(&self) -> bool {
        self.criteria.is_empty() && self.needs().next().is_none()
    }
}

/// A criterion and where it stands in the program.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// The task.
    pub task: &'a Task,
    /// The subtask; none for a task's own criterion.
    pub subtask: Option<&'a Subtask>,
    /// The criterion whose lettered part this is.
    pub parent: Option<&'a Criterion>,
    /// The criterion.
    pub criterion: &'a Criterion,
}

impl Program {
    /// Every criterion and lettered part in the order of the program, a criterion before its parts.
    pub fn criteria(&self) -> impl Iterator<Item = Placed<'_>> {
        self.tasks.iter().flat_map(|task| {
            let own = task.criteria.iter().map(|criterion| (None, criterion));
            let steps = task
                .subtasks
                .iter()
                .flat_map(|subtask| subtask.criteria.iter().map(move |criterion| (Some(subtask), criterion)));
            own.chain(steps).flat_map(move |(subtask, criterion)| {
                let place = move |parent, criterion| Placed {
                    task,
                    subtask,
                    parent,
                    criterion,
                };
                std::iter::once(place(None, criterion))
                    .chain(criterion.parts.iter().map(move |part| place(Some(criterion), part)))
            })
        })
    }

    /// The criterion or lettered part with an id.
    pub fn criterion(&self, id: &str) -> Option<Placed<'_>> {
        self.criteria().find(|placed| placed.criterion.id == id)
    }

    /// Every subtask, with its task.
    pub fn subtasks(&self) -> impl Iterator<Item = (&Task, &Subtask)> {
        self.tasks
            .iter()
            .flat_map(|task| task.subtasks.iter().map(move |subtask| (task, subtask)))
    }

    /// Ids of all controls that any criterion names, sorted.
    pub fn control_ids(&self) -> std::collections::BTreeSet<&str> {
        self.criteria()
            .flat_map(|placed| placed.criterion.satisfied_by.controls.iter())
            .map(String::as_str)
            .collect()
    }

    /// The service with an id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }
}

/// The letters of the `index`th criterion, from 0: `a` to `z`, then `aa`.
pub(crate) fn letters(index: usize) -> String {
    let mut rest = index;
    let mut word = String::new();
    loop {
        let digit = u8::try_from(rest % 26).unwrap_or(0);
        word.insert(0, char::from(b'a' + digit));
        if rest < 26 {
            return word;
        }
        rest = rest / 26 - 1;
    }
}
