//! Findings in every format, one at a time.

mod asff;
mod csv;
mod junit;
mod native;
mod ocsf;
mod resource;
mod sarif;
mod table;

use std::io::Write;

use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};
use standfast_model::{Account, AccountCounts, Finding, FindingStatus, Severity, SnapshotSummary, UnknownWord};

use crate::{ControlInfo, Controls, ExceptionView, ReportError};

/// The formats in which findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns for people.
    Table,
    /// One object: `version`, `generated_at`, `snapshot`, `findings`.
    Json,
    /// The same findings, one object a line.
    Ndjson,
    /// RFC 4180, with what a spreadsheet would take for a formula disarmed.
    Csv,
    /// JUnit XML: a control is a suite, a resource is a case.
    Junit,
    /// SARIF 2.1.0.
    Sarif,
    /// OCSF 1.6, class 2003 (Compliance Finding), one event a line.
    Ocsf,
    /// AWS Security Finding Format 2018-10-08, a list for `BatchImportFindings`.
    Asff,
}

impl Format {
    /// Every format, in the order in which help texts name them.
    pub const ALL: [Self; 8] = [
        Self::Table,
        Self::Json,
        Self::Ndjson,
        Self::Csv,
        Self::Junit,
        Self::Sarif,
        Self::Ocsf,
        Self::Asff,
    ];

    /// The word that stands for the format in `--format`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Junit => "junit",
            Self::Sarif => "sarif",
            Self::Ocsf => "ocsf",
            Self::Asff => "asff",
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl std::str::FromStr for Format {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|format| format.as_str() == word)
            .ok_or_else(|| UnknownWord {
                noun: "format",
                found: word.to_owned(),
                expected: Self::ALL.map(Self::as_str).join(", "),
            })
    }
}

/// What all findings of a run have in common.
#[derive(Debug, Clone, Copy)]
pub struct FindingsContext<'a> {
    /// When the findings are written.
    pub generated_at: Timestamp,
    /// Version of this program.
    pub version: &'a str,
    /// Where the facts come from.
    pub snapshot: &'a SnapshotSummary,
    /// Metadata of the controls.
    pub controls: &'a Controls,
    /// The exceptions that findings refer to.
    pub exceptions: &'a [ExceptionView],
}

impl FindingsContext<'_> {
    fn account(&self, id: &str) -> Option<&Account> {
        let accounts = &self.snapshot.accounts;
        accounts
            .binary_search_by(|account| account.id.as_str().cmp(id))
            .ok()
            .and_then(|index| accounts.get(index))
    }
}

/// A finding's status with the exception taken into account: what every format has to tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The secure state was seen.
    Pass,
    /// It was seen to be missing.
    Fail,
    /// It is missing, and somebody accepted that.
    Excepted,
    /// The control asks nothing of the resource.
    NotApplicable,
    /// It could not be read.
    Unknown,
}

impl Verdict {
    /// The verdict of a finding.
    pub const fn of(finding: &Finding) -> Self {
        match (finding.status, finding.exception.is_some()) {
            (FindingStatus::Pass, _) => Self::Pass,
            (FindingStatus::Fail, false) => Self::Fail,
            (FindingStatus::Fail, true) => Self::Excepted,
            (FindingStatus::NotApplicable, _) => Self::NotApplicable,
            (FindingStatus::Unknown, _) => Self::Unknown,
        }
    }

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Excepted => "excepted",
            Self::NotApplicable => "not_applicable",
            Self::Unknown => "unknown",
        }
    }
}

/// The id of a finding, the same in every format and every run: SHA-256 over control, account, region and resource.
pub fn finding_id(finding: &Finding) -> String {
    let mut hash = Sha256::new();
    for part in [
        "standfast finding 1",
        &finding.control_id,
        &finding.account_id,
        &finding.region,
        &finding.resource,
    ] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    format!("{:x}", hash.finalize())
}

/// A finding with what is known of its control and exception.
struct Record<'a> {
    id: String,
    verdict: Verdict,
    finding: &'a Finding,
    control: Option<&'a ControlInfo>,
    exception: Option<&'a ExceptionView>,
    account: Option<&'a Account>,
}

