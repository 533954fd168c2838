//! The cases beside a control: rows in, findings out.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use standfast_model::FindingStatus;

use crate::program::{FileError, typed};

/// A `.cases.toml` file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// The cases, in order.
    #[serde(rename = "case")]
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// Rows by table. Columns that a row leaves out are NULL where they may be, else empty.
    #[serde(default)]
    pub rows: BTreeMap<String, Vec<toml::Table>>,
    /// Values of the design that differ from the defaults, as `section_key`.
    #[serde(default)]
    pub design: toml::Table,
    /// Calls that failed.
    #[serde(default)]
    pub errors: Vec<CaseError>,
    /// The snapshot's time.
    pub now: Option<Timestamp>,
    /// All findings; their order does not matter.
    pub expect: Vec<Expected>,
}

/// A call that failed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseError {
    /// `service:Operation`.
    pub operation: String,
    /// The resource that the call was about.
    pub resource: Option<String>,
    /// The account; 111122223333 without it.
    pub account_id: Option<String>,
    /// The region; us-east-1 without it.
    pub region: Option<String>,
}

/// A finding.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The resource.
    pub resource: String,
    /// The verdict.
    pub status: FindingStatus,
    /// The reason, where the case minds.
    pub reason: Option<String>,
    /// The account, where the case minds.
    pub account_id: Option<String>,
    /// The region, where the case minds.
    pub region: Option<String>,
}

impl Cases {
    /// Parses a cases file.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        typed(file, text)
    }
}
