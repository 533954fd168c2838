//! OCSF 1.6, Compliance Finding (class 2003) with the cloud profile; one event a line.
//!
//! `compliance.status_id` tells the verdicts apart: 1 pass, 3 fail, 0 unknown, 99 not applicable. The event's own `status_id`
//! says what is left to do: 1 new, 3 suppressed by an exception, 4 resolved.

use std::io::Write;

use serde_json::{Map, Value, json};
use standfast_model::{AccountCounts, Severity};

use super::resource::Resource;
use super::{FindingsContext, Record, Writer};
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

/// Events as they come.
pub(super) struct Ocsf<'a> {
    context: &'a FindingsContext<'a>,
    output: &'a mut dyn Write,
}

impl<'a> Ocsf<'a> {
    pub(super) fn new(context: &'a FindingsContext<'a>, output: &'a mut dyn Write) -> Self {
        Self { context, output }
    }

    fn event(&self, record: &Record<'_>) -> Value {
        let finding = record.finding;
        let snapshot = self.context.snapshot;
        let seen = snapshot.taken_at.as_millisecond();
        let (severity_id, severity) = severity(record.severity());
        let (compliance_id, compliance) = compliance(record.verdict);
        let (state_id, state) = state(record.verdict);

        let mut account = Map::new();
        account.insert("uid".to_owned(), json!(finding.account_id));
        account.insert("type".to_owned(), json!("AWS Account"));
        account.insert("type_id".to_owned(), json!(10));
        if let Some(known) = record.account {
            account.insert("name".to_owned(), json!(known.name));
        }
        let mut details = vec![finding.reason.clone()];
        details.extend(record.acceptance());
        let mut about = json!({
            "control": finding.control_id,
            "status": compliance,
            "status_id": compliance_id,
            "status_code": record.verdict.as_str(),
            "status_details": details,
        });
        let mut information = json!({
            "uid": record.id,
            "title": record.title(),
            "created_time": seen,
            "types": ["Compliance"],
        });
        let mut event = json!({
            "class_uid": 2003,
            "class_name": "Compliance Finding",
            "category_uid": 2,
            "category_name": "Findings",
            "activity_id": 1,
            "activity_name": "Create",
            "type_uid": 200_301,
            "type_name": "Compliance Finding: Create",
            "time": seen,
            "severity_id": severity_id,
            "severity": severity,
            "status_id": state_id,
            "status": state,
            "message": finding.reason,
            "metadata": {
                "version": "1.6.0",
                "profiles": ["cloud"],
                "uid": record.id,
                "correlation_uid": snapshot.run_id,
                "event_code": finding.control_id,
                "logged_time": self.context.generated_at.as_millisecond(),
                "product": {
                    "name": "standfast",
                    "vendor_name": "standfast",
                    "version": self.context.version,
                },
            },
            "cloud": {
                "provider": "AWS",
                "cloud_partition": snapshot.partition,
                "region": finding.region,
                "account": account,
            },
            "resources": [{
                "uid": finding.resource,
                "type": Resource::of(&finding.resource).label(),
                "region": finding.region,
                "cloud_partition": snapshot.partition,
            }],
        });
        if let Some(control) = record.control {
            let mut standards = Vec::new();
            let mut requirements = Vec::new();
            for (framework, ids) in &control.frameworks {
                standards.push(framework.clone());
                requirements.extend(ids.iter().map(|id| format!("{framework} {id}")));
            }
            if let Some(about) = about.as_object_mut() {
                about.insert("desc".to_owned(), json!(control.title));
                about.insert("category".to_owned(), json!(control.domain));
                if !standards.is_empty() {
                    about.insert("standards".to_owned(), json!(standards));
                    about.insert("requirements".to_owned(), json!(requirements));
                }
            }
            if let Some(information) = information.as_object_mut() {
                information.insert("desc".to_owned(), json!(control.why));
            }
            if let Some(event) = event.as_object_mut() {
                event.insert(
                    "remediation".to_owned(),
                    json!({"desc": control.fix, "references": control.refs}),
                );
            }
        }
        if let Some(event) = event.as_object_mut() {
            event.insert("compliance".to_owned(), about);
            event.insert("finding_info".to_owned(), information);
            if let Some(exception) = finding.exception.as_ref() {
                event.insert("unmapped".to_owned(), json!({"exception": exception}));
            }
        }
        event
    }
}

impl Writer for Ocsf<'_> {
    fn finding(&mut self, record: &Record<'_>) -> Result<(), ReportError> {
        let event = self.event(record);
        serde_json::to_writer(&mut *self.output, &event)?;
        self.output.write_all(b"\n")?;
        Ok(())
    }

    fn end(&mut self, _: &AccountCounts) -> Result<(), ReportError> {
        Ok(())
    }
}
