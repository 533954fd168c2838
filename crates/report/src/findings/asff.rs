//! AWS Security Finding Format 2018-10-08: a list whose elements `BatchImportFindings` takes.
//!
//! `Compliance.Status` is PASSED, FAILED, WARNING for what could not be read, NOT_AVAILABLE for what is not applicable;
//! a failure under an exception is FAILED with workflow SUPPRESSED.

use std::io::Write;

use serde_json::{Value, json};
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
fn text(value: &str, most: usize) -> String {
    if value.trim().is_empty() {
        "–".to_owned()
    } else {
        shortened(value, most).into_owned()
    }
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
            list: JsonList::new(),
        }
    }

    fn element(&self, record: &Record<'_>) -> Value {
        let finding = record.finding;
        let partition = self.context.snapshot.partition.as_str();
        let region = region(&finding.region, partition);
        let account = &finding.account_id;
        let resource = Resource::of(&finding.resource);
        let kind = resource.asff_type();
        let (status, workflow) = match record.verdict {
            Verdict::Pass => ("PASSED", "RESOLVED"),
            Verdict::Fail => ("FAILED", "NEW"),
            Verdict::Excepted => ("FAILED", "SUPPRESSED"),
            Verdict::NotApplicable => ("NOT_AVAILABLE", "RESOLVED"),
            Verdict::Unknown => ("WARNING", "NEW"),
        };
        let mut compliance = json!({
            "Status": status,
            "SecurityControlId": finding.control_id,
            "StatusReasons": [{
                "ReasonCode": record.verdict.as_str().to_ascii_uppercase(),
                "Description": text(&finding.reason, DESCRIPTION),
            }],
        });
        let mut element = json!({
            "SchemaVersion": "2018-10-08",
            "Id": format!("standfast/{}", record.id),
            "ProductArn": format!("arn:{partition}:securityhub:{region}:{account}:product/{account}/default"),
            "ProductName": "standfast",
            "GeneratorId": format!("standfast/{}", finding.control_id),
            "AwsAccountId": account,
            "Region": region,
            "Types": ["Software and Configuration Checks/AWS Security Best Practices"],
            "CreatedAt": self.context.snapshot.taken_at,
            "UpdatedAt": self.context.generated_at,
            "Severity": {"Label": label(record.severity(), record.verdict)},
            "Title": text(record.title(), TITLE),
            "Description": text(&finding.reason, DESCRIPTION),
            "Resources": [{
                "Type": kind,
                "Id": if kind == "AwsAccount" {
                    format!("AWS::::Account:{account}")
                } else {
                    text(&finding.resource, DESCRIPTION)
                },
                "Partition": partition,
                "Region": region,
            }],
            "Workflow": {"Status": workflow},
            "RecordState": "ACTIVE",
            "ProductFields": {
                "standfast/snapshot": self.context.snapshot.run_id,
                "standfast/status": record.verdict.as_str(),
            },
        });
        if let Some(control) = record.control {
            let related: Vec<String> = control
                .frameworks
                .iter()
                .flat_map(|(framework, ids)| ids.iter().map(move |id| format!("{framework}/{id}")))
                .take(32)
                .collect();
            if let (Some(compliance), false) = (compliance.as_object_mut(), related.is_empty()) {
                compliance.insert("RelatedRequirements".to_owned(), json!(related));
            }
            let mut recommendation = json!({"Text": text(&control.fix, REMEDIATION)});
            if let (Some(recommendation), Some(address)) = (recommendation.as_object_mut(), control.refs.first()) {
                recommendation.insert("Url".to_owned(), json!(address));
            }
            insert(&mut element, "Remediation", json!({"Recommendation": recommendation}));
        }
        insert(&mut element, "Compliance", compliance);
        if let Some(acceptance) = record.acceptance() {
            insert(
                &mut element,
                "Note",
                json!({
                    "Text": text(&acceptance, NOTE),
                    "UpdatedBy": record.exception.map_or("standfast", |exception| exception.owner.as_str()),
                    "UpdatedAt": self.context.generated_at,
                }),
            );
        }
        element
    }
}

fn insert(object: &mut Value, name: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

impl Writer for Asff<'_> {
    fn begin(&mut self) -> Result<(), ReportError> {
        self.output.write_all(b"[")?;
        Ok(())
    }

    fn finding(&mut self, record: &Record<'_>) -> Result<(), ReportError> {
        let element = self.element(record);
        self.list.push(self.output, &element)
    }

    fn end(&mut self, _: &AccountCounts) -> Result<(), ReportError> {
        self.output.write_all(b"\n]\n")?;
        Ok(())
    }
}
