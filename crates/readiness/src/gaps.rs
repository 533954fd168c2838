//! The gap analysis: current state and readiness state of each criterion, and what lies between them.

use std::cmp::Reverse;

use standfast_content::Control;
use standfast_content::program::{Placed, Readiness, SubtaskKind};
use standfast_model::{CriterionState, EvidenceKind, Gap, GapAspect, Missing, Severity};

use crate::situation::{Judged, Situation, accounts_with, judged};
use crate::words::{clause, counted, extent, grouped, spoken};

/// The gaps of all criteria that are not met, in the program's order. A criterion that only rests on others has none of its
/// own: theirs say it.
pub fn gaps(situation: &Situation<'_>) -> Vec<Gap> {
    situation
        .program
        .criteria()
        .filter_map(|placed| gap(situation, &placed))
        .collect()
}

fn gap(situation: &Situation<'_>, placed: &Placed<'_>) -> Option<Gap> {
    let standing = situation.standing(placed.criterion);
    if standing.state == CriterionState::Met || standing.needs.is_empty() {
        return None;
    }
    let mut missing: Vec<Missing> = standing
        .needs
        .iter()
        .filter(|judged| matches!(judged.state, Some(state) if state != CriterionState::Met))
        .map(|judged| self::missing(situation, placed, judged))
        .collect();
    if missing.is_empty() && standing.needs.iter().any(|judged| judged.state.is_some()) {
        // Everything of its own is there; what it lacks is another criterion's or a part's.
        return None;
    }
    missing.sort_by(|left, right| {
        (left.severity, Reverse(left.resources), &left.shown_by).cmp(&(
            right.severity,
            Reverse(right.resources),
            &right.shown_by,
        ))
    });
    Some(Gap {
        criterion: placed.criterion.id.clone(),
        domain: placed.task.domain,
        readiness_state: match placed.subtask {
            Some(subtask) => format!("{}. {}", clause(&placed.criterion.text), subtask.readiness.state),
            None => placed.criterion.text.clone(),
        },
        current_state: current_state(situation, placed, &standing.needs),
        state: standing.state,
        missing,
    })
}

