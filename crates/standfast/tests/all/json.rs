//! The shape of every JSON document: what programs that read it lean on.

use std::collections::BTreeSet;

use anyhow::Result;
use serde_json::{Map, Value};

use crate::demo::Folder;

/// The names and types of a document, with the elements of a list put together, and with maps whose keys are data told by one of them.
fn shape(value: &Value) -> Value {
    match value {
        Value::Null => Value::from("null"),
        Value::Bool(_) => Value::from("boolean"),
        Value::Number(_) => Value::from("number"),
        Value::String(_) => Value::from("text"),
        Value::Array(list) => list
            .iter()
            .map(shape)
            .reduce(both)
            .map_or_else(|| Value::Array(Vec::new()), |one| Value::Array(vec![one])),
        Value::Object(object) => {
            let is_data =
                |key: &String| key.contains(['-', '.']) || key.starts_with("aws_") || key.starts_with("standfast_");
            let mut shaped = Map::new();
            for (key, value) in object {
                let name = if is_data(key) { "*" } else { key };
                let value = shape(value);
                let merged = match shaped.remove(name) {
                    Some(known) => both(known, value),
                    None => value,
                };
                shaped.insert(name.to_owned(), merged);
            }
            Value::Object(shaped)
        }
    }
}

/// What two shapes are together.
fn both(one: Value, other: Value) -> Value {
    match (one, other) {
        (one, other) if one == other => one,
        (Value::Object(mut one), Value::Object(other)) => {
            for (key, value) in other {
                let merged = match one.remove(&key) {
                    Some(known) => both(known, value),
                    None => value,
                };
                one.insert(key, merged);
            }
            Value::Object(one)
        }
        (Value::Array(one), Value::Array(other)) => one
            .into_iter()
            .chain(other)
            .reduce(both)
            .map_or_else(|| Value::Array(Vec::new()), |one| Value::Array(vec![one])),
        (Value::String(one), Value::String(other)) => {
            let words: BTreeSet<&str> = one.split(" or ").chain(other.split(" or ")).collect();
            Value::from(words.into_iter().collect::<Vec<_>>().join(" or "))
        }
        // Something that is there or not.
        (Value::String(null), full) | (full, Value::String(null)) if null == "null" => full,
        (one, _) => one,
    }
}

#[test]
fn every_json_document_is_an_object_with_a_version() -> Result<()> {
    let folder = Folder::small()?;
    let run = folder.run_id()?;
    folder.done(&[
        "attest",
        "1.1.a",
        "--by",
        "Ana Ruiz",
        "--evidence",
        "words",
        "--note",
        "n",
        "--valid-until",
        "2027-01-31",
    ])?;
    let documents: [(&str, Vec<&str>); 18] = [
        ("assess", vec!["assess", "--controls", "iam-user-mfa-enabled"]),
        (
            "framework",
            vec!["assess", "--framework", "cis-1.2", "--controls", "iam-user-mfa-enabled"],
        ),
        ("gaps", vec!["gaps"]),
        ("stories", vec!["stories"]),
        ("status", vec!["status"]),
        ("query", vec!["query", "select account_id from aws_account"]),
        ("tables", vec!["tables"]),
        ("table", vec!["tables", "aws_s3_bucket"]),
        ("table-findings", vec!["tables", "standfast_finding"]),
        ("functions", vec!["tables", "--functions"]),
        ("controls", vec!["controls"]),
        ("control", vec!["controls", "iam-user-mfa-enabled"]),
        ("frameworks", vec!["frameworks"]),
        ("coverage", vec!["coverage"]),
        ("diff", vec!["diff", &run]),
        ("snapshots", vec!["snapshots"]),
        ("evidence-list", vec!["evidence", "list"]),
        ("program", vec!["program", "show"]),
    ];
    for (name, arguments) in documents {
        let said = folder.done(&[arguments.as_slice(), ["--format", "json"].as_slice()].concat())?;
        let document = said.json()?;
        assert_eq!(document.get("version"), Some(&Value::from(1)), "{name}");
        insta::assert_snapshot!(format!("json-{name}"), serde_json::to_string_pretty(&shape(&document))?);
    }
    let github = folder.done(&["stories", "--format", "github"])?.json()?;
    assert_eq!(github["version"], 1);
    Ok(())
}
