//! The HTML report: one file that needs nothing else, for people who were not there.
//!
//! It makes no request: styles and the small script stand in it and are named by their hash in a content security policy
//! that forbids everything else. Without the script everything can still be read; it filters, follows the graph and
//! switches the theme. What grows with the organization is cut to the worst and counted, and the report says how to see
//! the rest.

mod controls;
mod coverage;
mod exceptions;
mod gaps;
mod graph;
mod heat;
mod parts;
mod program;
mod stories;
mod summary;

use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::text::count;
use crate::{ReportError, ReportInput};

pub(crate) use gaps::worst_first;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Sections: anchor and the word in the navigation.
const SECTIONS: [(&str, &str); 8] = [
    ("summary", "Summary"),
    ("accounts", "Accounts"),
    ("gaps", "Worst gaps"),
    ("coverage", "Coverage"),
    ("stories", "Stories"),
    ("program", "Program"),
    ("controls", "Controls"),
    ("exceptions", "Exceptions"),
];

/// Writes the report.
///
/// # Errors
/// When the bytes cannot be written.
pub fn write_html(input: &ReportInput, output: &mut dyn Write) -> Result<(), ReportError> {
    output.write_all(page(input).into_string().as_bytes())?;
    output.flush()?;
    Ok(())
}

fn source_hash(source: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(source)))
}

fn page(input: &ReportInput) -> Markup {
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        source_hash(STYLE),
        source_hash(SCRIPT)
    );
    let organization = parts::value(&input.organization);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "standfast " (parts::value(&input.version)) };
                title { "Security readiness of " (organization) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#summary" { "Skip to the summary" }
                (masthead(input))
                main {
                    (summary::section(input))
                    (heat::section(input))
                    (gaps::section(input))
                    (coverage::section(input))
                    (stories::section(input))
                    (program::section(input))
                    (controls::section(input))
                    (exceptions::section(input))
                }
                (footer(input))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

fn masthead(input: &ReportInput) -> Markup {
    let snapshot = &input.assessment.snapshot;
    html! {
        header.masthead {
            p.maker { "standfast" }
            h1 { "Security readiness of " (parts::value(&input.organization)) }
            p.facts {
                span { "As read on " time datetime=(snapshot.taken_at) { (parts::moment(snapshot.taken_at)) } }
                span { (count(snapshot.accounts.len() as u64, "account")) }
                span { (count(snapshot.regions.len() as u64, "region")) }
                span { (count(input.assessment.controls.len() as u64, "control")) }
                @if snapshot.left_out.is_narrowed() { span { a href="#coverage" { "a narrowed run" } } }
            }
        }
        nav.contents aria-label="Sections" {
            div {
                @for (anchor, word) in SECTIONS {
                    a href={ "#" (anchor) } { (word) }
                }
                button #theme type="button" hidden { "Dark" }
            }
        }
    }
}

fn footer(input: &ReportInput) -> Markup {
    let snapshot = &input.assessment.snapshot;
    html! {
        footer {
            p {
                "Made by standfast " (parts::value(&input.version)) " on " (parts::moment(input.generated_at))
                " from snapshot " code { (parts::value(&snapshot.run_id)) }
                ". This file is complete in itself and makes no request to any network."
            }
        }
    }
}
