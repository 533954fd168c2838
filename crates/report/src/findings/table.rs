//! Aligned columns for people.

use std::io::Write;

use standfast_model::AccountCounts;
use unicode_width::UnicodeWidthStr;

use super::{FindingsContext, Record, Writer};
use crate::text::{count, printable};
use crate::{ReportError, Verdict};

/// Rows that are looked at before the first is written, to find the widths of columns.
const MEASURED: usize = 1_000;
/// The widest a resource may make its column; longer ones push their reason to the right.
const WIDEST_RESOURCE: usize = 72;

const HEAD: [&str; 7] = [
    "STATUS", "SEVERITY", "CONTROL", "ACCOUNT", "REGION", "RESOURCE", "REASON",
];

type Row = [String; 7];

/// Columns wide enough for the first rows and for every control; never cuts a value.
pub(super) struct Table<'a> {
    output: &'a mut dyn Write,
    widths: [usize; 6],
    waiting: Vec<Row>,
    measured: bool,
}

impl<'a> Table<'a> {
    pub(super) fn new(_: &FindingsContext<'_>, output: &'a mut dyn Write) -> Self {
        Self {
            output,
            widths: [0; 6],
            waiting: Vec::new(),
            measured: false,
        }
    }

    fn measure_and_write(&mut self) -> Result<(), ReportError> {
        self.measured = true;
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let head = HEAD.map(str::to_owned);
        for row in std::iter::once(&head).chain(&waiting) {
            for (width, cell) in self.widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        if let Some(resource) = self.widths.last_mut() {
            *resource = (*resource).min(WIDEST_RESOURCE);
        }
        self.write_row(&head)?;
        for row in &waiting {
            self.write_row(row)?;
        }
        Ok(())
    }

    fn write_row(&mut self, row: &Row) -> Result<(), ReportError> {
        let mut line = String::new();
        for (index, cell) in row.iter().enumerate() {
            line.push_str(cell);
            if let Some(width) = self.widths.get(index) {
                line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
            }
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        self.output.write_all(line.as_bytes())?;
        Ok(())
    }
}

impl Writer for Table<'_> {
    fn finding(&mut self, record: &Record<'_>) -> Result<(), ReportError> {
        let finding = record.finding;
        let mut reason = printable(&finding.reason).into_owned();
        if let Some(acceptance) = record.acceptance() {
            reason.push_str(" (");
            reason.push_str(&printable(&acceptance));
            reason.push(')');
        }
        let row = [
            match record.verdict {
                Verdict::NotApplicable => "not applicable",
                verdict => verdict.as_str(),
            }
            .to_owned(),
            record.severity().as_str().to_owned(),
            printable(&finding.control_id).into_owned(),
            printable(&finding.account_id).into_owned(),
            printable(&finding.region).into_owned(),
            printable(&finding.resource).into_owned(),
            reason,
        ];
        if self.measured {
            return self.write_row(&row);
        }
        self.waiting.push(row);
        if self.waiting.len() >= MEASURED {
            self.measure_and_write()?;
        }
        Ok(())
    }

    fn end(&mut self, totals: &AccountCounts) -> Result<(), ReportError> {
        if !self.measured {
            self.measure_and_write()?;
        }
        if totals.total() == 0 {
            writeln!(self.output, "no findings")?;
            return Ok(());
        }
        let mut parts = vec![format!("{} fail", crate::text::number(totals.fail))];
        for (value, word) in [
            (totals.unknown, "unknown"),
            (totals.excepted, "excepted"),
            (totals.pass, "pass"),
            (totals.not_applicable, "not applicable"),
        ] {
            if value > 0 {
                parts.push(format!("{} {word}", crate::text::number(value)));
            }
        }
        writeln!(
            self.output,
            "\n{}: {}",
            count(totals.total(), "finding"),
            parts.join(", ")
        )?;
        Ok(())
    }
}
