//! What shows that a criterion is met.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
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

/// The last day, in UTC, on which something counts that stops to count at a moment. People name the last day, which ends with the
/// midnight after it; that midnight's date would be a day late.
pub fn last_day(until: Timestamp) -> Date {
    until
        .checked_sub(SignedDuration::from_nanos(1))
        .unwrap_or(until)
        .to_zoned(TimeZone::UTC)
        .date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_with_the_midnight_after_it() {
        for (until, day) in [
            ("2027-02-01T00:00:00Z", "2027-01-31"),
            ("2027-01-31T23:59:59Z", "2027-01-31"),
            ("2027-01-31T00:00:01Z", "2027-01-31"),
        ] {
            let until: Timestamp = until.parse().expect("a moment");
            assert_eq!(last_day(until).to_string(), day, "{until}");
        }
        assert_eq!(last_day(Timestamp::MIN), Timestamp::MIN.to_zoned(TimeZone::UTC).date());
    }
}
