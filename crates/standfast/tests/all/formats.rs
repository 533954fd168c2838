//! The findings of the whole demo in every format, with some of them under exception: valid by the published schemas, and complete.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::cli::EXCEPTION;
use crate::demo::Folder;
use crate::stand_in::root;

/// Findings by what they say, as the assessment itself counts them.
fn counted(folder: &Folder) -> Result<BTreeMap<String, u64>> {
    let path = folder
        .path()
        .join(".standfast/assessments")
        .join(folder.run_id()?)
        .join("assessment.json");
    let assessment: Value = serde_json::from_slice(&std::fs::read(path)?)?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for control in assessment["controls"].as_array().context("controls")? {
        for of_account in control["accounts"].as_object().context("accounts")?.values() {
            for (verdict, count) in of_account.as_object().context("counts")? {
                *counts.entry(verdict.clone()).or_default() += count.as_u64().context("a count")?;
            }
        }
    }
    for verdict in ["pass", "fail", "excepted", "not_applicable", "unknown"] {
        ensure!(
            counts.get(verdict).is_some_and(|count| *count > 0),
            "no finding is {verdict}: {counts:?}"
        );
    }
    Ok(counts)
}

/// The whole assessment in a format, and how many findings of each kind it has.
fn assessed(format: &str) -> Result<(Folder, String, BTreeMap<String, u64>)> {
    let folder = Folder::demo()?;
    folder.write("exceptions.toml", EXCEPTION)?;
    let said = folder.done(&["assess", "--quiet", "--format", format])?;
    let counts = counted(&folder)?;
    Ok((folder, said.out, counts))
}

/// Has the format's published schema check it.
fn validated(format: &str, folder: &Folder, text: &str, counts: &BTreeMap<String, u64>) -> Result<()> {
    let file = folder.path().join(format!("findings.{format}"));
    std::fs::write(&file, text)?;
    let output = Command::new(root().join("scripts/schemas"))
        .args(["validate", format])
        .arg(&file)
        .output()?;
    ensure!(
        output.status.success(),
        "{format}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let all: u64 = counts.values().sum();
    assert_eq!(
        String::from_utf8(output.stdout)?.trim(),
        format!("{format}: {all} findings are valid")
    );
    Ok(())
}

fn tally(verdicts: impl IntoIterator<Item = String>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for verdict in verdicts {
        *counts.entry(verdict).or_default() += 1;
    }
    counts
}

fn lines(text: &str) -> Result<Vec<Value>> {
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// What a finding of the project's own form says.
fn verdict(finding: &Value) -> Result<String> {
    if finding["excepted"] == true {
        ensure!(
            finding["status"] == "fail" && finding["exception"] == "contractor",
            "{finding}"
        );
        return Ok("excepted".to_owned());
    }
    Ok(finding["status"].as_str().context("a status")?.to_owned())
}

#[test]
fn the_demo_as_json() -> Result<()> {
    let (_folder, text, counts) = assessed("json")?;
    let document: Value = serde_json::from_str(&text)?;
    assert_eq!(document["version"], 1);
    let findings = document["findings"].as_array().context("findings")?;
    assert_eq!(tally(findings.iter().map(verdict).collect::<Result<Vec<_>>>()?), counts);
    let mut ids: Vec<&str> = findings.iter().filter_map(|finding| finding["id"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), findings.len(), "one defect is one finding");
    Ok(())
}

#[test]
fn the_demo_as_ndjson() -> Result<()> {
    let (_folder, text, counts) = assessed("ndjson")?;
    let findings = lines(&text)?;
    assert_eq!(tally(findings.iter().map(verdict).collect::<Result<Vec<_>>>()?), counts);
    Ok(())
}

/// The fields of RFC 4180.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match (quoted, letter) {
            (true, '"') if letters.next_if_eq(&'"').is_some() => field.push('"'),
            (_, '"') => quoted = !quoted,
            (false, ',') => row.push(std::mem::take(&mut field)),
            (false, '\r') => {}
            (false, '\n') => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            _ => field.push(letter),
        }
    }
    rows
}