/// What is there: the rows of the services that the subtask names, what the controls counted, and what people stated.
fn current_state(situation: &Situation<'_>, placed: &Placed<'_>, needs: &[Judged<'_>]) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(assessment) = situation.assessment else {
        lines.push("Nothing is known yet: no snapshot was assessed".to_owned());
        return lines;
    };
    let controls: Vec<(&Judged<'_>, Option<&Control>)> = needs
        .iter()
        .filter(|judged| judged.need.kind == EvidenceKind::Control)
        .map(|judged| (judged, situation.controls.get(judged.need.name)))
        .collect();
    let services = placed.subtask.map_or(&placed.task.services, |subtask| {
        // Where a task is written down, its tools are those of the whole task.
        let whole =
            subtask.kind == SubtaskKind::Document && matches!(placed.criterion.aspect, None | Some(GapAspect::Tools));
        if whole && subtask.services.is_empty() {
            &placed.task.services
        } else {
            &subtask.services
        }
    });
    let rows = services
        .iter()
        .filter_map(|service| situation.program.service(service))
        .flat_map(|service| &service.tables)
        .filter_map(|table| Some((table, assessment.snapshot.row_counts.get(&table.table)?)));
    for (table, count) in rows {
        let told = controls
            .iter()
            .any(|(_, control)| control.is_some_and(|control| control.subject == table.table));
        if !told {
            lines.push(counted(*count, &table.one, &table.many));
        }
    }
    for (judged, control) in controls {
        lines.extend(control_line(situation, judged, control));
    }
    for judged in needs {
        if judged.need.kind != EvidenceKind::Control {
            // The first decides; what was stated before it is history.
            lines.extend(
                judged
                    .evidence
                    .first()
                    .map(|piece| format!("{}: {}", capital(&spoken(judged.need.name)), piece.summary)),
            );
        }
    }
    if lines.is_empty() {
        lines.push("Nothing on record".to_owned());
    }
    lines
}

/// `214 EBS volumes in 12 accounts, 31 of them short of "Volumes are encrypted"`.
fn control_line(situation: &Situation<'_>, of: &Judged<'_>, control: Option<&Control>) -> Option<String> {
    let result = situation.result(of.need.name)?;
    let totals = result.totals();
    let control = control?;
    let all = judged(&totals);
    if all == 0 {
        return None;
    }
    let there = extent(
        situation.program,
        Some(control),
        all,
        None,
        accounts_with(result, judged),
    );
    let mut parts = Vec::new();
    if totals.fail > 0 {
        parts.push(format!(
            "{} of them short of \"{}\"",
            grouped(totals.fail),
            control.title
        ));
    }
    if totals.excepted > 0 {
        parts.push(format!("{} under exception", grouped(totals.excepted)));
    }
    if totals.unknown > 0 {
        parts.push(format!("{} not readable", grouped(totals.unknown)));
    }
    if parts.is_empty() {
        parts.push(format!("all with \"{}\"", control.title));
    }
    Some(format!("{}, {}", capital(&there), parts.join(", ")))
}

fn missing(situation: &Situation<'_>, placed: &Placed<'_>, of: &Judged<'_>) -> Missing {
    if of.need.kind == EvidenceKind::Control {
        return missing_control(situation, of);
    }
    let readiness = placed.subtask.map(|subtask| &subtask.readiness);
    let (side, what) = match of.need.kind {
        EvidenceKind::Document => (GapAspect::Policy, "no approved document"),
        EvidenceKind::Rehearsal => (GapAspect::Process, "no successful rehearsal"),
        EvidenceKind::Attestation => (GapAspect::People, "no one's word"),
        EvidenceKind::Artifact => (GapAspect::Tools, "nothing built and proved as"),
        EvidenceKind::Deployment | EvidenceKind::Control => (GapAspect::Tools, "nothing deployed as"),
    };
    let aspect = placed.criterion.aspect.unwrap_or(side);
    let name = spoken(of.need.name);
    let last = of
        .evidence
        .first()
        .map(|piece| format!(", last {}", piece.summary))
        .unwrap_or_default();
    let asks = readiness
        .map(|readiness: &Readiness| format!("; asked for: {}", clause(readiness.aspect(aspect))))
        .unwrap_or_default();
    Missing {
        aspect,
        what: capital(&format!("{what} \"{name}\"{last}{asks}")),
        shown_by: format!("{} {}", of.need.kind, of.need.name),
        severity: Severity::Medium,
        resources: 0,
        accounts: 0,
    }
}

fn missing_control(situation: &Situation<'_>, of: &Judged<'_>) -> Missing {
    let control = situation.controls.get(of.need.name);
    let title = control.map_or(of.need.name, |control| control.title.as_str());
    let severity = control.map_or(Severity::Medium, |control| control.severity);
    let result = situation.result(of.need.name);
    let totals = result.map(standfast_model::ControlResult::totals).unwrap_or_default();
    let all = judged(&totals);
    let extent = |count: u64, accounts: u64| extent(situation.program, control, count, Some(all), accounts);
    let (what, resources, accounts) = if totals.fail > 0 {
        let accounts = result.map_or(0, |result| accounts_with(result, |counts| counts.fail));
        (
            format!("{title}: not so for {}", extent(totals.fail, accounts)),
            totals.fail,
            accounts,
        )
    } else if totals.unknown > 0 {
        let accounts = result.map_or(0, |result| accounts_with(result, |counts| counts.unknown));
        (
            format!("{title}: could not be read for {}", extent(totals.unknown, accounts)),
            totals.unknown,
            accounts,
        )
    } else {
        (format!("{title}: not assessed"), 0, 0)
    };
    Missing {
        aspect: GapAspect::Tools,
        what,
        shown_by: of.need.name.to_owned(),
        severity,
        resources,
        accounts,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
