//! The outcome of assessing one snapshot, small enough to hold in memory whatever the size of the organization.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Finding, FindingStatus, LeftOut};

/// An account of the organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// 12 digits.
    pub id: String,
    /// Name in AWS Organizations; the id where the account stands alone.
    pub name: String,
    /// Path of organizational units from the root, such as `Root/Workloads/Prod`; empty without Organizations.
    pub organizational_unit: String,
    /// True for the management account of the organization.
    pub is_management: bool,
}

/// Where an assessment's facts come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotSummary {
    /// The run that took the snapshot.
    pub run_id: String,
    /// When the run began; controls reckon ages from here.
    pub taken_at: Timestamp,
    /// `aws`, `aws-us-gov` or `aws-cn`.
    pub partition: String,
    /// Sorted by id.
    pub accounts: Vec<Account>,
    /// Regions read in at least one account, sorted.
    pub regions: Vec<String>,
    /// Rows of each table.
    pub row_counts: BTreeMap<String, u64>,
    /// What the organization has and the snapshot does not hold.
    #[serde(default)]
    pub left_out: LeftOut,
}

/// A call that failed, as the ledger keeps it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CoverageError {
    /// The account that was read.
    pub account_id: String,
    /// The region, or `global`.
    pub region: String,
    /// `service:Operation`.
    pub operation: String,
    /// Kind of failure, such as `access_denied` or `throttled`.
    pub class: String,
    /// How many calls failed so.
    pub count: u64,
}

/// How much of what was asked for could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Pairs of account, region and service that were asked for.
    pub units: u64,
    /// Those among them that were read to the end without an error.
    pub complete_units: u64,
    /// Failed calls grouped by account, region, operation and class, most frequent first; at most 200 groups.
    pub errors: Vec<CoverageError>,
    /// Groups beyond those listed.
    pub errors_left_out: u64,
}

/// Findings of one control in one account, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountCounts {
    /// Findings that pass.
    pub pass: u64,
    /// Findings that fail and that no exception covers.
    pub fail: u64,
    /// Findings that fail under a valid exception.
    pub excepted: u64,
    /// Findings that ask nothing.
    pub not_applicable: u64,
    /// Findings whose facts could not be read.
    pub unknown: u64,
}

impl AccountCounts {
    /// Counts one finding.
    pub fn add(&mut self, status: FindingStatus, excepted: bool) {
        match (status, excepted) {
            (FindingStatus::Pass, _) => self.pass += 1,
            (FindingStatus::Fail, false) => self.fail += 1,
            (FindingStatus::Fail, true) => self.excepted += 1,
            (FindingStatus::NotApplicable, _) => self.not_applicable += 1,
            (FindingStatus::Unknown, _) => self.unknown += 1,
        }
    }

    /// Adds another account's counts.
    pub fn merge(&mut self, other: &Self) {
        self.pass += other.pass;
        self.fail += other.fail;
        self.excepted += other.excepted;
        self.not_applicable += other.not_applicable;
        self.unknown += other.unknown;
    }

    /// All findings.
    pub fn total(&self) -> u64 {
        self.pass + self.fail + self.excepted + self.not_applicable + self.unknown
    }
}

/// What one control found in the whole snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlResult {
    /// The control.
    pub control_id: String,
    /// Counts by account id; accounts without any finding are absent.
    pub accounts: BTreeMap<String, AccountCounts>,
    /// The first open failures by account, region and resource; at most [`ControlResult::SAMPLE`].
    pub failing: Vec<Finding>,
    /// The first unknown findings in the same order; at most [`ControlResult::SAMPLE`].
    pub unknown: Vec<Finding>,
}

impl ControlResult {
    /// Findings kept as examples per control; all of them are in the snapshot's `standfast_finding` table.
    pub const SAMPLE: usize = 100;

    /// Counts over all accounts.
    pub fn totals(&self) -> AccountCounts {
        let mut totals = AccountCounts::default();
        for counts in self.accounts.values() {
            totals.merge(counts);
        }
        totals
    }
}

/// The outcome of assessing one snapshot. Kept beside the snapshot as `assessment.json`; gaps, stories, status and report
/// are made from it alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Version of this form; readers refuse versions that they don't know.
    pub version: u32,
    /// When the assessment was made.
    pub assessed_at: Timestamp,
    /// Where the facts come from.
    pub snapshot: SnapshotSummary,
    /// How much could be read.
    pub coverage: Coverage,
    /// One entry for each control that ran, sorted by id.
    pub controls: Vec<ControlResult>,
}

impl Assessment {
    /// The version of the JSON form that this program writes.
    pub const VERSION: u32 = 1;

    /// The result of one control, if it ran.
    pub fn control(&self, control_id: &str) -> Option<&ControlResult> {
        self.controls
            .binary_search_by(|result| result.control_id.as_str().cmp(control_id))
            .ok()
            .and_then(|index| self.controls.get(index))
    }
}
