//! Every format of findings: valid by its published schema, complete, and proof against hostile values.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::rc::Rc;

use serde_json::Value;
use standfast_model::Finding;
use standfast_report::{Format, finding_id, write_findings};

fn written(format: Format, findings: impl IntoIterator<Item = Finding>) -> Vec<u8> {
    static INPUT: std::sync::LazyLock<standfast_report::ReportInput> = std::sync::LazyLock::new(|| common::report(3));
    let input = &*INPUT;
    let context = common::context(input);
    let mut output = Vec::new();
    write_findings(
        format,
        &context,
        findings.into_iter().map(Ok::<_, Infallible>),
        &mut output,
    )
    .unwrap();
    output
}

/// The sample's findings in three accounts, and the difficult ones.
fn sample() -> Vec<Finding> {
    let accounts = common::accounts(3);
    let mut findings: Vec<Finding> = common::findings(&accounts).collect();
    findings.extend(common::difficult_findings());
    findings
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The Python that has the published schemas.
fn python() -> PathBuf {
    if let Some(python) = std::env::var_os("STANDFAST_PYTHON") {
        return python.into();
    }
    let environment = std::env::var_os("STANDFAST_VENV").map_or_else(
        || {
            std::env::var_os("XDG_CACHE_HOME")
                .map_or_else(
                    || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache"),
                    PathBuf::from,
                )
                .join("standfast/venv")
        },
        PathBuf::from,
    );
    environment.join("bin/python")
}

fn validate(format: Format, bytes: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("findings.{format}"));
    std::fs::write(&file, bytes).unwrap();
    let python = python();
    let output = Command::new(&python)
        .arg(repository().join("tests/schemas/validate.py"))
        .arg(format.as_str())
        .arg(&file)
        .output()
        .unwrap_or_else(|error| {
            panic!(
                "cannot run {} ({error}): run `scripts/schemas prepare` first, it installs the published schemas",
                python.display()
            )
        });
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        !said.contains("ModuleNotFoundError") && !said.contains("Traceback"),
        "the validator did not run; `scripts/schemas prepare` installs what it needs:\n{said}"
    );
    output
}

const WITH_SCHEMA: [Format; 4] = [Format::Junit, Format::Sarif, Format::Ocsf, Format::Asff];

fn assert_valid(format: Format, findings: Vec<Finding>) {
    let how_many = findings.len();
    let output = validate(format, &written(format, findings));
    assert!(
        output.status.success(),
        "{format}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        format!("{format}: {how_many} findings are valid")
    );
}

#[test]
fn junit_is_valid_by_its_schema() {
    assert_valid(Format::Junit, sample());
}

#[test]
fn sarif_is_valid_by_its_schema() {
    assert_valid(Format::Sarif, sample());
}

#[test]
fn ocsf_is_valid_by_its_schema() {
    assert_valid(Format::Ocsf, sample());
}

#[test]
fn asff_is_valid_by_its_schema() {
    assert_valid(Format::Asff, sample());
}

#[test]
fn a_run_without_findings_is_valid_too() {
    for format in WITH_SCHEMA {
        assert_valid(format, Vec::new());
    }
}

