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

const DETECTOR: &str = "arn:aws:guardduty:us-east-1:111122223333:detector/d1";

#[tokio::test]
async fn a_detector_comes_with_its_plans_and_the_settings_below_them() {
    let seen = replay(COLLECTOR, "guardduty/member.toml").await;
    assert_eq!(
        seen.table("aws_guardduty_detector"),
        [json!({
            "arn": DETECTOR,
            "detector_id": "d1",
            "status": "ENABLED",
            "finding_publishing_frequency": "FIFTEEN_MINUTES",
            "created_at": "2025-01-01T00:00:00Z",
            "updated_at": "2025-02-01T00:00:00Z",
            "tags": r#"{"team":"security"}"#,
        })]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_guardduty_detector_feature",
            &["name", "additional", "status"]
        ),
        [
            json!(["RUNTIME_MONITORING", "", "DISABLED"]),
            json!(["RUNTIME_MONITORING", "EC2_AGENT_MANAGEMENT", "ENABLED"]),
            json!(["S3_DATA_EVENTS", "", "ENABLED"]),
        ]
    );
}

#[tokio::test]
async fn a_member_is_asked_for_its_administrator_and_no_more() {
    let seen = replay(COLLECTOR, "guardduty/member.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_guardduty_administrator",
            &["administrator_account_id", "relationship_status"]
        ),
        [json!(["777788889999", "Enabled"])]
    );
    assert_eq!(seen.calls.len(), 3);
    assert_eq!(errors(&seen), [] as [Value; 0]);
}

#[tokio::test]
async fn the_administrator_tells_of_the_organization_on_every_page() {
    let seen = replay(COLLECTOR, "guardduty/administrator.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_guardduty_organization_configuration",
            &["detector_arn", "auto_enable_organization_members", "features"]
        ),
        [json!([
            DETECTOR,
            "ALL",
            r#"{"EKS_AUDIT_LOGS":"NEW","S3_DATA_EVENTS":"ALL"}"#
        ])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_guardduty_member",
            &["member_account_id", "relationship_status"]
        ),
        [json!(["444455556666", "Enabled"]), json!(["777788889999", "Removed"])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_guardduty_publishing_destination",
            &["destination_id", "status"]
        ),
        [json!(["x", "PUBLISHING"])]
    );
    assert_eq!(seen.table("aws_guardduty_administrator"), [] as [Value; 0]);
}

#[tokio::test]
async fn whoever_administers_nobody_has_no_organization_and_no_error_for_it() {
    let seen = replay(COLLECTOR, "guardduty/lone.toml").await;
    assert!(seen.rows.is_empty());
    assert_eq!(
        errors(&seen),
        [
            json!(["guardduty:GetDetector", null, "throttled"]),
            json!(["guardduty:ListPublishingDestinations", null, "access_denied"]),
        ]
    );
    assert!(!seen.calls.iter().any(|call| call == "ListMembers"));
}

#[tokio::test]
async fn where_it_is_off_there_is_one_call() {
    let seen = replay(COLLECTOR, "guardduty/off.toml").await;
    assert!(seen.rows.is_empty() && seen.errors.is_empty());
    assert_eq!(seen.calls, ["ListDetectors"]);
}
