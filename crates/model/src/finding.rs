//! One control's verdict on one resource.

use serde::{Deserialize, Serialize};

crate::words! {
    /// What a control says of a resource. What could not be read is [`FindingStatus::Unknown`], never a pass.
    FindingStatus, "finding status" {
        /// The secure state was seen.
        Pass = "pass",
        /// The secure state was seen to be missing.
        Fail = "fail",
        /// The control asks nothing of this resource.
        NotApplicable = "not_applicable",
        /// What the control needs could not be read.
        Unknown = "unknown",
    }
}

/// One control's verdict on one resource: one defect is one finding, whichever frameworks ask for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// The control, such as `ec2-volume-encrypted`.
    pub control_id: String,
    /// The account, 12 digits.
    pub account_id: String,
    /// The region, `global` for what has none.
    pub region: String,
    /// The resource: its ARN, or the account's (`arn:aws:iam::111122223333:root`) for what is of the account.
    pub resource: String,
    /// The verdict.
    pub status: FindingStatus,
    /// Why, naming the value that was seen.
    pub reason: String,
    /// The id of the exception that covers the finding; the status stays what it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exception: Option<String>,
}

impl Finding {
    /// True for what needs work: a failure that no exception covers.
    pub fn is_open_failure(&self) -> bool {
        self.status == FindingStatus::Fail && self.exception.is_none()
    }
}
