//! The readiness board: every criterion of the program.

use maud::{Markup, html};

use super::parts;
use crate::text::{count, number};
use crate::view::{CriterionCounts, told};
use crate::{CriterionView, ReportInput};

/// Pieces of evidence that are listed for one criterion.
const EVIDENCE: usize = 12;

fn criterion(criterion: &CriterionView) -> Markup {
    html! {
        li id={ "criterion-" (parts::slug(&criterion.id)) } {
            span.state { i class={ "square " (parts::state_class(criterion.state)) } {} (parts::state_word(criterion.state)) }
            div {
                p { code { (parts::value(&criterion.id)) } " " (parts::value(&criterion.text)) }
                @if criterion.evidence.is_empty() && criterion.parts.is_empty() && criterion.needs.is_empty() {
                    p.evidence { "No evidence." }
                }
                @let evidence = criterion.deciding();
                @for (piece, others) in evidence.iter().take(EVIDENCE) {
                    @let (by, said) = told(piece, *others);
                    p.evidence {
                        (parts::state_word(piece.state)) ": "
                        @if !by.is_empty() { (piece.kind) " " code { (parts::value(&piece.subject)) } ", " }
                        (parts::value(&said))
                    }
                }
                @if evidence.len() > EVIDENCE {
                    p.evidence { "and " (number((evidence.len() - EVIDENCE) as u64)) " more" }
                }
                @if !criterion.needs.is_empty() {
                    p.evidence {
                        "Still needed: "
                        @for (index, need) in criterion.needs.iter().take(EVIDENCE).enumerate() {
                            @if index > 0 { ", " }
                            (parts::value(need))
                        }
                        @if criterion.needs.len() > EVIDENCE {
                            " and " (number((criterion.needs.len() - EVIDENCE) as u64)) " more"
                        }
                    }
                }
                @if !criterion.parts.is_empty() {
                    ul.parts { @for part in &criterion.parts { (self::criterion(part)) } }
                }
            }
        }
    }
}

/// A row that opens: a subtask, or the task as a whole.
fn row(id: &str, title: &str, criteria: &[CriterionView]) -> Markup {
    let counts = CriterionCounts::of(criteria);
    let said = format!(
        "{} met, {} open, {} not known",
        counts.met, counts.open, counts.not_known
    );
    html! {
        details.subtask {
            summary {
                span.id { (parts::value(id)) }
                span.title { (parts::value(title)) }
                span.squares role="img" aria-label=(said) title=(said) {
                    @for criterion in criteria {
                        i class={ "square " (parts::state_class(criterion.state)) } {}
                    }
                }
                span.sum { (number(counts.met)) "/" (number(counts.total())) }
            }
            ul { @for one in criteria { (criterion(one)) } }
        }
    }
}

pub(super) fn section(input: &ReportInput) -> Markup {
    html! {
        section #program aria-labelledby="program-title" {
            h2 #program-title { "Program" }
            p.lead { "Every criterion and its evidence. A square is a criterion; open a row to read it." }
            (parts::key())
            div.board {
                @for domain in &input.board.domains {
                    @let counts = domain.counts();
                    section.domain id={ "program-" (domain.domain) } aria-labelledby={ "program-" (domain.domain) "-title" } {
                        h3 id={ "program-" (domain.domain) "-title" } {
                            (domain.domain.task()) " " (domain.domain.title())
                            span.detail {
                                (number(counts.met)) " of " (count(counts.total(), "criterion")) " met"
                            }
                        }
                        (parts::bar(counts))
                        @if !domain.criteria.is_empty() {
                            (row(&domain.domain.task().to_string(), "The task as a whole", &domain.criteria))
                        }
                        @for one in &domain.subtasks { (row(&one.id, &one.title, &one.criteria)) }
                    }
                }
            }
        }
    }
}
