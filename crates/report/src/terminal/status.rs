//! The readiness board.

use std::io::Write;

use standfast_model::CriterionState;
use unicode_width::UnicodeWidthStr;

use super::{Style, Terminal, beside, padded};
use crate::text::{count, number, printable, shortened};
use crate::view::{CriterionCounts, told};
use crate::{BoardView, CriterionView, DomainView, ReportError};

/// How far down the board is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// A line for each domain.
    Domains,
    /// And one for each subtask.
    Subtasks,
    /// And every criterion with its evidence.
    Criteria,
}

/// Cells of a domain's bar.
const BAR: u64 = 24;

const fn mark(state: CriterionState) -> &'static str {
    match state {
        CriterionState::Met => "■",
        CriterionState::Open => "□",
        CriterionState::NotKnown => "?",
    }
}

const fn word(state: CriterionState) -> &'static str {
    match state {
        CriterionState::Met => "met",
        CriterionState::Open => "open",
        CriterionState::NotKnown => "not known",
    }
}

fn painted(style: Style, state: CriterionState, text: &str) -> String {
    match state {
        CriterionState::Met => style.met(text),
        CriterionState::Open => style.open(text),
        CriterionState::NotKnown => style.dim(text),
    }
}

fn bar(counts: CriterionCounts, style: Style) -> String {
    let cells = |part: u64| {
        let cells = (part * BAR).checked_div(counts.total()).unwrap_or(0);
        cells.max(u64::from(part > 0))
    };
    let met = cells(counts.met).min(BAR);
    let unknown = cells(counts.not_known).min(BAR - met);
    let open = BAR - met - unknown;
    let run = |mark: &str, cells: u64| mark.repeat(usize::try_from(cells).unwrap_or(0));
    format!(
        "{}{}{}",
        style.met(&run("█", met)),
        style.dim(&run("▒", unknown)),
        style.open(&run("░", open))
    )
}

fn sums(counts: CriterionCounts) -> String {
    let mut text = format!("{} of {} met", number(counts.met), number(counts.total()));
    if counts.not_known > 0 {
        text.push_str(&format!(", {} not known", number(counts.not_known)));
    }
    text
}

fn marks(criteria: &[CriterionView], style: Style) -> String {
    criteria
        .iter()
        .map(|criterion| painted(style, criterion.state, mark(criterion.state)))
        .collect()
}

fn criterion(one: &CriterionView, terminal: Terminal) -> String {
    let style = terminal.style;
    let lead = 6 + 2 + 8;
    let head = format!(
        "      {} {}",
        painted(style, one.state, mark(one.state)),
        padded(&printable(&one.id), 8)
    );
    let mut text = beside(&head, lead, &printable(&one.text), terminal);
    let indent = " ".repeat(lead);
    if one.evidence.is_empty() && one.parts.is_empty() && one.needs.is_empty() {
        text.push_str(&format!("{indent}{}\n", style.dim("no evidence")));
    }
    for (piece, others) in one.deciding() {
        let (by, said) = told(piece, others);
        let by = if by.is_empty() { by } else { format!(" by {by}") };
        let said = format!("{}{}: {}", word(piece.state), printable(&by), printable(&said));
        text.push_str(&beside(&indent, lead, &said, terminal));
    }
    if !one.needs.is_empty() {
        let said = format!("still needed: {}", printable(&one.needs.join(", ")));
        text.push_str(&beside(&indent, lead, &said, terminal));
    }
    for part in &one.parts {
        text.push_str(&criterion(part, terminal));
    }
    text
}

/// The rows of a domain: id, title, criteria. The task as a whole comes first.
fn rows(domain: &DomainView) -> Vec<(String, String, &[CriterionView])> {
    let whole = (!domain.criteria.is_empty()).then(|| {
        (
            domain.domain.task().to_string(),
            "The task as a whole".to_owned(),
            domain.criteria.as_slice(),
        )
    });
    whole
        .into_iter()
        .chain(domain.subtasks.iter().map(|subtask| {
            (
                printable(&subtask.id).into_owned(),
                printable(&subtask.title).into_owned(),
                subtask.criteria.as_slice(),
            )
        }))
        .collect()
}

fn subtasks(domain: &DomainView, detail: Detail, terminal: Terminal) -> String {
    let style = terminal.style;
    let rows = rows(domain);
    let most = rows
        .iter()
        .map(|(_, _, criteria)| criteria.len())
        .max()
        .unwrap_or(0)
        .min(24);
    let room = terminal.columns().saturating_sub(2 + 6 + 2 + most + 2 + 5).max(20);
    let titles = rows
        .iter()
        .map(|(_, title, _)| title.width())
        .max()
        .unwrap_or(0)
        .min(room);
    let mut text = format!(
        "\n{} {}\n",
        style.strong(&domain.domain.task().to_string()),
        style.strong(domain.domain.title())
    );
    for (id, title, criteria) in rows {
        let counts = CriterionCounts::of(criteria);
        let marks = if criteria.len() > most {
            " ".repeat(most)
        } else {
            let blanks = " ".repeat(most - criteria.len());
            format!("{}{blanks}", marks(criteria, style))
        };
        text.push_str(&format!(
            "  {}{}  {marks}  {:>5}\n",
            style.dim(&padded(&id, 6)),
            padded(&shortened(&title, room), titles),
            format!("{}/{}", counts.met, counts.total()),
        ));
        if detail >= Detail::Criteria {
            for one in criteria {
                text.push_str(&criterion(one, terminal));
            }
        }
    }
    text
}

/// Writes the board.
///
/// # Errors
/// When the text cannot be written.
pub fn status(
    board: &BoardView,
    detail: Detail,
    terminal: Terminal,
    output: &mut dyn Write,
) -> Result<(), ReportError> {
    let style = terminal.style;
    let counts = board.counts();
    let mut headline = format!(
        "{} of {} met, {} open",
        number(counts.met),
        count(counts.total(), "criterion"),
        number(counts.open)
    );
    if counts.not_known > 0 {
        headline.push_str(&format!(", {} not known (could not be read)", number(counts.not_known)));
    }
    writeln!(output, "{}", beside("", 0, &headline, terminal).trim_end())?;
    for said in crate::left_out(&board.left_out) {
        write!(output, "{}", beside("", 0, &said, terminal))?;
    }
    writeln!(output)?;
    let widest = board
        .domains
        .iter()
        .map(|domain| domain.domain.title().width())
        .max()
        .unwrap_or(0);
    for domain in &board.domains {
        let counts = domain.counts();
        writeln!(
            output,
            "{} {}  {} {:>4}  {}",
            domain.domain.task(),
            style.strong(&padded(domain.domain.title(), widest)),
            bar(counts, style),
            format!("{}%", counts.percent_met()),
            style.dim(&sums(counts)),
        )?;
    }
    if detail >= Detail::Subtasks {
        for domain in &board.domains {
            output.write_all(subtasks(domain, detail, terminal).as_bytes())?;
        }
    }
    if !board.domains.is_empty() {
        writeln!(
            output,
            "\n{} met  {} open  {} not known",
            style.met("■"),
            style.open("□"),
            style.dim("?")
        )?;
    }
    Ok(())
}
