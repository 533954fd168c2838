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

const TRAIL: &str = "arn:aws:cloudtrail:us-east-1:111122223333:trail/";
const ORGANIZATION: &str = "arn:aws:cloudtrail:us-east-1:444455556666:trail/org";

#[tokio::test]
async fn trails_are_read_in_their_home_region() {
    let seen = replay(COLLECTOR, "cloudtrail/trails.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_cloudtrail_trail",
            &["arn", "kms_key_id", "is_organization_trail"]
        ),
        [
            json!([format!("{TRAIL}advanced"), null, false]),
            json!([
                format!("{TRAIL}basic"),
                "arn:aws:kms:us-east-1:111122223333:key/a",
                false
            ]),
            json!([format!("{TRAIL}denied"), null, false]),
            json!([ORGANIZATION, null, true]),
        ]
    );
}

#[tokio::test]
async fn the_status_of_every_trail_is_read() {
    let seen = replay(COLLECTOR, "cloudtrail/trails.toml").await;
    let names = [
        "trail_arn",
        "is_logging",
        "latest_delivery_error",
        "latest_delivery_time",
    ];
    assert_eq!(
        columns(&seen, "aws_cloudtrail_trail_status", &names),
        [
            json!([format!("{TRAIL}advanced"), true, "", "2026-01-01T00:00:00.5Z"]),
            json!([format!("{TRAIL}basic"), true, "", "2026-01-01T00:00:00.5Z"]),
            json!([format!("{TRAIL}denied"), true, "", "2026-01-01T00:00:00.5Z"]),
            json!([ORGANIZATION, false, "AccessDenied", null]),
        ]
    );
}

#[tokio::test]
async fn basic_and_advanced_selectors_have_one_form() {
    let seen = replay(COLLECTOR, "cloudtrail/trails.toml").await;
    let names = [
        "trail_arn",
        "position",
        "event_category",
        "read_write_type",
        "resource_type",
        "conditions",
    ];
    let advanced = format!("{TRAIL}advanced");
    let basic = format!("{TRAIL}basic");
    assert_eq!(
        columns(&seen, "aws_cloudtrail_event_selector", &names),
        [
            json!([advanced, 0, "Management", "All", null, []]),
            json!([
                advanced,
                1,
                "Data",
                "WriteOnly",
                "AWS::S3::Object",
                ["resources.ARN notStartsWith arn:aws:s3:::logs/"]
            ]),
            json!([
                basic,
                0,
                "Management",
                "WriteOnly",
                null,
                ["eventSource notEquals kms.amazonaws.com"]
            ]),
            json!([basic, 1, "Data", "WriteOnly", "AWS::S3::Object", []]),
            json!([
                basic,
                2,
                "Data",
                "WriteOnly",
                "AWS::Lambda::Function",
                ["resources.ARN startsWith arn:aws:lambda:us-east-1:111122223333:function:f"]
            ]),
        ]
    );
    assert_eq!(
        errors(&seen),
        [json!([
            "cloudtrail:GetEventSelectors",
            format!("{TRAIL}denied"),
            "access_denied"
        ])]
    );
}

#[tokio::test]
async fn insights_are_asked_where_the_trail_has_them() {
    let seen = replay(COLLECTOR, "cloudtrail/trails.toml").await;
    assert_eq!(
        columns(&seen, "aws_cloudtrail_insight_selector", &["insight_type"]),
        [json!(["ApiCallRateInsight"]), json!(["ApiErrorRateInsight"])]
    );
    assert_eq!(
        seen.calls.iter().filter(|call| *call == "GetInsightSelectors").count(),
        1
    );
}

#[tokio::test]
async fn an_account_without_trails_is_one_call() {
    let seen = replay(COLLECTOR, "cloudtrail/empty.toml").await;
    assert!(seen.rows.is_empty() && seen.errors.is_empty());
    assert_eq!(seen.calls, ["DescribeTrails"]);
}

#[tokio::test]
async fn a_throttled_status_is_on_the_ledger_and_insights_that_are_off_are_not() {
    let seen = replay(COLLECTOR, "cloudtrail/throttled.toml").await;
    assert_eq!(seen.table("aws_cloudtrail_trail").len(), 1);
    assert_eq!(seen.table("aws_cloudtrail_trail_status"), [] as [Value; 0]);
    assert_eq!(
        errors(&seen),
        [json!([
            "cloudtrail:GetTrailStatus",
            format!("{TRAIL}main"),
            "throttled"
        ])]
    );
}

#[test]
fn every_resource_is_known_from_some() {
    for value in ["arn:aws:s3", "arn:aws:s3:::", "arn:aws:lambda", "arn:aws-cn:s3:::"] {
        assert!(is_every_resource(value), "{value}");
    }
    for value in [
        "arn:aws:s3:::logs/",
        "arn:aws:lambda:us-east-1:111122223333:function:f",
        "logs",
        "",
    ] {
        assert!(!is_every_resource(value), "{value}");
    }
}
