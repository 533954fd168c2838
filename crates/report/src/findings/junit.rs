//! JUnit XML: a control is a suite, a resource is a case, so that a pipeline's own view of tests shows findings.
//!
//! A failure is a `failure`, what could not be read an `error`, what is excepted or not applicable `skipped` with that type.

use std::borrow::Cow;
use std::io::Write;

use quick_xml::escape::escape;
use standfast_model::AccountCounts;

use super::{FindingsContext, Record, Writer};
use crate::{ReportError, Verdict};

/// A suite states its counts before its cases, so its cases wait until it is complete. A control with more cases than this
/// gets further suites, and memory stays bounded.
const MOST_CASES: u64 = 10_000;

/// Drops what XML 1.0 cannot hold, not even escaped, in favour of U+FFFD, and escapes the rest.
fn xml(value: &str) -> String {
    let allowed = |character: char| matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let clean: Cow<'_, str> = if value.chars().all(allowed) {
        Cow::Borrowed(value)
    } else {
        Cow::Owned(
            value
                .chars()
                .map(|character| if allowed(character) { character } else { '\u{fffd}' })
                .collect(),
        )
    };
    // Attribute values would lose their line breaks otherwise.
    escape(clean.as_ref())
        .replace('\n', "&#10;")
        .replace('\r', "&#13;")
        .replace('\t', "&#9;")
}

#[derive(Default)]
struct Suite {
    control: String,
    package: String,
    part: u64,
    cases: u64,
    failures: u64,
    errors: u64,
    skipped: u64,
    body: String,
}

/// Suites under one `testsuites`.
pub(super) struct Junit<'a> {
    context: &'a FindingsContext<'a>,
    output: &'a mut dyn Write,
    suite: Option<Suite>,
}

impl<'a> Junit<'a> {
    pub(super) fn new(context: &'a FindingsContext<'a>, output: &'a mut dyn Write) -> Self {
        Self {
            context,
            output,
            suite: None,
        }
    }

    fn close_suite(&mut self) -> Result<Option<Suite>, ReportError> {
        let Some(suite) = self.suite.take() else {
            return Ok(None);
        };
        let name = match suite.part {
            1 => suite.control.clone(),
            part => format!("{} ({part})", suite.control),
        };
        writeln!(
            self.output,
            r#"  <testsuite name="{}" package="{}" timestamp="{}" tests="{}" failures="{}" errors="{}" skipped="{}">"#,
            xml(&name),
            xml(&suite.package),
            self.context.generated_at,
            suite.cases,
            suite.failures,
            suite.errors,
            suite.skipped,
        )?;
        self.output.write_all(suite.body.as_bytes())?;
        self.output.write_all(b"  </testsuite>\n")?;
        Ok(Some(suite))
    }
}

impl Writer for Junit<'_> {
    fn begin(&mut self) -> Result<(), ReportError> {
        self.output
            .write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"standfast\">\n")?;
        Ok(())
    }

    fn finding(&mut self, record: &Record<'_>) -> Result<(), ReportError> {
        let finding = record.finding;
        let goes_on = self
            .suite
            .as_ref()
            .is_some_and(|suite| suite.control == finding.control_id && suite.cases < MOST_CASES);
        if !goes_on {
            let part = match self.close_suite()? {
                Some(suite) if suite.control == finding.control_id => suite.part + 1,
                _ => 1,
            };
            self.suite = Some(Suite {
                control: finding.control_id.clone(),
                package: record.control.map_or("", |control| control.domain.as_str()).to_owned(),
                part,
                ..Suite::default()
            });
        }
        let Some(suite) = self.suite.as_mut() else {
            return Ok(());
        };
        suite.cases += 1;
        suite.body.push_str(&format!(
            r#"    <testcase classname="{}" name="{}""#,
            xml(&finding.control_id),
            xml(&format!(
                "{} ({} {})",
                finding.resource, finding.account_id, finding.region
            )),
        ));
        let severity = record.severity().as_str();
        let (element, kind, message) = match record.verdict {
            Verdict::Pass => {
                suite.body.push_str("/>\n");
                return Ok(());
            }
            Verdict::Fail => {
                suite.failures += 1;
                ("failure", severity, finding.reason.clone())
            }
            Verdict::Unknown => {
                suite.errors += 1;
                ("error", "unknown", finding.reason.clone())
            }
            Verdict::NotApplicable => {
                suite.skipped += 1;
                ("skipped", "not_applicable", finding.reason.clone())
            }
            Verdict::Excepted => {
                suite.skipped += 1;
                ("skipped", "excepted", record.acceptance().unwrap_or_default())
            }
        };
        let mut detail = format!(
            "{}\n{}: {}\nseverity: {severity}\nfinding: {}",
            record.title(),
            record.verdict.as_str(),
            finding.reason,
            record.id
        );
        if let Some(control) = record.control {
            detail.push_str("\nwhat to do: ");
            detail.push_str(&control.fix);
        }
        suite.body.push_str(&format!(
            ">\n      <{element} type=\"{}\" message=\"{}\">{}</{element}>\n    </testcase>\n",
            xml(kind),
            xml(&message),
            xml(&detail).replace("&#10;", "\n"),
        ));
        Ok(())
    }

    fn end(&mut self, _: &AccountCounts) -> Result<(), ReportError> {
        self.close_suite()?;
        self.output.write_all(b"</testsuites>\n")?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn markup_is_escaped_and_what_xml_cannot_hold_is_replaced() {
        assert_eq!(
            xml("<a b=\"c\">&'\u{0}\u{1b}\n"),
            "&lt;a b=&quot;c&quot;&gt;&amp;&apos;\u{fffd}\u{fffd}&#10;"
        );
    }
}
