//! What is known at one moment, and what it says of each thing that a criterion needs.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use standfast_content::Control;
use standfast_content::program::{Criterion, Need, Program};
use standfast_model::{AccountCounts, Assessment, ControlResult, CriterionState, Evidence, EvidenceKind, last_day};

use crate::words::grouped;

/// Everything that is known at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// What is asked for.
    pub program: &'a Program,
    /// All controls by id.
    pub controls: &'a BTreeMap<String, Control>,
    /// The last assessment; none before the first.
    pub assessment: Option<&'a Assessment>,
    /// What people stated and what was built, approved and rehearsed, in the order in which it was recorded. Evidence of controls is
    /// made here and ignored there.
    pub evidence: &'a [Evidence],
    /// The moment.
    pub now: Timestamp,
}

/// What is known of one need.
#[derive(Debug, Clone)]
pub(crate) struct Judged<'a> {
    /// The need.
    pub(crate) need: Need<'a>,
    /// None where it asks nothing of what is there.
    pub(crate) state: Option<CriterionState>,
    /// How much of it is shown, in percent.
    pub(crate) score: u8,
    /// What shows it, or speaks against it. Of several statements of one thing the one that decides comes first, then the newest.
    pub(crate) evidence: Vec<Evidence>,
}

/// What is known of one criterion.
#[derive(Debug, Clone)]
pub(crate) struct Standing<'a> {
    pub(crate) state: CriterionState,
    pub(crate) score: u8,
    pub(crate) needs: Vec<Judged<'a>>,
    /// Other criteria that it rests on.
    pub(crate) others: Vec<(&'a str, CriterionState, u8)>,
    pub(crate) parts: Vec<(&'a Criterion, Standing<'a>)>,
}

/// A share in whole percent, rounded down.
pub(crate) fn percent(part: u64, whole: u64) -> u8 {
    if whole == 0 {
        return 0;
    }
    u8::try_from(part.saturating_mul(100) / whole).map_or(100, |percent| percent.min(100))
}

/// A time as a date in UTC.
pub(crate) fn date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).date().to_string()
}

/// Accounts in which a counter is above zero.
pub(crate) fn accounts_with(result: &ControlResult, count: fn(&AccountCounts) -> u64) -> u64 {
    result.accounts.values().filter(|counts| count(counts) > 0).count() as u64
}

/// Findings that ask something.
pub(crate) fn judged(counts: &AccountCounts) -> u64 {
    counts.pass + counts.fail + counts.excepted + counts.unknown
}

