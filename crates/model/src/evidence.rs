//! What shows that a criterion is met.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

crate::words! {
    /// The ways in which a criterion can be shown to be met.
    EvidenceKind, "kind of evidence" {
        /// Controls over a snapshot that pass.
        Control = "control",
        /// An artifact that was built and proved.
        Artifact = "artifact",
        /// A document that was approved.
        Document = "document",
        /// An artifact that is deployed.
        Deployment = "deployment",
        /// A rehearsal that succeeded.
        Rehearsal = "rehearsal",
        /// A person's dated word.
        Attestation = "attestation",
    }
}

crate::words! {
    /// Where a criterion stands. Nothing is met without evidence.
    CriterionState, "criterion state" {
        /// Evidence shows it.
        Met = "met",
        /// Evidence against it, or none.
        Open = "open",
        /// What would show it could not be read.
        NotKnown = "not_known",
    }
}

/// One piece of evidence for or against a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The criterion, such as `1.5.a`.
    pub criterion: String,
    /// What kind of evidence it is.
    pub kind: EvidenceKind,
    /// What it is about: the control's id, the document's name, the person who attests.
    pub subject: String,
    /// What it shows.
    pub state: CriterionState,
    /// In words, with numbers: `214 of 214 volumes pass`, `approved by Ana Ruiz`.
    pub summary: String,
    /// When it was made.
    pub at: Timestamp,
    /// When it stops to count; none for what is measured anew each time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
}
