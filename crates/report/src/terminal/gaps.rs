//! The gap analysis.

use std::io::Write;

use standfast_model::{CriterionState, Gap, Severity};

use super::{Terminal, beside, padded};
use crate::ReportError;
use crate::text::{count, number, printable};

/// Columns of the word before each line.
const LEAD: usize = 15;

/// Writes the gaps, worst first; at most that many if a number is given, and then how many are left.
///
/// # Errors
/// When the text cannot be written.
pub fn gaps(gaps: &[Gap], most: Option<usize>, terminal: Terminal, output: &mut dyn Write) -> Result<(), ReportError> {
    let style = terminal.style;
    if gaps.is_empty() {
        writeln!(output, "no gaps: every criterion is met")?;
        return Ok(());
    }
    let sorted = crate::html::worst_first(gaps);
    let shown = most.unwrap_or(sorted.len()).min(sorted.len());
    for gap in sorted.iter().take(shown) {
        let severity = gap
            .missing
            .iter()
            .map(|missing| missing.severity)
            .min()
            .unwrap_or(Severity::Informational);
        let lead = style.severity(severity, &padded(severity.as_str(), LEAD));
        let title = format!("{}  {}", printable(&gap.criterion), printable(&gap.readiness_state));
        write!(output, "{}", beside(&lead, LEAD, &title, terminal))?;
        let mut line = |word: &str, text: &str| {
            let lead = style.dim(&padded(&format!("  {word}"), LEAD));
            write!(output, "{}", beside(&lead, LEAD, text, terminal))
        };
        if gap.state == CriterionState::NotKnown {
            line("not known", "what would show it could not be read")?;
        }
        for today in &gap.current_state {
            line("today", &printable(today))?;
        }
        for missing in &gap.missing {
            let mut text = printable(&missing.what).into_owned();
            if missing.resources > 0 {
                text.push_str(&format!(
                    " ({} in {})",
                    count(missing.resources, "resource"),
                    count(missing.accounts, "account")
                ));
            }
            text.push_str(&format!(" [{}]", printable(&missing.shown_by)));
            line(missing.aspect.as_str(), &text)?;
        }
        writeln!(output)?;
    }
    let not_known = gaps.iter().filter(|gap| gap.state == CriterionState::NotKnown).count() as u64;
    let mut sum = format!(
        "{}: {} open",
        count(gaps.len() as u64, "gap"),
        number(gaps.len() as u64 - not_known)
    );
    if not_known > 0 {
        sum.push_str(&format!(", {} not known", number(not_known)));
    }
    if shown < gaps.len() {
        sum.push_str(&format!(
            "; {} more: standfast gaps --all",
            number((gaps.len() - shown) as u64)
        ));
    }
    writeln!(output, "{sum}")?;
    Ok(())
}
