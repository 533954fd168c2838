//! CSV for spreadsheets.

use std::borrow::Cow;
use std::io::Write;

use standfast_model::AccountCounts;

use super::{Record, Writer};
use crate::ReportError;

const COLUMNS: [&str; 14] = [
    "id",
    "status",
    "severity",
    "control_id",
    "title",
    "domain",
    "account_id",
    "account_name",
    "region",
    "resource",
    "reason",
    "exception",
    "acceptance",
    "fix",
];

/// Disarms what a spreadsheet would take for a formula: an apostrophe before it makes it text.
fn cell(value: &str) -> Cow<'_, str> {
    // A tab or line break before the formula is skipped by some spreadsheets.
    let begins = value.trim_start().chars().next();
    match begins {
        // The last four are full-width forms that some spreadsheets read alike.
        Some('=' | '+' | '-' | '@' | '|' | '%' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}') => {
            Cow::Owned(format!("'{value}"))
        }
        _ if value.starts_with(['\t', '\r', '\n']) => Cow::Owned(format!("'{value}")),
        _ => Cow::Borrowed(value),
    }
}

/// A row a finding, after a row of column names.
pub(super) struct Csv<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
}

impl<'a> Csv<'a> {
    pub(super) fn new(output: &'a mut dyn Write) -> Self {
        Self {
            writer: csv::WriterBuilder::new()
                .terminator(csv::Terminator::CRLF)
                .from_writer(output),
        }
    }
}

impl Writer for Csv<'_> {
    fn begin(&mut self) -> Result<(), ReportError> {
        self.writer.write_record(COLUMNS)?;
        Ok(())
    }

    fn finding(&mut self, record: &Record<'_>) -> Result<(), ReportError> {
        let finding = record.finding;
        let acceptance = record.acceptance().unwrap_or_default();
        let row: [&str; COLUMNS.len()] = [
            &record.id,
            record.verdict.as_str(),
            record.severity().as_str(),
            &finding.control_id,
            record.title(),
            record.control.map_or("", |control| control.domain.as_str()),
            &finding.account_id,
            record.account.map_or("", |account| account.name.as_str()),
            &finding.region,
            &finding.resource,
            &finding.reason,
            finding.exception.as_deref().unwrap_or_default(),
            &acceptance,
            record.control.map_or("", |control| control.fix.as_str()),
        ];
        self.writer
            .write_record(row.map(cell).iter().map(|cell| cell.as_bytes()))?;
        Ok(())
    }

    fn end(&mut self, _: &AccountCounts) -> Result<(), ReportError> {
        self.writer.flush()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn formulas_become_text() {
        for formula in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r\n=1",
            "  =1",
            "|cmd",
            "\u{ff1d}1",
        ] {
            assert_eq!(cell(formula), format!("'{formula}"), "{formula:?}");
        }
        for text in ["", "a=b", "arn:aws:s3:::a-b", "111122223333", "10 of 12"] {
            assert_eq!(cell(text), text);
        }
    }
}
