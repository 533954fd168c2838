//! Accounts by domains: where the failures are.

use std::collections::BTreeMap;

use maud::{Markup, html};
use standfast_model::{Account, AccountCounts, Domain};

use super::parts;
use crate::text::{count, number, percent};
use crate::{Controls, ReportInput};

/// Accounts that get a row of their own.
const ROWS: usize = 60;

/// What one domain's controls found.
#[derive(Debug, Clone, Default)]
struct Cell {
    counts: AccountCounts,
    /// Open failures, each with the weight of its severity.
    failing_weight: u64,
    /// All findings that were decided, weighted alike.
    decided_weight: u64,
}

impl Cell {
    fn add(&mut self, counts: &AccountCounts, weight: u64) {
        self.counts.merge(counts);
        self.failing_weight += weight * counts.fail;
        self.decided_weight += weight * (counts.pass + counts.fail + counts.excepted);
    }

    fn merge(&mut self, other: &Self) {
        self.counts.merge(&other.counts);
        self.failing_weight += other.failing_weight;
        self.decided_weight += other.decided_weight;
    }

    /// 0 for no failure, then five steps of the weighted share that fails.
    fn step(&self) -> u8 {
        let share = (self.failing_weight * 100).checked_div(self.decided_weight);
        match share {
            _ if self.failing_weight == 0 => 0,
            None | Some(0..5) => 1,
            Some(5..15) => 2,
            Some(15..30) => 3,
            Some(30..50) => 4,
            Some(_) => 5,
        }
    }
}

/// A row: an account, or many.
#[derive(Debug, Clone, Default)]
struct Row {
    cells: BTreeMap<Domain, Cell>,
    critical: u64,
}

impl Row {
    fn weight(&self) -> u64 {
        self.cells.values().map(|cell| cell.failing_weight).sum()
    }

    fn merge(&mut self, other: &Self) {
        for (domain, cell) in &other.cells {
            self.cells.entry(*domain).or_default().merge(cell);
        }
        self.critical += other.critical;
    }

    fn render(&self) -> Markup {
        html! {
            @for domain in Domain::ALL {
                (cell(self.cells.get(domain).unwrap_or(&Cell::default()), *domain))
            }
            td.n { @if self.critical > 0 { b { "◆ " (number(self.critical)) } } @else { span.detail { "0" } } }
        }
    }
}

fn cell(cell: &Cell, domain: Domain) -> Markup {
    let counts = &cell.counts;
    let decided = counts.pass + counts.fail + counts.excepted;
    let said = format!(
        "{}: {} of {} checks fail ({}), {} not known, {} excepted",
        domain.title(),
        number(counts.fail),
        number(decided),
        percent(counts.fail, decided),
        number(counts.unknown),
        number(counts.excepted)
    );
    let class = match (counts.total(), decided) {
        (0, _) => "heat none".to_owned(),
        (_, 0) if counts.unknown > 0 => "heat dark".to_owned(),
        _ => format!("heat h{}", cell.step()),
    };
    html! {
        td class=(class) title=(said) {
            @if counts.total() == 0 {
                span aria-label="no checks" { "–" }
            } @else if decided == 0 && counts.unknown > 0 {
                span aria-label="not known" { "?" }
            } @else {
                (number(counts.fail))
                @if counts.unknown > 0 {
                    small { "+" (number(counts.unknown)) "?" }
                }
            }
        }
    }
}

fn rows<'a>(input: &'a ReportInput, controls: &Controls) -> Vec<(&'a Account, Row)> {
    let mut by_id: BTreeMap<&str, Row> = BTreeMap::new();
    for result in &input.assessment.controls {
        let Some(control) = controls.get(&result.control_id) else {
            continue;
        };
        for (account, counts) in &result.accounts {
            let row = by_id.entry(account).or_default();
            row.cells
                .entry(control.domain)
                .or_default()
                .add(counts, control.severity.weight());
            if control.severity == standfast_model::Severity::Critical {
                row.critical += counts.fail;
            }
        }
    }
    let mut rows: Vec<(&Account, Row)> = input
        .assessment
        .snapshot
        .accounts
        .iter()
        .map(|account| (account, by_id.remove(account.id.as_str()).unwrap_or_default()))
        .collect();
    rows.sort_by(|(left, left_row), (right, right_row)| {
        (right_row.weight(), &left.id).cmp(&(left_row.weight(), &right.id))
    });
    rows
}

