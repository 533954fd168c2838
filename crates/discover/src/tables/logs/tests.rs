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

const GROUP: &str = "arn:aws:logs:us-east-1:111122223333:log-group:";

#[tokio::test]
async fn groups_come_from_every_page_and_say_whether_events_go() {
    let seen = replay(COLLECTOR, "logs/groups.toml").await;
    let names = ["arn", "expires", "retention_in_days", "kms_key_id", "creation_time"];
    assert_eq!(
        columns(&seen, "aws_cloudwatch_log_group", &names),
        [
            json!([
                format!("{GROUP}/app"),
                true,
                30,
                "arn:aws:kms:us-east-1:111122223333:key/a",
                "2025-01-01T00:00:00Z"
            ]),
            json!([format!("{GROUP}/old"), false, null, null, "2025-01-01T00:00:00Z"]),
        ]
    );
}

#[tokio::test]
async fn filters_and_policies_are_read_for_the_whole_region() {
    let seen = replay(COLLECTOR, "logs/groups.toml").await;
    let names = [
        "log_group_name",
        "name",
        "filter_pattern",
        "metric_transformation_namespace",
        "metric_transformation_name",
    ];
    assert_eq!(
        columns(&seen, "aws_cloudwatch_log_metric_filter", &names),
        [json!([
            "/app",
            "root",
            r#"{ $.userIdentity.type = "Root" }"#,
            "CIS",
            "root-use"
        ])]
    );
    assert_eq!(
        columns(&seen, "aws_cloudwatch_log_resource_policy", &["arn", "policy"]),
        [
            json!([
                "arn:aws:logs:us-east-1:111122223333:resource-policy:first",
                r#"{"Statement":[],"Version":"2012-10-17"}"#
            ]),
            json!([
                "arn:aws:logs:us-east-1:111122223333:resource-policy:second",
                r#""not a policy""#
            ]),
        ]
    );
    assert_eq!(seen.calls.len(), 5);
}

#[tokio::test]
async fn failures_are_on_the_ledger() {
    let seen = replay(COLLECTOR, "logs/denied.toml").await;
    assert!(seen.rows.is_empty());
    assert_eq!(
        errors(&seen),
        [
            json!(["logs:DescribeMetricFilters", null, "throttled"]),
            json!(["logs:DescribeResourcePolicies", null, "access_denied"]),
        ]
    );
}