#[test]
fn the_demo_as_csv() -> Result<()> {
    let (_folder, text, counts) = assessed("csv")?;
    let mut rows = rows(&text).into_iter();
    let head = rows.next().context("a head")?;
    let place = head
        .iter()
        .position(|name| name == "verdict" || name == "status")
        .context("no column says how it stands")?;
    let rows: Vec<Vec<String>> = rows.collect();
    for row in &rows {
        ensure!(
            row.len() == head.len(),
            "{} fields where there are {} columns: {row:?}",
            row.len(),
            head.len()
        );
    }
    assert_eq!(tally(rows.into_iter().map(|mut row| row.swap_remove(place))), counts);
    Ok(())
}

#[test]
fn the_demo_as_junit() -> Result<()> {
    let (folder, text, counts) = assessed("junit")?;
    validated("junit", &folder, &text, &counts)?;
    let count = |element: &str| text.matches(element).count() as u64;
    assert_eq!(count("<failure "), counts["fail"]);
    assert_eq!(count("<error "), counts["unknown"]);
    assert_eq!(
        count("<skipped type=\"excepted\" message=\"exception contractor of Bo Li until 2027-03-31: "),
        counts["excepted"]
    );
    assert_eq!(count("<skipped "), counts["excepted"] + counts["not_applicable"]);
    Ok(())
}

#[test]
fn the_demo_as_sarif() -> Result<()> {
    let (folder, text, counts) = assessed("sarif")?;
    validated("sarif", &folder, &text, &counts)?;
    let log: Value = serde_json::from_str(&text)?;
    let results = log["runs"][0]["results"].as_array().context("results")?;
    let verdict = |result: &Value| -> Result<String> {
        let suppressed = result["suppressions"].as_array().is_some_and(|list| !list.is_empty());
        Ok(match (result["kind"].as_str().context("a kind")?, suppressed) {
            ("fail", true) => "excepted",
            ("notApplicable", false) => "not_applicable",
            ("open", false) => "unknown",
            (kind @ ("pass" | "fail"), false) => kind,
            other => anyhow::bail!("{other:?}"),
        }
        .to_owned())
    };
    assert_eq!(tally(results.iter().map(verdict).collect::<Result<Vec<_>>>()?), counts);
    Ok(())
}

#[test]
fn the_demo_as_ocsf() -> Result<()> {
    let (folder, text, counts) = assessed("ocsf")?;
    validated("ocsf", &folder, &text, &counts)?;
    let verdict = |event: &Value| -> Result<String> {
        let status = (event["compliance"]["status_id"].as_u64(), event["status_id"].as_u64());
        Ok(match status {
            (Some(1), Some(4)) => "pass",
            (Some(3), Some(1)) => "fail",
            (Some(3), Some(3)) => "excepted",
            (Some(99), Some(4)) => "not_applicable",
            (Some(0), Some(1)) => "unknown",
            other => anyhow::bail!("{other:?}"),
        }
        .to_owned())
    };
    assert_eq!(
        tally(lines(&text)?.iter().map(verdict).collect::<Result<Vec<_>>>()?),
        counts
    );
    Ok(())
}

#[test]
fn the_demo_as_asff() -> Result<()> {
    let (folder, text, counts) = assessed("asff")?;
    validated("asff", &folder, &text, &counts)?;
    let findings: Value = serde_json::from_str(&text)?;
    let verdict = |finding: &Value| -> Result<String> {
        let status = (
            finding["Compliance"]["Status"].as_str(),
            finding["Workflow"]["Status"].as_str(),
        );
        Ok(match status {
            (Some("PASSED"), Some("RESOLVED")) => "pass",
            (Some("FAILED"), Some("NEW")) => "fail",
            (Some("FAILED"), Some("SUPPRESSED")) => "excepted",
            (Some("NOT_AVAILABLE"), Some("RESOLVED")) => "not_applicable",
            (Some("WARNING"), Some("NEW")) => "unknown",
            other => anyhow::bail!("{other:?}"),
        }
        .to_owned())
    };
    let findings = findings.as_array().context("a list")?;
    assert_eq!(tally(findings.iter().map(verdict).collect::<Result<Vec<_>>>()?), counts);
    Ok(())
}
