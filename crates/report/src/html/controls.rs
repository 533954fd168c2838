//! What each control found, with examples.

use std::cmp::Reverse;

use maud::{Markup, html};
use standfast_model::{ControlResult, Domain, Finding};

use super::parts;
use crate::ReportInput;
use crate::text::{count, number};

/// Findings shown as examples.
const EXAMPLES: usize = 5;

fn examples(input: &ReportInput, findings: &[Finding], heading: &str) -> Markup {
    html! {
        @if !findings.is_empty() {
            h4 { (heading) }
            ul.examples {
                @for finding in findings.iter().take(EXAMPLES) {
                    li {
                        code { (parts::value(&finding.resource)) }
                        span {
                            (parts::value(&finding.reason))
                            span.detail {
                                " "
                                @match input.assessment.snapshot.accounts.iter().find(|account| account.id == finding.account_id) {
                                    Some(account) => (parts::value(&account.name)),
                                    None => (parts::value(&finding.account_id)),
                                }
                                ", " (parts::value(&finding.region))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn row(input: &ReportInput, result: &ControlResult) -> Markup {
    let totals = result.totals();
    let control = input.controls.get(&result.control_id);
    let accounts = result.accounts.values().filter(|counts| counts.fail > 0).count() as u64;
    let state = if totals.fail > 0 {
        "open"
    } else if totals.unknown > 0 {
        "dark"
    } else {
        "met"
    };
    html! {
        tr.control data-state=(state) data-domain=[control.map(|control| control.domain.as_str())] {
            td {
                details {
                    summary {
                        i class={ "square " (state) } {}
                        span.title { (parts::value(input.controls.title(&result.control_id))) }
                        code { (parts::value(&result.control_id)) }
                    }
                    div.body {
                        @if let Some(control) = control {
                            p { (parts::value(&control.why)) }
                            @if totals.fail > 0 { p { b { "What to do" } " " (parts::value(&control.fix)) } }
                            @if !control.limits.is_empty() { p { b { "What it cannot see" } " " (parts::value(&control.limits)) } }
                            @if !control.frameworks.is_empty() {
                                p {
                                    b { "Asked for by" }
                                    @for (index, (framework, requirements)) in control.frameworks.iter().enumerate() {
                                        @if index > 0 { ";" }
                                        " " (parts::value(framework)) " " (parts::value(&requirements.join(", ")))
                                    }
                                }
                            }
                        }
                        (examples(input, &result.failing, "Fails, for example"))
                        (examples(input, &result.unknown, "Not known, for example"))
                        @if let (Some(query), true) = (parts::query(&result.control_id, if totals.fail > 0 { "fail" } else { "unknown" }), totals.fail + totals.unknown > 0) {
                            p.more { "All of them: " (parts::command(&query)) }
                        }
                    }
                }
            }
            td { (parts::severity(input.controls.severity(&result.control_id))) }
            td.n { @if totals.fail > 0 { b { (number(totals.fail)) } } @else { "0" } }
            td.n { (number(accounts)) }
            td.n { (number(totals.unknown)) }
            td.n { (number(totals.excepted)) }
            td.n { (number(totals.pass)) }
            td.n { (number(totals.not_applicable)) }
        }
    }
}

pub(super) fn section(input: &ReportInput) -> Markup {
    let mut results: Vec<(&ControlResult, standfast_model::AccountCounts)> = input
        .assessment
        .controls
        .iter()
        .map(|result| (result, result.totals()))
        .collect();
    results.sort_by_key(|(result, totals)| {
        let severity = input.controls.severity(&result.control_id);
        (
            totals.fail == 0,
            totals.fail == 0 && totals.unknown == 0,
            severity,
            Reverse(totals.fail),
            &result.control_id,
        )
    });
    let failing = results.iter().filter(|(_, totals)| totals.fail > 0).count() as u64;
    html! {
        section #controls aria-labelledby="controls-title" {
            h2 #controls-title { "Controls" }
            p.lead {
                (number(failing)) " of " (count(results.len() as u64, "control"))
                " fail somewhere. Open a row for why it matters, what to do, and examples."
            }
            div #filter.filter hidden {
                label { "Find " input #filter-text type="search" placeholder="control, title or resource"; }
                label {
                    "Domain "
                    select #filter-domain {
                        option value="" { "all" }
                        @for domain in Domain::ALL {
                            option value=(domain) { (domain.title()) }
                        }
                    }
                }
                label {
                    "State "
                    select #filter-state {
                        option value="" { "all" }
                        option value="open" { "fails" }
                        option value="dark" { "not known" }
                        option value="met" { "passes" }
                    }
                }
                output #filter-count {}
            }
            div.scroll tabindex="0" role="region" aria-label="Controls and what they found" {
                table.plain.controls {
                    thead {
                        tr {
                            th scope="col" { "Control" }
                            th scope="col" { "Severity" }
                            th.n scope="col" { "Fail" }
                            th.n scope="col" { "in accounts" }
                            th.n scope="col" { "Not known" }
                            th.n scope="col" { "Excepted" }
                            th.n scope="col" { "Pass" }
                            th.n scope="col" { "Not applicable" }
                        }
                    }
                    tbody { @for (result, _) in &results { (row(input, result)) } }
                }
            }
        }
    }
}
