//! The gaps that weigh most.

use std::cmp::Reverse;

use maud::{Markup, html};
use standfast_model::{Gap, GapAspect, Severity};

use super::parts;
use crate::ReportInput;
use crate::text::{count, number};

/// Gaps that are told.
const SHOWN: usize = 12;
/// Lines of current state, and missing things, of one gap.
const LINES: usize = 6;

pub(crate) fn worst_first(gaps: &[Gap]) -> Vec<&Gap> {
    let mut sorted: Vec<&Gap> = gaps.iter().collect();
    sorted.sort_by_key(|gap| {
        let severity = gap
            .missing
            .iter()
            .map(|missing| missing.severity)
            .min()
            .unwrap_or(Severity::Informational);
        let accounts = gap.missing.iter().map(|missing| missing.accounts).max();
        let resources: u64 = gap.missing.iter().map(|missing| missing.resources).sum();
        (
            severity,
            Reverse(accounts.unwrap_or(0)),
            Reverse(resources),
            gap.criterion.clone(),
        )
    });
    sorted
}

const fn aspect(aspect: GapAspect) -> &'static str {
    match aspect {
        GapAspect::Policy => "Policy",
        GapAspect::Process => "Process",
        GapAspect::Tools => "Tools",
        GapAspect::People => "People",
    }
}

pub(super) fn section(input: &ReportInput) -> Markup {
    let gaps = worst_first(&input.gaps);
    let left = gaps.len().saturating_sub(SHOWN);
    html! {
        section #gaps aria-labelledby="gaps-title" {
            h2 #gaps-title { "Worst gaps" }
            @if gaps.is_empty() {
                p.lead { "There are none: every criterion is met." }
            } @else {
                p.lead {
                    "What is there, against what the program asks for: the "
                    (number(gaps.len().min(SHOWN) as u64)) " that weigh most of "
                    (count(gaps.len() as u64, "gap")) "."
                }
                ol.gaps {
                    @for gap in gaps.iter().take(SHOWN) {
                        li {
                            p.where {
                                a href={ "#criterion-" (parts::slug(&gap.criterion)) } { (parts::value(&gap.criterion)) }
                                span { (gap.domain.title()) }
                                @if let Some(worst) = gap.missing.iter().map(|missing| missing.severity).min() {
                                    (parts::severity(worst))
                                }
                                @if gap.state == standfast_model::CriterionState::NotKnown {
                                    span.state.dark { i.square.dark {} "not known" }
                                }
                            }
                            h3 { (parts::value(&gap.readiness_state)) }
                            @if !gap.current_state.is_empty() {
                                p.now {
                                    b { "Today" }
                                    @for line in gap.current_state.iter().take(LINES) {
                                        span { (parts::value(line)) }
                                    }
                                }
                            }
                            ul.missing {
                                @for missing in gap.missing.iter().take(LINES) {
                                    li {
                                        b { (aspect(missing.aspect)) }
                                        span {
                                            (parts::value(&missing.what))
                                            @if missing.resources > 0 {
                                                span.detail {
                                                    " " (count(missing.resources, "resource")) " in "
                                                    (count(missing.accounts, "account"))
                                                }
                                            }
                                        }
                                    }
                                }
                                @if gap.missing.len() > LINES {
                                    li { b {} span.detail { "and " (number((gap.missing.len() - LINES) as u64)) " more" } }
                                }
                            }
                        }
                    }
                }
                @if left > 0 {
                    p.more { "The other " (number(left as u64)) ": " (parts::command("standfast gaps")) }
                }
            }
        }
    }
}