impl<'a> Record<'a> {
    fn new(context: &'a FindingsContext<'_>, finding: &'a Finding) -> Self {
        Self {
            id: finding_id(finding),
            verdict: Verdict::of(finding),
            finding,
            control: context.controls.get(&finding.control_id),
            exception: finding
                .exception
                .as_ref()
                .and_then(|id| context.exceptions.iter().find(|exception| &exception.id == id)),
            account: context.account(&finding.account_id),
        }
    }

    fn title(&self) -> &'a str {
        self.control
            .map_or(self.finding.control_id.as_str(), |control| control.title.as_str())
    }

    fn severity(&self) -> Severity {
        self.control.map_or(Severity::Medium, |control| control.severity)
    }

    /// Why the failure is accepted, in a line; none if it is not.
    fn acceptance(&self) -> Option<String> {
        let id = self.finding.exception.as_ref()?;
        if self.verdict != Verdict::Excepted {
            return None;
        }
        Some(match self.exception {
            Some(exception) => format!(
                "exception {id} of {} until {}: {}",
                exception.owner, exception.last_day, exception.reason
            ),
            None => format!("exception {id}"),
        })
    }
}

/// One format. The writer is asked to begin, gets every finding, and is asked to end.
trait Writer {
    fn begin(&mut self) -> Result<(), ReportError> {
        Ok(())
    }
    fn finding(&mut self, record: &Record<'_>) -> Result<(), ReportError>;
    fn end(&mut self, totals: &AccountCounts) -> Result<(), ReportError>;
}

/// Writes findings as they come, in the order in which they come, and says how many there were of each kind. Needs the
/// memory of one finding (of some thousands for [`Format::Junit`] and [`Format::Table`], which must count and measure).
///
/// # Errors
/// When the findings cannot be read to their end or the bytes cannot be written. What was written until then is not a
/// complete document.
pub fn write_findings<E>(
    format: Format,
    context: &FindingsContext<'_>,
    findings: impl IntoIterator<Item = Result<Finding, E>>,
    output: &mut dyn Write,
) -> Result<AccountCounts, ReportError>
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut writer: Box<dyn Writer + '_> = match format {
        Format::Table => Box::new(table::Table::new(context, output)),
        Format::Json => Box::new(native::Json::new(context, output)),
        Format::Ndjson => Box::new(native::Ndjson::new(output)),
        Format::Csv => Box::new(csv::Csv::new(output)),
        Format::Junit => Box::new(junit::Junit::new(context, output)),
        Format::Sarif => Box::new(sarif::Sarif::new(context, output)),
        Format::Ocsf => Box::new(ocsf::Ocsf::new(context, output)),
        Format::Asff => Box::new(asff::Asff::new(context, output)),
    };
    let mut totals = AccountCounts::default();
    writer.begin()?;
    for finding in findings {
        let finding = finding.map_err(|error| ReportError::Findings(error.into()))?;
        totals.add(finding.status, finding.exception.is_some());
        writer.finding(&Record::new(context, &finding))?;
    }
    writer.end(&totals)?;
    drop(writer);
    output.flush()?;
    Ok(totals)
}

/// Writes values as JSON, one a line. Each is put together in a buffer first: a serializer writes in small pieces.
#[derive(Default)]
struct JsonLines {
    buffer: Vec<u8>,
}

impl JsonLines {
    fn push<T: Serialize>(&mut self, output: &mut dyn Write, value: &T) -> Result<(), ReportError> {
        self.buffer.clear();
        serde_json::to_writer(&mut self.buffer, value)?;
        self.buffer.push(b'\n');
        output.write_all(&self.buffer)?;
        Ok(())
    }
}

/// Writes the elements of a JSON list, one a line.
#[derive(Default)]
struct JsonList {
    started: bool,
    buffer: Vec<u8>,
}

impl JsonList {
    fn push<T: Serialize>(&mut self, output: &mut dyn Write, element: &T) -> Result<(), ReportError> {
        self.buffer.clear();
        self.buffer.extend_from_slice(if self.started { b",\n" } else { b"\n" });
        self.started = true;
        serde_json::to_writer(&mut self.buffer, element)?;
        output.write_all(&self.buffer)?;
        Ok(())
    }
}
