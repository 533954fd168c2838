//! A piece of work that closes gaps.

use serde::{Deserialize, Serialize};

use crate::{Domain, Severity};

crate::words! {
    /// Who does the work.
    OwnerRole, "owner role" {
        /// Security engineering.
        SecurityEngineer = "security-engineer",
        /// The team that runs accounts, network and pipelines.
        PlatformEngineer = "platform-engineer",
        /// The team that owns the workload.
        WorkloadOwner = "workload-owner",
        /// Who decides policy and accepts risk.
        SecurityLead = "security-lead",
        /// Who answers incidents.
        IncidentResponder = "incident-responder",
    }
}

crate::words! {
    /// How much work, as teams estimate it.
    Size, "size" {
        /// Under a day.
        Small = "S",
        /// A few days.
        Medium = "M",
        /// A week or two.
        Large = "L",
        /// More than that.
        ExtraLarge = "XL",
    }
}

/// A story of the backlog. The id is derived from what the story closes, so a second run updates it and never duplicates it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Stable id, such as `SF-ec2-volume-encrypted` or `SF-1.1.a`.
    pub id: String,
    /// What to do, in a line.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// Its domain.
    pub domain: Domain,
    /// The criteria that it serves, sorted.
    pub criteria: Vec<String>,
    /// The worst severity among what it closes.
    pub severity: Severity,
    /// The ids of the controls that must turn green.
    pub controls: Vec<String>,
    /// The acceptance test in words.
    pub acceptance: Vec<String>,
    /// Who does it.
    pub owner: OwnerRole,
    /// How much work.
    pub size: Size,
    /// Ids of the stories that must come first, sorted.
    pub after: Vec<String>,
    /// Place in the order of work: 1 for what can begin at once, one more than the highest of `after` otherwise.
    pub wave: u32,
    /// The first resources concerned, with the count of all in `resource_count`.
    pub resources: Vec<String>,
    /// Resources concerned.
    pub resource_count: u64,
    /// Ids of the accounts concerned, sorted; at most 50.
    pub accounts: Vec<String>,
    /// Accounts concerned.
    pub account_count: u64,
}
