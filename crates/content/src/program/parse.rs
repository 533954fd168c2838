//! Program files in TOML: read, checked, with the place of everything that is wrong.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use standfast_model::{Domain, GapAspect, OwnerRole};
use toml::Spanned;

use super::{
    Criterion, FileError, Program, Readiness, SatisfiedBy, Service, ServiceTable, Subtask, SubtaskKind, Task, check,
};

/// The version of the form that this program reads and writes.
pub(super) const VERSION: i64 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawProgram {
    pub(super) version: Spanned<i64>,
    pub(super) id: Spanned<String>,
    pub(super) title: String,
    #[serde(default, rename = "service")]
    pub(super) services: Vec<RawService>,
    #[serde(rename = "task")]
    pub(super) tasks: Vec<RawTask>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawService {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    #[serde(default)]
    pub(super) spellings: Vec<String>,
    #[serde(default)]
    pub(super) tables: Vec<RawTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTable {
    pub(super) table: String,
    pub(super) one: String,
    pub(super) many: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTask {
    pub(super) number: Spanned<u8>,
    pub(super) domain: Domain,
    pub(super) title: String,
    pub(super) summary: String,
    #[serde(default)]
    pub(super) services: Vec<Spanned<String>>,
    #[serde(default, rename = "criterion")]
    pub(super) criteria: Vec<RawCriterion>,
    #[serde(default, rename = "subtask")]
    pub(super) subtasks: Vec<RawSubtask>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSubtask {
    pub(super) id: Spanned<String>,
    pub(super) title: String,
    pub(super) kind: SubtaskKind,
    pub(super) owner: OwnerRole,
    #[serde(default)]
    pub(super) services: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) after: Vec<Spanned<String>>,
    pub(super) summary: String,
    pub(super) readiness: RawReadiness,
    #[serde(rename = "criterion")]
    pub(super) criteria: Vec<RawCriterion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReadiness {
    pub(super) state: String,
    pub(super) policy: String,
    pub(super) process: String,
    pub(super) tools: String,
    pub(super) people: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCriterion {
    pub(super) id: Spanned<String>,
    pub(super) text: String,
    #[serde(default)]
    pub(super) aspect: Option<GapAspect>,
    #[serde(default)]
    pub(super) satisfied_by: RawSatisfiedBy,
    #[serde(default, rename = "part")]
    pub(super) parts: Vec<RawCriterion>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSatisfiedBy {
    #[serde(default)]
    pub(super) controls: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) artifacts: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) documents: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) deployments: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) rehearsals: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) attestation: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) criteria: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) any: bool,
}

/// An error of the TOML reader, with its place.
pub fn toml_error(file: &str, text: &str, error: &toml::de::Error) -> FileError {
    let range = error.span().unwrap_or(0..0);
    let message = error.message();
    let (problem, expected) = match message.split_once(", expected ") {
        Some((problem, expected)) => (problem, Some(format!("expected {expected}"))),
        None => (message, None),
    };
    let mut problem = problem.trim().replace('\n', ", ");
    if problem.is_empty() {
        "not valid TOML".clone_into(&mut problem);
    }
    FileError::new(file, text, range, problem, expected)
}

/// Reads TOML into a typed form.
pub fn typed<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, FileError> {
    toml::from_str(text).map_err(|error| toml_error(file, text, &error))
}

impl Program {
    /// Reads a program file. `file` is the name that messages show. With `known_controls`, a criterion that names another
    /// control is an error.
    pub fn parse(file: &str, text: &str, known_controls: Option<&BTreeSet<&str>>) -> Result<Self, FileError> {
        let raw: RawProgram = typed(file, text)?;
        check::check(&raw, known_controls)
            .map_err(|broken| FileError::new(file, text, broken.range, broken.problem, broken.expected))?;
        Ok(raw.into())
    }
}

fn plain(spanned: Vec<Spanned<String>>) -> Vec<String> {
    spanned.into_iter().map(Spanned::into_inner).collect()
}

impl From<RawProgram> for Program {
    fn from(raw: RawProgram) -> Self {
        Self {
            id: raw.id.into_inner(),
            title: raw.title,
            services: raw.services.into_iter().map(Into::into).collect(),
            tasks: raw.tasks.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<RawService> for Service {
    fn from(raw: RawService) -> Self {
        Self {
            id: raw.id.into_inner(),
            name: raw.name,
            spellings: raw.spellings,
            tables: raw
                .tables
                .into_iter()
                .map(|table| ServiceTable {
                    table: table.table,
                    one: table.one,
                    many: table.many,
                })
                .collect(),
        }
    }
}

impl From<RawTask> for Task {
    fn from(raw: RawTask) -> Self {
        Self {
            number: raw.number.into_inner(),
            domain: raw.domain,
            title: raw.title,
            summary: raw.summary,
            services: plain(raw.services),
            criteria: raw.criteria.into_iter().map(Into::into).collect(),
            subtasks: raw.subtasks.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<RawSubtask> for Subtask {
    fn from(raw: RawSubtask) -> Self {
        Self {
            id: raw.id.into_inner(),
            title: raw.title,
            kind: raw.kind,
            owner: raw.owner,
            services: plain(raw.services),
            after: plain(raw.after),
            summary: raw.summary,
            readiness: Readiness {
                state: raw.readiness.state,
                policy: raw.readiness.policy,
                process: raw.readiness.process,
                tools: raw.readiness.tools,
                people: raw.readiness.people,
            },
            criteria: raw.criteria.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<RawCriterion> for Criterion {
    fn from(raw: RawCriterion) -> Self {
        Self {
            id: raw.id.into_inner(),
            text: raw.text,
            aspect: raw.aspect,
            satisfied_by: raw.satisfied_by.into(),
            parts: raw.parts.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<RawSatisfiedBy> for SatisfiedBy {
    fn from(raw: RawSatisfiedBy) -> Self {
        Self {
            controls: plain(raw.controls),
            artifacts: plain(raw.artifacts),
            documents: plain(raw.documents),
            deployments: plain(raw.deployments),
            rehearsals: plain(raw.rehearsals),
            attestation: raw.attestation.map(Spanned::into_inner),
            criteria: plain(raw.criteria),
            any: raw.any,
        }
    }
}
