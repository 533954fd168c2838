//! Failures that somebody accepted.

use maud::{Markup, html};

use super::parts;
use crate::ReportInput;
use crate::text::{count, number};

/// Exceptions that are listed.
const SHOWN: usize = 200;

pub(super) fn section(input: &ReportInput) -> Markup {
    let mut exceptions: Vec<_> = input.exceptions.iter().collect();
    exceptions.sort_by_key(|exception| (!exception.expired, exception.last_day, &exception.id));
    let expired = exceptions.iter().filter(|exception| exception.expired).count() as u64;
    html! {
        section #exceptions aria-labelledby="exceptions-title" {
            h2 #exceptions-title { "Exceptions" }
            @if exceptions.is_empty() {
                p.lead { "There are none: every failure in this report is open." }
            } @else {
                p.lead {
                    "Failures that somebody accepted for a while. They are not counted as open, and not as met."
                    @if expired > 0 {
                        " " (count(expired, "exception"))
                        @if expired == 1 { " has expired: what it covered is open again." }
                        @else { " have expired: what they covered is open again." }
                    }
                }
                div.scroll tabindex="0" role="region" aria-label="Exceptions" {
                    table.plain {
                        thead {
                            tr {
                                th scope="col" { "Control" }
                                th scope="col" { "Scope" }
                                th scope="col" { "Owner and reason" }
                                th scope="col" { "Last day" }
                                th.n scope="col" { "Covers" }
                            }
                        }
                        tbody {
                            @for exception in exceptions.iter().take(SHOWN) {
                                tr {
                                    td { (parts::value(input.controls.title(&exception.control))) br; code { (parts::value(&exception.control)) } }
                                    td { (parts::value(&exception.scope)) }
                                    td { b { (parts::value(&exception.owner)) } br; (parts::value(&exception.reason)) }
                                    td.date {
                                        (parts::day(exception.last_day))
                                        @if exception.expired { br; b.expired { "▲ expired" } }
                                    }
                                    td.n { (number(exception.findings)) }
                                }
                            }
                        }
                    }
                }
                @if exceptions.len() > SHOWN {
                    p.more { "And " (number((exceptions.len() - SHOWN) as u64)) " more in exceptions.toml." }
                }
            }
        }
    }
}
