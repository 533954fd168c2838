//! The collector over recorded replies.

use serde_json::{Value, json};

use super::*;
use crate::tables::testing::{Seen, replay};

fn columns(seen: &Seen, table: &str, names: &[&str]) -> Vec<Value> {
    let rows = seen.table(table).iter();
    let mut rows: Vec<Value> = rows
        .map(|row| names.iter().map(|name| row[*name].clone()).collect())
        .collect();
    rows.sort_by_key(Value::to_string);
    rows
}

fn errors(seen: &Seen) -> Vec<Value> {
    let rows = seen.errors.iter();
    let mut errors: Vec<Value> = rows
        .map(|error| json!([error["operation"], error["resource"], error["class"]]))
        .collect();
    errors.sort_by_key(Value::to_string);
    errors
}

const ANALYZER: &str = "arn:aws:access-analyzer:us-east-1:111122223333:analyzer/";

#[tokio::test]
async fn analyzers_come_from_every_page() {
    let seen = replay(COLLECTOR, "accessanalyzer/analyzers.toml").await;
    let names = [
        "arn",
        "type",
        "status",
        "unused_access_age",
        "last_resource_analyzed_at",
        "tags",
    ];
    assert_eq!(
        columns(&seen, "aws_accessanalyzer_analyzer", &names),
        [
            json!([
                format!("{ANALYZER}external"),
                "ORGANIZATION",
                "ACTIVE",
                null,
                "2026-01-01T00:00:00Z",
                r#"{"team":"security"}"#
            ]),
            json!([
                format!("{ANALYZER}unused"),
                "ACCOUNT_UNUSED_ACCESS",
                "ACTIVE",
                90,
                null,
                r#"{"team":"security"}"#
            ]),
        ]
    );
}

#[tokio::test]
async fn rules_and_numbers_stand_by_their_analyzer_and_failures_name_it() {
    let seen = replay(COLLECTOR, "accessanalyzer/analyzers.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_accessanalyzer_archive_rule",
            &["arn", "filter_fields", "filter"]
        ),
        [json!([
            format!("{ANALYZER}external/archive-rule/partner"),
            ["error", "isPublic", "resourceType"],
            r#"{"error":{"exists":false},"isPublic":{"eq":["false"]},"resourceType":{"eq":["AWS::S3::Bucket"]}}"#,
        ])]
    );
    assert_eq!(
        seen.table("aws_accessanalyzer_findings_statistics"),
        [json!({
            "analyzer_arn": format!("{ANALYZER}external"),
            "total_active_findings": 2,
            "total_archived_findings": 1,
            "total_resolved_findings": 7,
        })]
    );
    let unused = format!("{ANALYZER}unused");
    assert_eq!(
        errors(&seen),
        [
            json!(["accessanalyzer:GetFindingsStatistics", unused, "throttled"]),
            json!(["accessanalyzer:ListArchiveRules", unused, "access_denied"]),
        ]
    );
}

#[tokio::test]
async fn no_analyzer_is_no_error_and_a_web_page_is_one() {
    let empty = replay(COLLECTOR, "accessanalyzer/empty.toml").await;
    assert!(empty.rows.is_empty() && empty.errors.is_empty());
    let missing = replay(COLLECTOR, "accessanalyzer/not-there.toml").await;
    assert_eq!(
        errors(&missing),
        [json!(["accessanalyzer:ListAnalyzers", null, "not_supported"])]
    );
}
