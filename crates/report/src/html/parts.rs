//! Small pieces that several sections share.

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use standfast_model::{CriterionState, Severity};

use crate::text::{printable, shortened};
use crate::view::CriterionCounts;

/// The longest a value from outside may get in the report.
const LONGEST: usize = 400;
/// The longest an anchor may get.
const LONGEST_ANCHOR: usize = 64;

/// Date and time for people.
pub(super) fn moment(at: Timestamp) -> String {
    at.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// A day for people.
pub(super) fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// A value from outside: nothing hidden in it, and not endless.
pub(super) fn value(text: &str) -> String {
    // What is cut off anyway need not be looked at.
    let end = text.char_indices().nth(LONGEST + 1).map_or(text.len(), |(end, _)| end);
    shortened(&printable(text.get(..end).unwrap_or(text)), LONGEST).into_owned()
}

/// What can stand in an `id` and after `#`.
pub(super) fn slug(text: &str) -> String {
    text.chars()
        .take(LONGEST_ANCHOR)
        .map(|character| {
            if character.is_ascii_alphanumeric() || matches!(character, '.' | '-') {
                character
            } else {
                '_'
            }
        })
        .collect()
}

/// A severity: its word and a mark whose shape says the same.
pub(super) fn severity(severity: Severity) -> Markup {
    html! {
        span class={ "severity " (severity) } { span.mark aria-hidden="true" { (mark(severity)) } (severity) }
    }
}

/// The shape of a severity.
pub(super) const fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "◆",
        Severity::High => "▲",
        Severity::Medium => "●",
        Severity::Low => "○",
        Severity::Informational => "·",
    }
}

/// The class of a criterion's state.
pub(super) const fn state_class(state: CriterionState) -> &'static str {
    match state {
        CriterionState::Met => "met",
        CriterionState::Open => "open",
        CriterionState::NotKnown => "dark",
    }
}

/// The word for a criterion's state.
pub(super) const fn state_word(state: CriterionState) -> &'static str {
    match state {
        CriterionState::Met => "met",
        CriterionState::Open => "open",
        CriterionState::NotKnown => "not known",
    }
}

/// A bar of three parts: met, not known, open. Each part has its own texture.
pub(super) fn bar(counts: CriterionCounts) -> Markup {
    let said = format!(
        "{} of {} criteria met, {} open, {} not known",
        counts.met,
        counts.total(),
        counts.open,
        counts.not_known
    );
    html! {
        span.bar role="img" aria-label=(said) title=(said) {
            @for (class, part) in [("met", counts.met), ("dark", counts.not_known), ("open", counts.open)] {
                @if part > 0 {
                    i class={ (class) " w" (width(part, counts.total())) } {}
                }
            }
        }
    }
}

/// Part of a whole in full per cent, at least one: the number in a width class.
pub(super) fn width(part: u64, whole: u64) -> u64 {
    (part * 100)
        .checked_div(whole)
        .unwrap_or(0)
        .clamp(u64::from(part > 0), 100)
}

/// The key to the bars and squares.
pub(super) fn key() -> Markup {
    html! {
        p.key {
            span { i.square.met {} "met: evidence shows it" }
            span { i.square.open {} "open: evidence against it, or none" }
            span { i.square.dark {} "not known: it could not be read" }
        }
    }
}

/// A command to copy.
pub(super) fn command(line: &str) -> Markup {
    html! { code.command { (printable(line)) } }
}

/// The command that lists all findings of a control with one status; only for ids that need no quoting.
pub(super) fn query(control: &str, status: &str) -> Option<String> {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    control.chars().all(plain).then(|| {
        format!(
            "standfast query \"select account_id, region, resource, reason from standfast_finding where control_id = '{control}' and status = '{status}'\""
        )
    })
}
