//! OCSF 1.6, Compliance Finding (class 2003) with the cloud profile; one event a line.
//!
//! `compliance.status_id` tells the verdicts apart: 1 pass, 3 fail, 0 unknown, 99 not applicable. The event's own `status_id`
//! says what is left to do: 1 new, 3 suppressed by an exception, 4 resolved.

use std::borrow::Cow;
use std::io::Write;

use serde::Serialize;
use standfast_model::{AccountCounts, Domain, Severity};

use super::resource::Resource;
use super::{FindingsContext, JsonLines, Record, Writer};
use crate::{ReportError, Verdict};

const fn severity(severity: Severity) -> (u8, &'static str) {
    match severity {
        Severity::Informational => (1, "Informational"),
        Severity::Low => (2, "Low"),
        Severity::Medium => (3, "Medium"),
        Severity::High => (4, "High"),
        Severity::Critical => (5, "Critical"),
    }
}

const fn compliance(verdict: Verdict) -> (u8, &'static str) {
    match verdict {
        Verdict::Pass => (1, "Pass"),
        Verdict::Fail | Verdict::Excepted => (3, "Fail"),
        Verdict::NotApplicable => (99, "Not Applicable"),
        Verdict::Unknown => (0, "Unknown"),
    }
}

const fn state(verdict: Verdict) -> (u8, &'static str) {
    match verdict {
        Verdict::Fail | Verdict::Unknown => (1, "New"),
        Verdict::Excepted => (3, "Suppressed"),
        Verdict::Pass | Verdict::NotApplicable => (4, "Resolved"),
    }
}

#[derive(Serialize)]
struct Event<'a> {
    class_uid: u32,
    class_name: &'static str,
    category_uid: u32,
    category_name: &'static str,
    activity_id: u32,
    activity_name: &'static str,
    type_uid: u32,
    type_name: &'static str,
    /// Milliseconds since 1970, as every time here.
    time: i64,
    severity_id: u8,
    severity: &'static str,
    status_id: u8,
    status: &'static str,
    message: &'a str,
    metadata: Metadata<'a>,
    finding_info: Information<'a>,
    compliance: Compliance<'a>,
    cloud: Cloud<'a>,
    resources: [About<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    remediation: Option<Remediation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unmapped: Option<Unmapped<'a>>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    version: &'static str,
    profiles: [&'static str; 1],
    uid: &'a str,
    correlation_uid: &'a str,
    event_code: &'a str,
    logged_time: i64,
    product: Product<'a>,
}

#[derive(Serialize)]
struct Product<'a> {
    name: &'static str,
    vendor_name: &'static str,
    version: &'a str,
}

#[derive(Serialize)]
struct Information<'a> {
    uid: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    desc: Option<&'a str>,
    created_time: i64,
    types: [&'static str; 1],
}

#[derive(Serialize)]
struct Compliance<'a> {
    control: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    desc: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<Domain>,
    status_id: u8,
    status: &'static str,
    status_code: &'static str,
    status_details: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    standards: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    requirements: Vec<String>,
}

#[derive(Serialize)]
struct Cloud<'a> {
    provider: &'static str,
    #[serde(rename = "cloud_partition")]
    partition: &'a str,
    region: &'a str,
    account: Account<'a>,
}

#[derive(Serialize)]
struct Account<'a> {
    uid: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(rename = "type")]
    kind: &'static str,
    type_id: u8,
}

#[derive(Serialize)]
struct About<'a> {
    uid: &'a str,
    #[serde(rename = "type")]
    kind: String,
    region: &'a str,
    cloud_partition: &'a str,
}

#[derive(Serialize)]
struct Remediation<'a> {
    desc: &'a str,
    references: &'a [String],
}

#[derive(Serialize)]
struct Unmapped<'a> {
    exception: &'a str,
}

/// Events as they come.
pub(super) struct Ocsf<'a> {
    context: &'a FindingsContext<'a>,
    output: &'a mut dyn Write,
    lines: JsonLines,
}

fn event<'a>(context: &'a FindingsContext<'_>, record: &'a Record<'_>) -> Event<'a> {
    let finding = record.finding;
    let control = record.control;
    let snapshot = context.snapshot;
    let seen = snapshot.taken_at.as_millisecond();
    let (severity_id, severity) = severity(record.severity());
    let (compliance_id, compliance) = compliance(record.verdict);
    let (status_id, status) = state(record.verdict);
    let frameworks = control.map_or(&[][..], |control| control.frameworks.as_slice());
    let mut status_details = vec![Cow::Borrowed(finding.reason.as_str())];
    status_details.extend(record.acceptance().map(Cow::Owned));
    Event {
        class_uid: 2003,
        class_name: "Compliance Finding",
        category_uid: 2,
        category_name: "Findings",
        activity_id: 1,
        activity_name: "Create",
        type_uid: 200_301,
        type_name: "Compliance Finding: Create",
        time: seen,
        severity_id,
        severity,
        status_id,
        status,
        message: &finding.reason,
        metadata: Metadata {
            version: "1.6.0",
            profiles: ["cloud"],
            uid: &record.id,
            correlation_uid: &snapshot.run_id,
            event_code: &finding.control_id,
            logged_time: context.generated_at.as_millisecond(),
            product: Product {
                name: "standfast",
                vendor_name: "standfast",
                version: context.version,
            },
        },
        finding_info: Information {
            uid: &record.id,
            title: record.title(),
            desc: control.map(|control| control.why.as_str()),
            created_time: seen,
            types: ["Compliance"],
        },
        compliance: Compliance {
            control: &finding.control_id,
            desc: control.map(|control| control.title.as_str()),
            category: control.map(|control| control.domain),
            status_id: compliance_id,
            status: compliance,
            status_code: record.verdict.as_str(),
            status_details,
            standards: frameworks.iter().map(|(framework, _)| framework.as_str()).collect(),
            requirements: frameworks
                .iter()
                .flat_map(|(framework, ids)| ids.iter().map(move |id| format!("{framework} {id}")))
                .collect(),
        },
        cloud: Cloud {
            provider: "AWS",
            partition: &snapshot.partition,
            region: &finding.region,
            account: Account {
                uid: &finding.account_id,
                name: record.account.map(|account| account.name.as_str()),
                kind: "AWS Account",
                type_id: 10,
            },
        },
        resources: [About {
            uid: &finding.resource,
            kind: Resource::of(&finding.resource).label(),
            region: &finding.region,
            cloud_partition: &snapshot.partition,
        }],
        remediation: control.map(|control| Remediation {
            desc: &control.fix,
            references: &control.refs,
        }),
        unmapped: finding.exception.as_deref().map(|exception| Unmapped { exception }),
    }
}

impl<'a> Ocsf<'a> {
    pub(super) fn new(context: &'a FindingsContext<'a>, output: &'a mut dyn Write) -> Self {
        Self {
            context,
            output,
            lines: JsonLines::default(),
        }
    }
}

impl Writer for Ocsf<'_> {
    fn finding(&mut self, record: &Record<'_>) -> Result<(), ReportError> {
        self.lines.push(self.output, &event(self.context, record))
    }

    fn end(&mut self, _: &AccountCounts) -> Result<(), ReportError> {
        Ok(())
    }
}
