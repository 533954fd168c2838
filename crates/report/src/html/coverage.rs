//! What could not be read, and is therefore not known.

use maud::{Markup, html};

use super::parts;
use crate::ReportInput;
use crate::text::{count, number, percent};

/// Groups of failed calls that are listed.
const SHOWN: usize = 25;

/// With a capital and a full stop.
fn sentence(said: &str) -> String {
    let mut letters = said.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

pub(super) fn section(input: &ReportInput) -> Markup {
    let coverage = &input.assessment.coverage;
    let missing = coverage.units.saturating_sub(coverage.complete_units);
    let unknown: u64 = input
        .assessment
        .controls
        .iter()
        .map(|result| result.totals().unknown)
        .sum();
    let left = coverage.errors.len().saturating_sub(SHOWN) as u64 + coverage.errors_left_out;
    html! {
        section #coverage aria-labelledby="coverage-title" {
            h2 #coverage-title { "Coverage" }
            @if missing == 0 && coverage.errors.is_empty() {
                p.lead {
                    "Everything that was asked for could be read: " (count(coverage.units, "combination"))
                    " of account, region and service."
                }
            } @else {
                p.lead {
                    (percent(coverage.complete_units, coverage.units)) " of what was asked for was read to the end. "
                    (number(missing)) " of " (number(coverage.units))
                    " combinations of account, region and service were not, so "
                    (count(unknown, "check"))
                    @if unknown == 1 { " has" } @else { " have" }
                    " no answer. They count as not known, never as passed."
                }
            }
            @for said in crate::left_out(&input.assessment.snapshot.left_out) {
                p.left { (sentence(&said)) }
            }
            @if !coverage.errors.is_empty() {
                div.scroll tabindex="0" role="region" aria-label="Calls that failed" {
                    table.plain {
                        caption { "Calls that failed" }
                        thead {
                            tr {
                                th scope="col" { "Account" }
                                th scope="col" { "Region" }
                                th scope="col" { "Operation" }
                                th scope="col" { "Why" }
                                th.n scope="col" { "Calls" }
                            }
                        }
                        tbody {
                            @for error in coverage.errors.iter().take(SHOWN) {
                                tr {
                                    td {
                                        @if let Some(account) = input.assessment.snapshot.accounts.iter().find(|account| account.id == error.account_id) {
                                            (parts::value(&account.name)) " "
                                        }
                                        code { (parts::value(&error.account_id)) }
                                    }
                                    td { (parts::value(&error.region)) }
                                    td { code { (parts::value(&error.operation)) } }
                                    td { (parts::value(&error.class.replace('_', " "))) }
                                    td.n { (number(error.count)) }
                                }
                            }
                        }
                    }
                }
            }
            @if left > 0 {
                p.more { "And " (count(left, "group")) " more: " (parts::command("standfast coverage")) }
            }
        }
    }
}
