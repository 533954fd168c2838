//! What could be read, and what could not.

use std::io::Write;

use standfast_model::{Coverage, LeftOut};
use unicode_width::UnicodeWidthStr;

use super::{Terminal, beside, padded};
use crate::ReportError;
use crate::text::{count, number, percent, printable};

/// Writes the ledger, and what was left out of it.
///
/// # Errors
/// When the text cannot be written.
pub fn coverage(
    coverage: &Coverage,
    left_out: &LeftOut,
    terminal: Terminal,
    output: &mut dyn Write,
) -> Result<(), ReportError> {
    let style = terminal.style;
    let headline = format!(
        "{} read to the end: {} of {} of account, region and service",
        percent(coverage.complete_units, coverage.units),
        number(coverage.complete_units),
        count(coverage.units, "combination")
    );
    write!(output, "{}", beside("", 0, &headline, terminal))?;
    for said in crate::left_out(left_out) {
        write!(output, "{}", beside("", 0, &said, terminal))?;
    }
    if coverage.errors.is_empty() {
        if coverage.complete_units == coverage.units {
            writeln!(output, "no call failed")?;
        }
        return Ok(());
    }
    let head = ["CALLS", "WHY", "OPERATION", "REGION", "ACCOUNT"];
    let rows: Vec<[String; 5]> = coverage
        .errors
        .iter()
        .map(|error| {
            [
                number(error.count),
                printable(&error.class).replace('_', " "),
                printable(&error.operation).into_owned(),
                printable(&error.region).into_owned(),
                printable(&error.account_id).into_owned(),
            ]
        })
        .collect();
    let mut widths = head.map(str::len);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let line = |row: &[String; 5]| {
        let mut text = String::new();
        for (index, (cell, width)) in row.iter().zip(widths).enumerate() {
            if index == 0 {
                // Numbers end in one column.
                text.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width())));
                text.push_str(cell);
            } else {
                text.push_str("  ");
                text.push_str(&padded(cell, width));
            }
        }
        text.truncate(text.trim_end().len());
        text
    };
    writeln!(output, "\n{}", style.dim(&line(&head.map(str::to_owned))))?;
    for row in &rows {
        writeln!(output, "{}", line(row))?;
    }
    if coverage.errors_left_out > 0 {
        writeln!(
            output,
            "and {} more like these: standfast query \"select * from standfast_collection_error\"",
            number(coverage.errors_left_out)
        )?;
    }
    writeln!(
        output,
        "\nwhat these calls would have shown counts as unknown, never as pass"
    )?;
    Ok(())
}