impl<'a> Situation<'a> {
    /// The result of a control in the last assessment.
    pub(crate) fn result(&self, control: &str) -> Option<&'a ControlResult> {
        self.assessment.and_then(|assessment| assessment.control(control))
    }

    /// What is known of a criterion, its parts, and the criteria that it rests on.
    pub(crate) fn standing(&self, criterion: &'a Criterion) -> Standing<'a> {
        self.standing_below(criterion, &mut Vec::new())
    }

    fn standing_below(&self, criterion: &'a Criterion, above: &mut Vec<&'a str>) -> Standing<'a> {
        above.push(&criterion.id);
        let by = &criterion.satisfied_by;
        let needs: Vec<Judged<'a>> = by.needs().map(|need| self.judge(&criterion.id, need)).collect();
        let others = by
            .criteria
            .iter()
            .map(|id| {
                // A parsed program has no round; one that was put together by hand might, and then nothing in it is met.
                let placed = (!above.contains(&id.as_str()))
                    .then(|| self.program.criterion(id))
                    .flatten();
                match placed {
                    Some(placed) => {
                        let standing = self.standing_below(placed.criterion, above);
                        (id.as_str(), standing.state, standing.score)
                    }
                    None => (id.as_str(), CriterionState::Open, 0),
                }
            })
            .collect::<Vec<_>>();
        let parts: Vec<_> = criterion
            .parts
            .iter()
            .map(|part| (part, self.standing_below(part, above)))
            .collect();
        above.pop();

        let own: Vec<(CriterionState, u8)> = needs
            .iter()
            .filter_map(|judged| judged.state.map(|state| (state, judged.score)))
            .chain(others.iter().map(|(_, state, score)| (*state, *score)))
            .collect();
        let all: Vec<(CriterionState, u8)> = if by.any {
            // One of the alternatives counts as one need beside the parts.
            own.iter()
                .copied()
                .min_by_key(|(state, score)| {
                    (
                        *state != CriterionState::Met,
                        *state == CriterionState::Open,
                        u8::MAX - score,
                    )
                })
                .into_iter()
                .collect()
        } else {
            own
        };
        let all: Vec<(CriterionState, u8)> = all
            .into_iter()
            .chain(parts.iter().map(|(_, part)| (part.state, part.score)))
            .collect();
        let state = together(all.iter().map(|(state, _)| *state));
        let sum: u64 = all.iter().map(|(_, score)| u64::from(*score)).sum();
        let score = if state == CriterionState::Met {
            100
        } else {
            percent(sum, 100 * all.len() as u64).min(99)
        };
        Standing {
            state,
            score,
            needs,
            others,
            parts,
        }
    }

    fn judge(&self, criterion: &str, need: Need<'a>) -> Judged<'a> {
        match need.kind {
            EvidenceKind::Control => self.judge_control(criterion, need),
            _ => self.judge_stated(criterion, need),
        }
    }

    fn judge_control(&self, criterion: &str, need: Need<'a>) -> Judged<'a> {
        let Some(assessment) = self.assessment else {
            return Judged {
                need,
                state: Some(CriterionState::NotKnown),
                score: 0,
                evidence: Vec::new(),
            };
        };
        let totals = assessment.control(need.name).map(ControlResult::totals);
        let (state, score, summary) = match totals {
            None => (Some(CriterionState::NotKnown), 0, "the control did not run".to_owned()),
            Some(totals) => control_verdict(&totals),
        };
        let evidence = state
            .map(|state| Evidence {
                criterion: criterion.to_owned(),
                kind: EvidenceKind::Control,
                subject: need.name.to_owned(),
                state,
                summary,
                at: assessment.assessed_at,
                valid_until: None,
            })
            .into_iter()
            .collect();
        Judged {
            need,
            state,
            score,
            evidence,
        }
    }

    /// Documents, artifacts, deployments and rehearsals count for every criterion that names them; a person's word counts for
    /// the criterion that it was given for. Of what is valid the latest decides, and of what is as late the last one recorded.
    fn judge_stated(&self, criterion: &str, need: Need<'a>) -> Judged<'a> {
        let mut evidence: Vec<Evidence> = self
            .evidence
            .iter()
            .filter(|piece| piece.kind == need.kind)
            .filter(|piece| match need.kind {
                EvidenceKind::Attestation => piece.criterion == criterion,
                _ => piece.subject == need.name,
            })
            .rev()
            .cloned()
            .collect();
        // Newest first; of the same second what was recorded later.
        evidence.sort_by_key(|piece| std::cmp::Reverse(piece.at));
        let mut decided = None;
        for (place, piece) in evidence.iter_mut().enumerate() {
            if piece.at > self.now {
                piece.state = CriterionState::Open;
                piece.summary = format!("{} (dated {}, in the future)", piece.summary, date(piece.at));
            } else if let Some(until) = piece.valid_until.filter(|until| *until <= self.now) {
                piece.state = CriterionState::Open;
                piece.summary = format!("{} (expired: {} was its last day)", piece.summary, last_day(until));
            } else {
                decided.get_or_insert((place, piece.state));
            }
        }
        // What decides stands before what it stands above.
        if let Some((place, _)) = decided {
            evidence.get_mut(..=place).unwrap_or_default().rotate_right(1);
        }
        let state = decided.map_or(CriterionState::Open, |(_, state)| state);
        Judged {
            need,
            state: Some(state),
            score: if state == CriterionState::Met { 100 } else { 0 },
            evidence,
        }
    }
}

/// What a control's counts say, how much of it holds, and that in words.
fn control_verdict(totals: &AccountCounts) -> (Option<CriterionState>, u8, String) {
    let all = judged(totals);
    let good = totals.pass + totals.excepted;
    let of = |count: u64, what: &str| format!("{} of {} {what}", grouped(count), grouped(all));
    let excepted = if totals.excepted > 0 {
        format!(", {} under exception", grouped(totals.excepted))
    } else {
        String::new()
    };
    let unread = if totals.unknown > 0 {
        format!(", {} could not be read", grouped(totals.unknown))
    } else {
        String::new()
    };
    if totals.fail > 0 {
        let summary = format!("{}{excepted}{unread}", of(totals.fail, "fail"));
        return (Some(CriterionState::Open), percent(good, all).min(99), summary);
    }
    if totals.unknown > 0 {
        let summary = format!("{}{excepted}", of(totals.unknown, "could not be read"));
        return (Some(CriterionState::NotKnown), percent(good, all).min(99), summary);
    }
    if good > 0 {
        return (
            Some(CriterionState::Met),
            100,
            format!("{}{excepted}", of(totals.pass, "pass")),
        );
    }
    if totals.not_applicable > 0 {
        return (None, 0, String::new());
    }
    (
        Some(CriterionState::NotKnown),
        0,
        "the control gave no verdict".to_owned(),
    )
}

/// The state of several things that are all needed. Nothing needed is nothing shown.
pub(crate) fn together(states: impl Iterator<Item = CriterionState>) -> CriterionState {
    let mut found = None;
    for state in states {
        found = match (found, state) {
            (_, CriterionState::Open) | (Some(CriterionState::Open), _) => Some(CriterionState::Open),
            (_, CriterionState::NotKnown) | (Some(CriterionState::NotKnown), _) => Some(CriterionState::NotKnown),
            _ => Some(CriterionState::Met),
        };
    }
    found.unwrap_or(CriterionState::Open)
}