/// How few accounts hold half of the weight.
fn concentration(rows: &[(&Account, Row)]) -> Option<String> {
    let all: u64 = rows.iter().map(|(_, row)| row.weight()).sum();
    let mut so_far = 0;
    let few = 1 + rows.iter().position(|(_, row)| {
        so_far += row.weight();
        so_far * 2 >= all
    })?;
    (all > 0 && few * 3 <= rows.len()).then(|| {
        format!(
            " Half of the weight lies in {} of {}.",
            number(few as u64),
            count(rows.len() as u64, "account")
        )
    })
}

fn head(first: &str) -> Markup {
    html! {
        thead {
            tr {
                th scope="col" { (first) }
                @for domain in Domain::ALL {
                    th.n scope="col" { (domain.title()) }
                }
                th.n scope="col" { "Critical" }
            }
        }
    }
}

pub(super) fn section(input: &ReportInput) -> Markup {
    let rows = rows(input, &input.controls);
    let (shown, rest) = rows.split_at(rows.len().min(ROWS));
    let mut units: BTreeMap<&str, (u64, Row)> = BTreeMap::new();
    for (account, row) in rest {
        let unit = units.entry(account.organizational_unit.as_str()).or_default();
        unit.0 += 1;
        unit.1.merge(row);
    }
    let mut units: Vec<_> = units.into_iter().collect();
    units.sort_by(|(left, (_, left_row)), (right, (_, right_row))| {
        (right_row.weight(), left).cmp(&(left_row.weight(), right))
    });
    html! {
        section #accounts aria-labelledby="accounts-title" {
            h2 #accounts-title { "Accounts" }
            p.lead {
                @if rest.is_empty() {
                    "Open failures in each account and domain, the heaviest first."
                } @else {
                    "Open failures in the " (number(shown.len() as u64)) " heaviest of "
                    (number(rows.len() as u64)) " accounts; the others are added up by organizational unit below."
                }
                " A number counts failures; the shade is the share of checks that fail, weighted by severity."
                @if let Some(few) = concentration(&rows) { (few) }
            }
            p.key.heat-key {
                span { i.square.h0 {} "none" }
                span { i.square.h1 {} "under 5%" }
                span { i.square.h2 {} "5–15%" }
                span { i.square.h3 {} "15–30%" }
                span { i.square.h4 {} "30–50%" }
                span { i.square.h5 {} "over 50%" }
                span { i.square.dark {} "not known" }
                span { b { "+3?" } " three more could not be read" }
            }
            div.scroll tabindex="0" role="region" aria-label="Accounts by domain" {
                table.matrix {
                    (head("Account"))
                    tbody {
                        @for (account, row) in shown {
                            tr {
                                th scope="row" {
                                    span.name { (parts::value(&account.name)) }
                                    span.detail {
                                        code { (parts::value(&account.id)) }
                                        @if account.is_management { " management account" }
                                        @else if !account.organizational_unit.is_empty() {
                                            " " (parts::value(&account.organizational_unit))
                                        }
                                    }
                                }
                                (row.render())
                            }
                        }
                    }
                }
            }
            @if !units.is_empty() {
                h3 { "The other " (count(rest.len() as u64, "account")) ", by organizational unit" }
                div.scroll tabindex="0" role="region" aria-label="Organizational units by domain" {
                    table.matrix {
                        (head("Organizational unit"))
                        tbody {
                            @for (unit, (accounts, row)) in units.iter().take(ROWS) {
                                tr {
                                    th scope="row" {
                                        span.name { @if unit.is_empty() { "no organizational unit" } @else { (parts::value(unit)) } }
                                        span.detail { (count(*accounts, "account")) }
                                    }
                                    (row.render())
                                }
                            }
                        }
                    }
                }
                @if units.len() > ROWS {
                    p.more { "And " (count((units.len() - ROWS) as u64, "organizational unit")) " with less." }
                }
                p.more {
                    "All accounts: "
                    (parts::command("standfast query \"select account_id, count(*) from standfast_finding where status = 'fail' group by account_id order by 2 desc\""))
                }
            }
        }
    }
}
