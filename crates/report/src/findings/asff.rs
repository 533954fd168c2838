//! AWS Security Finding Format 2018-10-08: a list whose elements `BatchImportFindings` takes.
//!
//! `Compliance.Status` is PASSED, FAILED, WARNING for what could not be read, NOT_AVAILABLE for what is not applicable;
//! a failure under an exception is FAILED with workflow SUPPRESSED.

use std::borrow::Cow;
use std::io::Write;

use jiff::Timestamp;
use serde::Serialize;
use standfast_model::{AccountCounts, Severity};

use super::resource::Resource;
use super::{FindingsContext, JsonList, Record, Writer};
use crate::text::shortened;
use crate::{ReportError, Verdict};

/// Limits of ASFF, in characters.
const TITLE: usize = 256;
const DESCRIPTION: usize = 1024;
const REMEDIATION: usize = 512;
const NOTE: usize = 512;
/// Related requirements that ASFF holds.
const REQUIREMENTS: usize = 32;

const fn label(severity: Severity, verdict: Verdict) -> &'static str {
    match (verdict, severity) {
        // What passes is informational in AWS's own findings too, whatever a failure would be.
        (Verdict::Pass | Verdict::NotApplicable, _) | (_, Severity::Informational) => "INFORMATIONAL",
        (_, Severity::Low) => "LOW",
        (_, Severity::Medium) => "MEDIUM",
        (_, Severity::High) => "HIGH",
        (_, Severity::Critical) => "CRITICAL",
    }
}

/// The region that a finding without one is filed under: where the partition's global services answer.
fn region<'a>(region: &'a str, partition: &str) -> &'a str {
    match (region, partition) {
        ("global" | "", "aws-us-gov") => "us-gov-west-1",
        ("global" | "", "aws-cn") => "cn-north-1",
        ("global" | "", _) => "us-east-1",
        (region, _) => region,
    }
}

/// Text that ASFF takes: not blank, not too long.
fn text(value: &str, most: usize) -> Cow<'_, str> {
    if value.trim().is_empty() {
        Cow::Borrowed("–")
    } else {
        shortened(value, most)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Element<'a> {
    schema_version: &'static str,
    id: String,
    product_arn: String,
    product_name: &'static str,
    generator_id: String,
    aws_account_id: &'a str,
    region: &'a str,
    types: [&'static str; 1],
    created_at: Timestamp,
    updated_at: Timestamp,
    severity: SeverityLabel,
    title: Cow<'a, str>,
    description: Cow<'a, str>,
    resources: [About<'a>; 1],
    compliance: Compliance<'a>,
    workflow: Workflow,
    record_state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    remediation: Option<Remediation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Note<'a>>,
    product_fields: ProductFields<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SeverityLabel {
    label: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct About<'a> {
    #[serde(rename = "Type")]
    kind: &'static str,
    id: Cow<'a, str>,
    partition: &'a str,
    region: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Compliance<'a> {
    status: &'static str,
    security_control_id: Cow<'a, str>,
    status_reasons: [StatusReason<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_requirements: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct StatusReason<'a> {
    reason_code: String,
    description: Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Workflow {
    status: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Remediation<'a> {
    recommendation: Recommendation<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Recommendation<'a> {
    text: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Note<'a> {
    text: String,
    updated_by: Cow<'a, str>,
    updated_at: Timestamp,
}

#[derive(Serialize)]
struct ProductFields<'a> {
    #[serde(rename = "standfast/snapshot")]
    snapshot: &'a str,
    #[serde(rename = "standfast/status")]
    status: &'static str,
}

/// A list, one finding a line.
pub(super) struct Asff<'a> {
    context: &'a FindingsContext<'a>,
    output: &'a mut dyn Write,
    list: JsonList,
}

impl<'a> Asff<'a> {
    pub(super) fn new(context: &'a FindingsContext<'a>, output: &'a mut dyn Write) -> Self {
        Self {
            context,
            output,
            list: JsonList::default(),
        }
    }
}

fn element<'a>(context: &'a FindingsContext<'_>, record: &'a Record<'_>) -> Element<'a> {
    let finding = record.finding;
    let control = record.control;
    let partition = context.snapshot.partition.as_str();
    let region = region(&finding.region, partition);
    let account = finding.account_id.as_str();
    let kind = Resource::of(&finding.resource).asff_type();
    let (status, workflow) = match record.verdict {
        Verdict::Pass => ("PASSED", "RESOLVED"),
        Verdict::Fail => ("FAILED", "NEW"),
        Verdict::Excepted => ("FAILED", "SUPPRESSED"),
        Verdict::NotApplicable => ("NOT_AVAILABLE", "RESOLVED"),
        Verdict::Unknown => ("WARNING", "NEW"),
    };
    Element {
        schema_version: "2018-10-08",
        id: format!("standfast/{}", record.id),
        product_arn: format!("arn:{partition}:securityhub:{region}:{account}:product/{account}/default"),
        product_name: "standfast",
        generator_id: format!("standfast/{}", finding.control_id),
        aws_account_id: account,
        region,
        types: ["Software and Configuration Checks/AWS Security Best Practices"],
        created_at: context.snapshot.taken_at,
        updated_at: context.generated_at,
        severity: SeverityLabel {
            label: label(record.severity(), record.verdict),
        },
        title: text(record.title(), TITLE),
        description: text(&finding.reason, DESCRIPTION),
        resources: [About {
            kind,
            id: if kind == "AwsAccount" {
                format!("AWS::::Account:{account}").into()
            } else {
                text(&finding.resource, DESCRIPTION)
            },
            partition,
            region,
        }],
        compliance: Compliance {
            status,
            security_control_id: text(&finding.control_id, TITLE),
            status_reasons: [StatusReason {
                reason_code: record.verdict.as_str().to_ascii_uppercase(),
                description: text(&finding.reason, DESCRIPTION),
            }],
            related_requirements: control
                .iter()
                .flat_map(|control| &control.frameworks)
                .flat_map(|(framework, ids)| ids.iter().map(move |id| format!("{framework}/{id}")))
                .take(REQUIREMENTS)
                .collect(),
        },
        workflow: Workflow { status: workflow },
        record_state: "ACTIVE",
        remediation: control.map(|control| Remediation {
            recommendation: Recommendation {
                text: text(&control.fix, REMEDIATION),
                url: control.refs.first().map(String::as_str),
            },
        }),
        note: record.acceptance().map(|acceptance| Note {
            text: text(&acceptance, NOTE).into_owned(),
            updated_by: record
                .exception
                .map_or(Cow::Borrowed("standfast"), |exception| text(&exception.owner, NOTE)),
            updated_at: context.generated_at,
        }),
        product_fields: ProductFields {
            snapshot: &context.snapshot.run_id,
            status: record.verdict.as_str(),
        },
    }
}

impl Writer for Asff<'_> {
    fn begin(&mut self) -> Result<(), ReportError> {
        self.output.write_all(b"[")?;
        Ok(())
    }

    fn finding(&mut self, record: &Record<'_>) -> Result<(), ReportError> {
        self.list.push(self.output, &element(self.context, record))
    }

    fn end(&mut self, _: &AccountCounts) -> Result<(), ReportError> {
        self.output.write_all(b"\n]\n")?;
        Ok(())
    }
}
