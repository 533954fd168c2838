//! The readiness board: every domain, subtask and criterion, where it stands and what shows it.

use jiff::Timestamp;
use serde::Serialize;
use standfast_content::program::{Criterion, SubtaskKind};
use standfast_model::{CriterionState, Domain, Evidence, EvidenceKind, LeftOut, OwnerRole};

use crate::situation::{Situation, Standing, percent, together};

/// The readiness board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Board {
    /// Version of this form.
    pub version: u32,
    /// The moment that it shows.
    pub at: Timestamp,
    /// The program's title.
    pub title: String,
    /// The snapshot that it is made of; none before the first assessment.
    pub snapshot: Option<String>,
    /// What the organization has and the snapshot does not hold.
    pub left_out: LeftOut,
    /// Readiness: the share of the program's criteria that are met, in percent, rounded down.
    pub percent_met: u8,
    /// Criteria by state.
    pub tally: Tally,
    /// In the program's order.
    pub domains: Vec<DomainStatus>,
}

/// Criteria by state; a criterion with lettered parts counts once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Shown.
    pub met: u32,
    /// Not shown.
    pub open: u32,
    /// What would show them could not be read.
    pub not_known: u32,
}

impl Tally {
    fn add(&mut self, state: CriterionState) {
        match state {
            CriterionState::Met => self.met += 1,
            CriterionState::Open => self.open += 1,
            CriterionState::NotKnown => self.not_known += 1,
        }
    }

    fn merge(&mut self, other: Self) {
        self.met += other.met;
        self.open += other.open;
        self.not_known += other.not_known;
    }

    /// All criteria.
    pub const fn total(self) -> u32 {
        self.met + self.open + self.not_known
    }

    /// The share that is met, in percent, rounded down: a hundred only of all.
    pub fn percent_met(self) -> u8 {
        percent(u64::from(self.met), u64::from(self.total()))
    }
}

/// Where a domain stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DomainStatus {
    /// The task's number.
    pub task: u8,
    /// The domain.
    pub domain: Domain,
    /// The task's title.
    pub title: String,
    /// The share of these criteria that are met, in percent, rounded down.
    pub percent_met: u8,
    /// Its criteria and those of its subtasks.
    pub tally: Tally,
    /// The task's own criteria.
    pub criteria: Vec<CriterionStatus>,
    /// Its subtasks.
    pub subtasks: Vec<SubtaskStatus>,
}

/// Where a subtask stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubtaskStatus {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its phase.
    pub kind: SubtaskKind,
    /// Who does it.
    pub owner: OwnerRole,
    /// All of its criteria together.
    pub state: CriterionState,
    /// The share of its criteria that are met, in percent, rounded down.
    pub percent_met: u8,
    /// Its criteria by state.
    pub tally: Tally,
    /// Its criteria.
    pub criteria: Vec<CriterionStatus>,
}

/// Where a criterion or a lettered part stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CriterionStatus {
    /// Its id.
    pub id: String,
    /// What must be so.
    pub text: String,
    /// Where it stands.
    pub state: CriterionState,
    /// How much of it is shown, in percent; 100 only when it is met.
    pub percent_shown: u8,
    /// What it needs, and whether it is there.
    pub needs: Vec<NeedStatus>,
    /// What shows it, or speaks against it.
    pub evidence: Vec<Evidence>,
    /// Its lettered parts.
    pub parts: Vec<CriterionStatus>,
}

/// Whether one thing that a criterion needs is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeedStatus {
    /// The kind of evidence; none where the need is another criterion.
    pub kind: Option<EvidenceKind>,
    /// The control, document, artifact, rehearsal, attestation or criterion.
    pub name: String,
    /// None where it asks nothing of what is there.
    pub state: Option<CriterionState>,
    /// How much of it is shown, in percent.
    pub percent_shown: u8,
}

impl Board {
    /// The version of the JSON form.
    pub const VERSION: u32 = 1;

    /// Every criterion and lettered part in order.
    pub fn criteria(&self) -> impl Iterator<Item = &CriterionStatus> {
        self.domains
            .iter()
            .flat_map(|domain| {
                domain
                    .criteria
                    .iter()
                    .chain(domain.subtasks.iter().flat_map(|subtask| &subtask.criteria))
            })
            .flat_map(|criterion| std::iter::once(criterion).chain(&criterion.parts))
    }
}

/// Where everything stands.
pub fn status(situation: &Situation<'_>) -> Board {
    let domains: Vec<DomainStatus> = situation
        .program
        .tasks
        .iter()
        .map(|task| {
            let criteria = criteria(situation, &task.criteria);
            let subtasks: Vec<SubtaskStatus> = task
                .subtasks
                .iter()
                .map(|subtask| {
                    let criteria = self::criteria(situation, &subtask.criteria);
                    let tally = tally(&criteria);
                    SubtaskStatus {
                        id: subtask.id.clone(),
                        title: subtask.title.clone(),
                        kind: subtask.kind,
                        owner: subtask.owner,
                        state: together(criteria.iter().map(|criterion| criterion.state)),
                        percent_met: tally.percent_met(),
                        tally,
                        criteria,
                    }
                })
                .collect();
            let mut all = tally(&criteria);
            for subtask in &subtasks {
                all.merge(subtask.tally);
            }
            DomainStatus {
                task: task.number,
                domain: task.domain,
                title: task.title.clone(),
                percent_met: all.percent_met(),
                tally: all,
                criteria,
                subtasks,
            }
        })
        .collect();
    let mut all = Tally::default();
    for domain in &domains {
        all.merge(domain.tally);
    }
    Board {
        version: Board::VERSION,
        at: situation.now,
        title: situation.program.title.clone(),
        snapshot: situation
            .assessment
            .map(|assessment| assessment.snapshot.run_id.clone()),
        left_out: situation
            .assessment
            .map(|assessment| assessment.snapshot.left_out.clone())
            .unwrap_or_default(),
        percent_met: all.percent_met(),
        tally: all,
        domains,
    }
}

fn tally(criteria: &[CriterionStatus]) -> Tally {
    let mut tally = Tally::default();
    for criterion in criteria {
        tally.add(criterion.state);
    }
    tally
}

fn criteria(situation: &Situation<'_>, criteria: &[Criterion]) -> Vec<CriterionStatus> {
    criteria
        .iter()
        .map(|criterion| criterion_status(criterion, situation.standing(criterion)))
        .collect()
}

fn criterion_status(criterion: &Criterion, standing: Standing<'_>) -> CriterionStatus {
    let mut needs = Vec::new();
    let mut evidence = Vec::new();
    for judged in standing.needs {
        needs.push(NeedStatus {
            kind: Some(judged.need.kind),
            name: judged.need.name.to_owned(),
            state: judged.state,
            percent_shown: judged.score,
        });
        evidence.extend(judged.evidence);
    }
    needs.extend(standing.others.iter().map(|(id, state, score)| NeedStatus {
        kind: None,
        name: (*id).to_owned(),
        state: Some(*state),
        percent_shown: *score,
    }));
    CriterionStatus {
        id: criterion.id.clone(),
        text: criterion.text.clone(),
        state: standing.state,
        percent_shown: standing.score,
        needs,
        evidence,
        parts: standing
            .parts
            .into_iter()
            .map(|(part, standing)| criterion_status(part, standing))
            .collect(),
    }
}
