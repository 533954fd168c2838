//! Where the organization stands, in a sentence, five bars and what they mean.

use std::collections::BTreeMap;

use maud::{Markup, html};
use standfast_model::{Domain, Severity};

use super::parts;
use crate::text::{count, number, percent};
use crate::view::CriterionCounts;
use crate::{DomainView, ReportInput};

/// Open failures of a domain, by severity.
fn failures(input: &ReportInput) -> BTreeMap<(Domain, Severity), u64> {
    let mut failures = BTreeMap::new();
    for result in &input.assessment.controls {
        let open = result.totals().fail;
        if let (Some(control), true) = (input.controls.get(&result.control_id), open > 0) {
            *failures.entry((control.domain, control.severity)).or_insert(0) += open;
        }
    }
    failures
}

fn sentence(counts: CriterionCounts) -> String {
    let open = match counts.open {
        0 => "None is open".to_owned(),
        1 => "One is open".to_owned(),
        open => format!("{} are open", number(open)),
    };
    match counts.not_known {
        0 => format!("{open}, and every one of them could be judged."),
        1 => format!("{open}. One is not known: what would show it could not be read."),
        unknown => format!(
            "{open}. {} are not known: what would show them could not be read.",
            number(unknown)
        ),
    }
}

/// The domains at the two ends, where they differ.
fn ends(input: &ReportInput) -> Option<String> {
    let share = |domain: &&DomainView| domain.counts().percent_met();
    let best = input.board.domains.iter().rev().max_by_key(share)?;
    let worst = input.board.domains.iter().min_by_key(share)?;
    (share(&best) > share(&worst)).then(|| {
        format!(
            " Furthest along is {} with {}%, furthest behind {} with {}%.",
            best.domain.title().to_lowercase(),
            share(&best),
            worst.domain.title().to_lowercase(),
            share(&worst)
        )
    })
}

pub(super) fn section(input: &ReportInput) -> Markup {
    let counts = input.board.counts();
    let failures = failures(input);
    let of_severity = |severity: Severity| -> u64 {
        failures
            .iter()
            .filter(|((_, of), _)| *of == severity)
            .map(|(_, open)| open)
            .sum()
    };
    let coverage = &input.assessment.coverage;
    let first = input.stories.iter().filter(|story| story.wave <= 1).count() as u64;
    html! {
        section #summary aria-labelledby="summary-title" {
            h2 #summary-title.statement {
                span.figure { (number(counts.met)) }
                " of " (number(counts.total())) " criteria are met."
            }
            p.lead {
                (sentence(counts))
                @if let Some(ends) = ends(input) { (ends) }
                @if input.assessment.snapshot.left_out.is_narrowed() {
                    " The run was narrowed: " a href="#coverage" { "what was left out" } " is in none of these numbers."
                }
            }
            dl.figures {
                div {
                    dt { "Critical failures" }
                    dd { (number(of_severity(Severity::Critical))) }
                    dd.note { "and " (number(of_severity(Severity::High))) " high, over all accounts" }
                }
                div {
                    dt { "Read completely" }
                    dd { (percent(coverage.complete_units, coverage.units)) }
                    dd.note { "of what was asked for; " a href="#coverage" { "the rest" } " counts as not known" }
                }
                div {
                    dt { "Stories" }
                    dd { (number(input.stories.len() as u64)) }
                    dd.note { (number(first)) " of them can " a href="#stories" { "begin at once" } }
                }
            }
            table.domains {
                caption { "Readiness by domain" }
                thead {
                    tr {
                        th scope="col" { "Domain" }
                        th scope="col" { "Criteria" }
                        th.n scope="col" { "Met" }
                        th.n scope="col" { "Open" }
                        th.n scope="col" { "Not known" }
                        th.n scope="col" { "Failures, critical / high" }
                    }
                }
                tbody {
                    @for domain in &input.board.domains {
                        @let counts = domain.counts();
                        @let worst = |severity| failures.get(&(domain.domain, severity)).copied().unwrap_or(0);
                        tr {
                            th scope="row" {
                                a href={ "#program-" (domain.domain) } { (domain.domain.title()) }
                            }
                            td.wide { (parts::bar(counts)) }
                            td.n { b { (counts.percent_met()) "%" } }
                            td.n { (number(counts.open)) }
                            td.n { (number(counts.not_known)) }
                            td.n {
                                (number(worst(Severity::Critical))) " / " (number(worst(Severity::High)))
                            }
                        }
                    }
                }
            }
            (parts::key())
            div.meaning {
                h3 { "What these numbers mean" }
                p {
                    "The program has " (count(input.board.domains.len() as u64, "domain")) " and "
                    (count(input.board.domains.iter().map(|domain| domain.subtasks.len() as u64).sum(), "subtask"))
                    ", each with criteria that say when it is done. A criterion is met only by evidence: a control that \
                    passes on every resource, an approved document, a deployment, a rehearsal, or a person’s dated word. \
                    Nothing counts as met because nobody looked, and what could not be read is never counted as a pass. \
                    The percentage is the share of criteria that are met; it says how much of the program is done, \
                    not how likely a breach is."
                }
            }
        }
    }
}
