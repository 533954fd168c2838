//! SARIF 2.1.0: a control is a rule, a finding is a result.
//!
//! The result's `kind` tells the verdicts apart: `pass`, `fail`, `notApplicable`, and `open` for what could not be read (the
//! standard's word for "not enough information to decide"). An accepted failure stays `fail` and carries a suppression.

use std::io::Write;

use serde::Serialize;
use serde_json::json;
use standfast_model::{AccountCounts, FindingStatus, Severity};

use super::{FindingsContext, JsonList, Record, Writer};
use crate::{ControlInfo, ReportError, Verdict};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The level that viewers sort by.
const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Informational => "note",
    }
}

/// The number that code scanning maps to its own four words.
const fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
        Severity::Informational => "0.1",
    }
}

/// A URI for a resource: its ARN, with what a URI cannot hold percent-encoded.
fn uri(resource: &str) -> String {
    let mut uri = String::with_capacity(resource.len());
    if !resource.starts_with("arn:") {
        uri.push_str("urn:standfast:");
    }
    for byte in resource.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'@' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn rule(control: &ControlInfo) -> serde_json::Value {
    let mut tags = vec!["security".to_owned(), control.domain.to_string()];
    for (framework, requirements) in &control.frameworks {
        tags.extend(
            requirements
                .iter()
                .map(|requirement| format!("{framework}/{requirement}")),
        );
    }
    let mut rule = json!({
        "id": control.id,
        "shortDescription": {"text": control.title},
        "fullDescription": {"text": control.why},
        "help": {"text": control.fix},
        "defaultConfiguration": {"level": level(control.severity)},
        "properties": {
            "tags": tags,
            "precision": "very-high",
            "security-severity": security_severity(control.severity),
            "severity": control.severity,
        },
    });
    if let (Some(address), Some(rule)) = (
        control
            .refs
            .iter()
            .find(|address| address.starts_with("https://") && uri_is_plain(address)),
        rule.as_object_mut(),
    ) {
        rule.insert("helpUri".to_owned(), json!(address));
    }
    rule
}

fn uri_is_plain(address: &str) -> bool {
    address
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    kind: &'static str,
    level: &'static str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
    partial_fingerprints: Fingerprints<'a>,
    suppressions: Vec<Suppression>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation,
    logical_locations: [LogicalLocation<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    fully_qualified_name: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "standfast/v1")]
    id: &'a str,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Properties<'a> {
    account_id: &'a str,
    region: &'a str,
    status: FindingStatus,
    severity: Severity,
}

/// One run, streamed: the rules first, then the results.
pub(super) struct Sarif<'a> {
    context: &'a FindingsContext<'a>,
    output: &'a mut dyn Write,
    rules: Vec<&'a str>,
    list: JsonList,
}

impl<'a> Sarif<'a> {
    pub(super) fn new(context: &'a FindingsContext<'a>, output: &'a mut dyn Write) -> Self {
        Self {
            context,
            output,
            rules: context.controls.iter().map(|control| control.id.as_str()).collect(),
            list: JsonList::default(),
        }
    }
}

impl Writer for Sarif<'_> {
    fn begin(&mut self) -> Result<(), ReportError> {
        write!(
            self.output,
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{{\"name\":\"standfast\",\"version\":"
        )?;
        serde_json::to_writer(&mut *self.output, self.context.version)?;
        write!(self.output, ",\"rules\":[")?;
        let mut rules = JsonList::default();
        for control in self.context.controls.iter() {
            rules.push(self.output, &rule(control))?;
        }
        write!(self.output, "\n]}}}},\n\"automationDetails\":")?;
        let snapshot = self.context.snapshot;
        serde_json::to_writer(
            &mut *self.output,
            &json!({"id": format!("standfast/{}", snapshot.run_id)}),
        )?;
        write!(self.output, ",\"columnKind\":\"unicodeCodePoints\",\"properties\":")?;
        serde_json::to_writer(
            &mut *self.output,
            &json!({
                "generatedAt": self.context.generated_at,
                "snapshotTakenAt": snapshot.taken_at,
                "accounts": snapshot.accounts.len(),
                "regions": snapshot.regions,
            }),
        )?;
        write!(self.output, ",\n\"results\":[")?;
        Ok(())
    }

    fn finding(&mut self, record: &Record<'_>) -> Result<(), ReportError> {
        let finding = record.finding;
        let (kind, level) = match record.verdict {
            Verdict::Pass => ("pass", "none"),
            Verdict::Fail | Verdict::Excepted => ("fail", level(record.severity())),
            Verdict::NotApplicable => ("notApplicable", "none"),
            Verdict::Unknown => ("open", "none"),
        };
        // The standard wants the member on every result of a run or on none.
        let suppressions = record
            .acceptance()
            .map(|justification| Suppression {
                kind: "external",
                status: "accepted",
                justification,
            })
            .into_iter()
            .collect();
        let result = Outcome {
            rule_id: &finding.control_id,
            rule_index: self.rules.binary_search(&finding.control_id.as_str()).ok(),
            kind,
            level,
            message: Text { text: &finding.reason },
            locations: [Location {
                physical_location: PhysicalLocation {
                    artifact_location: ArtifactLocation {
                        uri: uri(&finding.resource),
                    },
                },
                logical_locations: [LogicalLocation {
                    fully_qualified_name: &finding.resource,
                    kind: "resource",
                }],
            }],
            partial_fingerprints: Fingerprints { id: &record.id },
            suppressions,
            properties: Properties {
                account_id: &finding.account_id,
                region: &finding.region,
                status: finding.status,
                severity: record.severity(),
            },
        };
        self.list.push(self.output, &result)
    }

    fn end(&mut self, _: &AccountCounts) -> Result<(), ReportError> {
        self.output.write_all(b"\n]}]}\n")?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn resources_become_uris() {
        assert_eq!(uri("arn:aws:s3:::a"), "arn:aws:s3:::a");
        assert_eq!(uri("arn:aws:x:::a b<é>"), "arn:aws:x:::a%20b%3C%C3%A9%3E");
        assert_eq!(uri("javascript:alert(1)"), "urn:standfast:javascript:alert%281%29");
    }
}