#[test]
fn the_validator_refuses_what_the_schemas_refuse() {
    let broken = |format, from: &str, to: &str| {
        let text = String::from_utf8(written(format, common::difficult_findings())).unwrap();
        let changed = text.replace(from, to);
        assert_ne!(text, changed, "{format}: `{from}` does not occur");
        let output = validate(format, changed.as_bytes());
        assert_eq!(
            output.status.code(),
            Some(1),
            "{format} with `{to}` for `{from}` went through: {}",
            String::from_utf8_lossy(&output.stdout)
        );
    };
    broken(Format::Junit, "<testcase classname", "<testcase klass");
    broken(Format::Junit, "failures=\"6\"", "failures=\"7\"");
    broken(Format::Junit, "</testsuites>", "");
    broken(Format::Sarif, "\"kind\":\"pass\"", "\"kind\":\"passed\"");
    broken(Format::Sarif, "\"version\":\"2.1.0\"", "\"version\":\"2.0.0\"");
    broken(Format::Sarif, "\"ruleIndex\":", "\"ruleIndex\":1");
    broken(Format::Ocsf, "\"class_uid\":2003", "\"class_uid\":\"2003\"");
    broken(Format::Ocsf, "\"finding_info\"", "\"finding_information\"");
    broken(Format::Ocsf, "\"status_id\":99", "\"status_id\":98");
    broken(Format::Asff, "\"Status\":\"PASSED\"", "\"Status\":\"PASS\"");
    broken(Format::Asff, "\"GeneratorId\"", "\"Generator\"");
    broken(Format::Asff, "\"Label\":\"HIGH\"", "\"Label\":\"SEVERE\"");
    broken(Format::Asff, "\"Type\":\"AwsEc2Volume\"", "\"Type\":\"\"");
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    String::from_utf8(bytes.to_vec())
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn whole(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

#[test]
fn each_format_tells_the_five_verdicts_apart() {
    // Pass, fail, excepted, not applicable, unknown.
    let five: Vec<Finding> = common::difficult_findings().into_iter().take(5).collect();

    let json = whole(&written(Format::Json, five.clone()));
    assert_eq!(json["version"], 1);
    assert_eq!(json["snapshot"]["run_id"], "2026-03-02T07-58-11Z-k4f2");
    let said = |row: &Value| (row["status"].clone(), row["excepted"].clone());
    let rows: Vec<_> = json["findings"].as_array().unwrap().iter().map(said).collect();
    let expected = [
        ("pass", false),
        ("fail", false),
        ("fail", true),
        ("not_applicable", false),
        ("unknown", false),
    ]
    .map(|(status, excepted)| (Value::from(status), Value::from(excepted)));
    assert_eq!(rows, expected);
    assert_eq!(
        lines(&written(Format::Ndjson, five.clone())),
        *json["findings"].as_array().unwrap()
    );

    let sarif = whole(&written(Format::Sarif, five.clone()));
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let said: Vec<_> = results
        .iter()
        .map(|result| {
            (
                result["kind"].as_str().unwrap(),
                result["level"].as_str().unwrap(),
                result["suppressions"].as_array().unwrap().len(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("pass", "none", 0),
            ("fail", "error", 0),
            ("fail", "error", 1),
            ("notApplicable", "none", 0),
            ("open", "none", 0),
        ]
    );
    assert!(
        results[2]["suppressions"][0]["justification"]
            .as_str()
            .unwrap()
            .contains("Priya Nair")
    );

    let said: Vec<_> = lines(&written(Format::Ocsf, five.clone()))
        .iter()
        .map(|event| {
            (
                event["compliance"]["status_id"].as_u64().unwrap(),
                event["status_id"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(said, [(1, 4), (3, 1), (3, 3), (99, 4), (0, 1)]);

    let said: Vec<_> = whole(&written(Format::Asff, five.clone()))
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            format!(
                "{} {} {}",
                finding["Compliance"]["Status"], finding["Workflow"]["Status"], finding["Severity"]["Label"]
            )
            .replace('"', "")
        })
        .collect();
    assert_eq!(
        said,
        [
            "PASSED RESOLVED INFORMATIONAL",
            "FAILED NEW HIGH",
            "FAILED SUPPRESSED HIGH",
            "NOT_AVAILABLE RESOLVED INFORMATIONAL",
            "WARNING NEW HIGH",
        ]
    );

    let junit = String::from_utf8(written(Format::Junit, five.clone())).unwrap();
    assert!(junit.contains(r#"tests="5" failures="1" errors="1" skipped="2""#));
    for element in [
        "<failure type=\"high\" message=\"encrypted is false\">",
        "<error type=\"unknown\"",
        "<skipped type=\"not_applicable\"",
        "<skipped type=\"excepted\" message=\"exception sandbox-volumes of Priya Nair",
    ] {
        assert!(junit.contains(element), "{element} is missing in\n{junit}");
    }

    let csv = String::from_utf8(written(Format::Csv, five.clone())).unwrap();
    let said: Vec<&str> = csv
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(1).unwrap())
        .collect();
    assert_eq!(said, ["pass", "fail", "excepted", "not_applicable", "unknown"]);

    insta::assert_snapshot!(String::from_utf8(written(Format::Table, five)).unwrap());
}

#[test]
fn a_finding_has_the_same_id_in_every_format() {
    let finding = common::difficult_findings().swap_remove(1);
    let id = finding_id(&finding);
    assert_eq!(id.len(), 64);
    for format in Format::ALL {
        if format != Format::Table {
            let text = String::from_utf8(written(format, [finding.clone()])).unwrap();
            assert!(text.contains(&id), "{format}");
        }
    }
    let changed = Finding {
        reason: "another".to_owned(),
        status: standfast_model::FindingStatus::Pass,
        exception: Some("one".to_owned()),
        ..finding.clone()
    };
    assert_eq!(finding_id(&changed), id, "an id survives what changes between runs");
    let ids: BTreeSet<String> = [
        finding.clone(),
        Finding {
            control_id: "x".to_owned(),
            ..finding.clone()
        },
        Finding {
            account_id: "x".to_owned(),
            ..finding.clone()
        },
        Finding {
            region: "x".to_owned(),
            ..finding.clone()
        },
        Finding {
            resource: "x".to_owned(),
            ..finding
        },
    ]
    .iter()
    .map(finding_id)
    .collect();
    assert_eq!(ids.len(), 5);
}

#[test]
fn hostile_values_stay_values() {
    let hostile = common::difficult_findings();
    let csv = written(Format::Csv, hostile.clone());
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), hostile.len());
    for cell in rows.iter().flatten() {
        assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell}");
    }
    for format in [Format::Table, Format::Junit] {
        let text = String::from_utf8(written(format, hostile.clone())).unwrap();
        assert!(!text.contains('\u{1b}') && !text.contains('\u{0}'), "{format}");
    }
    let table = String::from_utf8(written(Format::Table, hostile.clone())).unwrap();
    assert_eq!(
        table.lines().count(),
        hostile.len() + 3,
        "a head, a line for each finding, a blank and the sum"
    );
    // JSON gives back exactly what came in.
    for (row, finding) in lines(&written(Format::Ndjson, hostile.clone())).iter().zip(&hostile) {
        assert_eq!(row["resource"], finding.resource.as_str());
        assert_eq!(row["reason"], finding.reason.as_str());
    }
}

#[test]
fn a_source_that_fails_is_an_error_and_not_an_end() {
    let input = common::report(3);
    let context = common::context(&input);
    for format in Format::ALL {
        let findings = vec![
            Ok(common::difficult_findings().swap_remove(0)),
            Err("the file is cut off"),
        ];
        let error = write_findings(format, &context, findings, &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "cannot read the findings");
    }
}

#[test]
fn large_controls_are_split_into_suites_with_true_counts() {
    let template = common::difficult_findings().swap_remove(1);
    let many = (0..25_001).map(|number| Finding {
        resource: format!("arn:aws:ec2:eu-west-1:111122220000:volume/vol-{number}"),
        ..template.clone()
    });
    let bytes = written(Format::Junit, many);
    let text = String::from_utf8(bytes.clone()).unwrap();
    for suite in [
        r#"name="ec2-volume-encrypted" package"#,
        r#"name="ec2-volume-encrypted (2)" package"#,
        r#"name="ec2-volume-encrypted (3)" package"#,
        r#"tests="5001" failures="5001""#,
    ] {
        assert!(text.contains(suite), "{suite}");
    }
    let output = validate(Format::Junit, &bytes);
    assert!(output.status.success());
}

#[test]
fn the_names_of_formats_are_read_back() {
    for format in Format::ALL {
        assert_eq!(format.as_str().parse::<Format>().unwrap(), format);
    }
    assert_eq!(
        "xml".parse::<Format>().unwrap_err().to_string(),
        "`xml` is not a format; expected one of table, json, ndjson, csv, junit, sarif, ocsf, asff"
    );
}

/// Counts what is written and keeps nothing.
struct Counter(Rc<Cell<usize>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn findings_are_written_while_they_come() {
    let input = common::report(3);
    let context = common::context(&input);
    let template = common::difficult_findings().swap_remove(1);
    for format in Format::ALL {
        let bytes = Rc::new(Cell::new(0));
        let seen = Rc::clone(&bytes);
        let mut written_at = Vec::new();
        let (all, all_written) = if format == Format::Junit {
            (25_000, 70)
        } else {
            (4_000, 95)
        };
        let findings = (0..all).map(|number| {
            written_at.push(seen.get());
            Ok::<_, Infallible>(Finding {
                resource: format!("arn:aws:ec2:eu-west-1:111122220000:volume/vol-{number}"),
                ..template.clone()
            })
        });
        let totals = write_findings(format, &context, findings, &mut Counter(Rc::clone(&bytes))).unwrap();
        assert_eq!(totals.fail, all);
        // A suite of JUnit waits (10,000 findings), or what the table measures (1,000).
        let after_half = written_at[written_at.len() / 2];
        assert!(
            after_half * 100 > bytes.get() * 24,
            "{format}: {after_half} of {}",
            bytes.get()
        );
        let after_most = written_at[written_at.len() - 1];
        assert!(
            after_most * 100 > bytes.get() * all_written,
            "{format}: {after_most} of {}",
            bytes.get()
        );
    }
}

fn any_text() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::strategy::Strategy;
    proptest::collection::vec(proptest::char::any(), 0..32).prop_map(String::from_iter)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_leaves_every_document_whole(
        texts in proptest::collection::vec(any_text(), 4),
        status in 0usize..4,
        excepted in proptest::bool::ANY,
    ) {
        let finding = Finding {
            control_id: texts[0].clone(),
            account_id: texts[1].clone(),
            region: texts[2].clone(),
            resource: texts[3].clone(),
            reason: texts.concat(),
            status: standfast_model::FindingStatus::ALL[status],
            exception: excepted.then(|| texts[0].clone()),
        };
        for format in Format::ALL {
            let bytes = written(format, [finding.clone(), finding.clone()]);
            let text = String::from_utf8(bytes.clone()).unwrap();
            match format {
                Format::Json | Format::Sarif | Format::Asff => {
                    whole(&bytes);
                }
                Format::Ndjson | Format::Ocsf => assert_eq!(text.lines().count(), 2),
                Format::Csv => {
                    let rows: Vec<_> = csv::Reader::from_reader(bytes.as_slice())
                        .into_records()
                        .map(Result::unwrap)
                        .collect();
                    assert_eq!(rows.len(), 2);
                    assert_eq!(rows[0][9].trim_start_matches('\''), finding.resource.trim_start_matches('\''));
                }
                Format::Table => assert_eq!(text.lines().count(), 5),
                Format::Junit => {
                    let mut reader = quick_xml::Reader::from_str(&text);
                    let mut cases = 0;
                    loop {
                        match reader.read_event().unwrap() {
                            quick_xml::events::Event::Eof => break,
                            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag)
                                if tag.name().as_ref() == b"testcase" =>
                            {
                                cases += 1;
                            }
                            _ => {}
                        }
                    }
                    assert_eq!(cases, 2);
                }
            }
        }
    }
}
