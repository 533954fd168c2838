//! The difference between what is there and what the program asks for.

use serde::{Deserialize, Serialize};

use crate::{CriterionState, Domain, Severity};

crate::words! {
    /// The four sides from which the program looks at a capability.
    GapAspect, "aspect" {
        /// What is laid down.
        Policy = "policy",
        /// How it is done.
        Process = "process",
        /// With what.
        Tools = "tools",
        /// By whom.
        People = "people",
    }
}

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// The side on which it is missing.
    pub aspect: GapAspect,
    /// What is missing, with numbers where there are any.
    pub what: String,
    /// The control, document, artifact or attestation that would show it.
    pub shown_by: String,
    /// How bad; that of the control, medium for the rest.
    pub severity: Severity,
    /// Resources concerned, over all accounts.
    pub resources: u64,
    /// Accounts concerned.
    pub accounts: u64,
}

/// The gap between current state and readiness state of one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The criterion, such as `1.5.a`.
    pub criterion: String,
    /// Its domain.
    pub domain: Domain,
    /// What the criterion asks for.
    pub readiness_state: String,
    /// What is there, from the inventory, in numbers.
    pub current_state: Vec<String>,
    /// Open or not known; a criterion that is met has no gap.
    pub state: CriterionState,
    /// What is missing, worst first.
    pub missing: Vec<Missing>,
}
