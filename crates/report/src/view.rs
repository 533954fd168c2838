//! What the HTML report and the terminal show, in the form in which they take it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use standfast_model::{Assessment, CriterionState, Domain, Evidence, EvidenceKind, Gap, LeftOut, Story};

use crate::Controls;

/// An acceptance criterion and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionView {
    /// Such as `1.5.a`.
    pub id: String,
    /// What it asks for.
    pub text: String,
    /// Met, open or not known.
    pub state: CriterionState,
    /// What speaks for it and against it. Of several statements of one thing the one that decides comes first.
    pub evidence: Vec<Evidence>,
    /// What is still needed to show it, in words, such as ``document `encryption-strategy` ``.
    pub needs: Vec<String>,
    /// Its lettered parts. They are shown with it, and counted with it: a criterion in parts is one criterion.
    pub parts: Vec<CriterionView>,
}

/// A subtask of the program with its criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubtaskView {
    /// Such as `1.5`.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// In the program's order.
    pub criteria: Vec<CriterionView>,
}

/// A domain with its subtasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainView {
    /// Which.
    pub domain: Domain,
    /// The criteria of the task as a whole.
    pub criteria: Vec<CriterionView>,
    /// In the program's order.
    pub subtasks: Vec<SubtaskView>,
}

/// The readiness board: every criterion of the program and where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardView {
    /// In the program's order.
    pub domains: Vec<DomainView>,
    /// What the organization has and the snapshot behind the board does not hold.
    pub left_out: LeftOut,
}

impl CriterionView {
    /// The evidence to show: of several statements of one thing the first, which decides, with the number of the others.
    pub(crate) fn deciding(&self) -> Vec<(&Evidence, u64)> {
        let mut shown: Vec<(&Evidence, u64)> = Vec::new();
        for piece in &self.evidence {
            // An attestation's subject is who gave it: two people's words are of one thing.
            let same = |other: &Evidence| {
                other.kind == piece.kind && (piece.kind == EvidenceKind::Attestation || other.subject == piece.subject)
            };
            match shown.iter_mut().find(|(first, _)| same(first)) {
                Some((_, others)) => *others += 1,
                None => shown.push((piece, 0)),
            }
        }
        shown
    }
}

/// What a piece of evidence says of its criterion, in a line.
pub(crate) fn told(piece: &Evidence, others: u64) -> (String, String) {
    // Whose word it is stands in the summary.
    let by = match piece.kind {
        EvidenceKind::Attestation => String::new(),
        kind => format!("{kind} {}", piece.subject),
    };
    let mut said = piece.summary.clone();
    if piece.kind != EvidenceKind::Control {
        said.push_str(&format!(", on {}", piece.at.to_zoned(jiff::tz::TimeZone::UTC).date()));
    }
    if let (Some(until), CriterionState::Met) = (piece.valid_until, piece.state) {
        said.push_str(&format!(", valid until {}", standfast_model::last_day(until)));
    }
    if others > 0 {
        said.push_str(&format!(
            "; {} of the same",
            crate::text::count(others, "other statement")
        ));
    }
    (by, said)
}

/// Criteria, counted by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct CriterionCounts {
    pub(crate) met: u64,
    pub(crate) open: u64,
    pub(crate) not_known: u64,
}

impl CriterionCounts {
    pub(crate) fn of<'a>(criteria: impl IntoIterator<Item = &'a CriterionView>) -> Self {
        let mut counts = Self::default();
        for criterion in criteria {
            match criterion.state {
                CriterionState::Met => counts.met += 1,
                CriterionState::Open => counts.open += 1,
                CriterionState::NotKnown => counts.not_known += 1,
            }
        }
        counts
    }

    pub(crate) fn total(self) -> u64 {
        self.met + self.open + self.not_known
    }

    /// Per cent that are met, rounded down: 100 means all of them.
    pub(crate) fn percent_met(self) -> u64 {
        (self.met * 100).checked_div(self.total()).unwrap_or(0)
    }
}

impl DomainView {
    pub(crate) fn counts(&self) -> CriterionCounts {
        CriterionCounts::of(self.all())
    }

    /// Its own criteria and those of its subtasks.
    fn all(&self) -> impl Iterator<Item = &CriterionView> {
        self.criteria
            .iter()
            .chain(self.subtasks.iter().flat_map(|subtask| subtask.criteria.iter()))
    }
}

impl BoardView {
    pub(crate) fn counts(&self) -> CriterionCounts {
        CriterionCounts::of(self.domains.iter().flat_map(DomainView::all))
    }
}

/// An exception: a failure that somebody accepted, for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionView {
    /// Its id in the file.
    pub id: String,
    /// The control it speaks of.
    pub control: String,
    /// Who answers for it.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// What it covers, in words.
    pub scope: String,
    /// The last day on which it holds.
    pub last_day: Date,
    /// Failures that it covers now.
    pub findings: u64,
    /// True if it has stopped to hold: its findings are open again.
    pub expired: bool,
}

/// Everything that the HTML report is made of.
#[derive(Debug, Clone)]
pub struct ReportInput {
    /// Whose report it is: the organization's name or id.
    pub organization: String,
    /// Version of this program.
    pub version: String,
    /// When the report is made.
    pub generated_at: Timestamp,
    /// The assessment that it shows.
    pub assessment: Assessment,
    /// Metadata of the controls in it.
    pub controls: Controls,
    /// The readiness board.
    pub board: BoardView,
    /// The gaps.
    pub gaps: Vec<Gap>,
    /// The stories, in topological order.
    pub stories: Vec<Story>,
    /// The exceptions.
    pub exceptions: Vec<ExceptionView>,
}
