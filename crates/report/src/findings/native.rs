//! JSON and NDJSON: the project's own form.

use std::io::Write;

use serde::Serialize;
use standfast_model::{AccountCounts, Domain, FindingStatus, Severity};

use super::{FindingsContext, JsonLines, JsonList, Record, Writer};
use crate::ReportError;

/// Version of the JSON form; raised when a member changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    control_id: &'a str,
    title: &'a str,
    severity: Severity,
    domain: Option<Domain>,
    account_id: &'a str,
    account_name: Option<&'a str>,
    region: &'a str,
    resource: &'a str,
    status: FindingStatus,
    excepted: bool,
    exception: Option<&'a str>,
    reason: &'a str,
    fix: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn of(record: &'a Record<'_>) -> Self {
        let finding = record.finding;
        Self {
            id: &record.id,
            control_id: &finding.control_id,
            title: record.title(),
            severity: record.severity(),
            domain: record.control.map(|control| control.domain),
            account_id: &finding.account_id,
            account_name: record.account.map(|account| account.name.as_str()),
            region: &finding.region,
            resource: &finding.resource,
            status: finding.status,
            excepted: record.verdict == super::Verdict::Excepted,
            exception: finding.exception.as_deref(),
            reason: &finding.reason,
            fix: record.control.map(|control| control.fix.as_str()),
        }
    }
}

/// One object for the whole run.
pub(super) struct Json<'a> {
    context: &'a FindingsContext<'a>,
    output: &'a mut dyn Write,
    list: JsonList,
}

impl<'a> Json<'a> {
    pub(super) fn new(context: &'a FindingsContext<'a>, output: &'a mut dyn Write) -> Self {
        Self {
            context,
            output,
            list: JsonList::default(),
        }
    }
}

impl Writer for Json<'_> {
    fn begin(&mut self) -> Result<(), ReportError> {
        write!(self.output, "{{\"version\":{VERSION},\"generated_at\":")?;
        serde_json::to_writer(&mut *self.output, &self.context.generated_at)?;
        write!(self.output, ",\n\"snapshot\":")?;
        serde_json::to_writer(&mut *self.output, self.context.snapshot)?;
        write!(self.output, ",\n\"findings\":[")?;
        Ok(())
    }

    fn finding(&mut self, record: &Record<'_>) -> Result<(), ReportError> {
        self.list.push(self.output, &Row::of(record))
    }

    fn end(&mut self, _: &AccountCounts) -> Result<(), ReportError> {
        self.output.write_all(b"\n]}\n")?;
        Ok(())
    }
}

/// An object a line.
pub(super) struct Ndjson<'a> {
    output: &'a mut dyn Write,
    lines: JsonLines,
}

impl<'a> Ndjson<'a> {
    pub(super) fn new(output: &'a mut dyn Write) -> Self {
        Self {
            output,
            lines: JsonLines::default(),
        }
    }
}

impl Writer for Ndjson<'_> {
    fn finding(&mut self, record: &Record<'_>) -> Result<(), ReportError> {
        self.lines.push(self.output, &Row::of(record))
    }

    fn end(&mut self, _: &AccountCounts) -> Result<(), ReportError> {
        Ok(())
    }
}
