//! What a report has to know of a control.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use standfast_model::{Domain, Severity};

/// A control's metadata, from its header and the framework files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlInfo {
    /// Stable id, such as `ec2-volume-encrypted`.
    pub id: String,
    /// The secure state in a line.
    pub title: String,
    /// How bad a failure is.
    pub severity: Severity,
    /// The domain that the control belongs to.
    pub domain: Domain,
    /// Why it matters.
    pub why: String,
    /// What the control cannot see; empty if nothing.
    pub limits: String,
    /// What to do about a failure.
    pub fix: String,
    /// Addresses to read on.
    pub refs: Vec<String>,
    /// Requirements that ask for it: pairs of framework, such as `cis-7.0`, and ids of requirements in it.
    pub frameworks: Vec<(String, Vec<String>)>,
}

/// The controls by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Controls {
    by_id: BTreeMap<String, ControlInfo>,
}

impl Controls {
    /// The control of that id.
    pub fn get(&self, id: &str) -> Option<&ControlInfo> {
        self.by_id.get(id)
    }

    /// All of them, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = &ControlInfo> {
        self.by_id.values()
    }

    /// The title, or the id where the control is not known.
    pub(crate) fn title<'a>(&'a self, id: &'a str) -> &'a str {
        self.get(id).map_or(id, |control| control.title.as_str())
    }

    /// The severity; medium where the control is not known.
    pub(crate) fn severity(&self, id: &str) -> Severity {
        self.get(id).map_or(Severity::Medium, |control| control.severity)
    }
}

impl FromIterator<ControlInfo> for Controls {
    fn from_iter<T: IntoIterator<Item = ControlInfo>>(controls: T) -> Self {
        Self {
            by_id: controls
                .into_iter()
                .map(|control| (control.id.clone(), control))
                .collect(),
        }
    }
}
