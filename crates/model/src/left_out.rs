//! What a snapshot does not hold although the organization has it.

use serde::{Deserialize, Serialize};

use crate::Account;

/// What a snapshot does not hold although the organization has it: what the run was told to leave out, and accounts that answer nobody.
/// Nothing is said about accounts and regions that were left out; what depends on a service that was left out is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeftOut {
    /// Accounts that the run was not to read, sorted by id.
    pub accounts: Vec<Account>,
    /// Regions that an account has enabled and that the run was not to read, sorted.
    pub regions: Vec<String>,
    /// Services that the run was not to read, sorted.
    pub services: Vec<String>,
    /// Suspended accounts, sorted by id: AWS answers no call for them.
    pub suspended: Vec<Account>,
}

impl LeftOut {
    /// True where the run was narrowed: somebody chose what to read.
    pub fn is_narrowed(&self) -> bool {
        !(self.accounts.is_empty() && self.regions.is_empty() && self.services.is_empty())
    }

    /// True where the snapshot holds all that there is.
    pub fn is_empty(&self) -> bool {
        !self.is_narrowed() && self.suspended.is_empty()
    }
}
