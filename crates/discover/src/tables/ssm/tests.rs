//! The collector over recorded replies.

use serde_json::{Value, json};

use super::*;
use crate::tables::testing::{Seen, replay};

fn columns(seen: &Seen, table: &str, names: &[&str]) -> Vec<Value> {
    let rows = seen.table(table).iter();
    rows.map(|row| names.iter().map(|name| row[*name].clone()).collect())
        .collect()
}

fn errors(seen: &Seen) -> Vec<Value> {
    let rows = seen.errors.iter();
    let mut errors: Vec<Value> = rows
        .map(|error| json!([error["operation"], error["resource"], error["class"]]))
        .collect();
    errors.sort_by_key(Value::to_string);
    errors
}

#[tokio::test]
async fn parameters_come_from_every_page_and_have_an_arn() {
    let seen = replay(COLLECTOR, "ssm/managed.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_ssm_parameter",
            &["arn", "name", "type", "key_id", "version"]
        ),
        [
            json!([
                "arn:aws:ssm:us-east-1:111122223333:parameter/app/token",
                "/app/token",
                "SecureString",
                "alias/aws/ssm",
                1
            ]),
            json!([
                "arn:aws:ssm:us-east-1:111122223333:parameter/plain",
                "plain",
                "String",
                null,
                3
            ]),
        ]
    );
}

#[tokio::test]
async fn machines_of_ec2_and_from_elsewhere_with_their_compliance() {
    let seen = replay(COLLECTOR, "ssm/managed.toml").await;
    let (instance, managed) = (
        "arn:aws:ec2:us-east-1:111122223333:instance/i-0a1b",
        "arn:aws:ssm:us-east-1:111122223333:managed-instance/mi-0c2d",
    );
    assert_eq!(
        columns(
            &seen,
            "aws_ssm_managed_instance",
            &["arn", "ping_status", "last_ping_date_time", "is_latest_version"]
        ),
        [
            json!([instance, "Online", "2026-01-30T00:00:00Z", true]),
            json!([managed, "ConnectionLost", null, null]),
        ]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_ssm_managed_instance_compliance",
            &["arn", "compliance_type", "status", "non_compliant_count"]
        ),
        [
            json!([instance, "Patch", "NON_COMPLIANT", 2]),
            json!([managed, "Association", "COMPLIANT", 0])
        ]
    );
}

#[tokio::test]
async fn sharing_of_documents_comes_from_every_page() {
    let seen = replay(COLLECTOR, "ssm/managed.toml").await;
    assert_eq!(seen.table("aws_ssm_document").len(), 3);
    assert_eq!(
        columns(&seen, "aws_ssm_document_permission", &["arn", "account_ids"]),
        [json!([
            "arn:aws:ssm:us-east-1:111122223333:document/open",
            ["444455556666", "all"]
        ])]
    );
    assert_eq!(
        errors(&seen),
        [json!([
            "ssm:DescribeDocumentPermission",
            "arn:aws:ssm:us-east-1:111122223333:document/shut",
            "access_denied"
        ])]
    );
}

#[tokio::test]
async fn a_setting_that_was_never_made_is_no_row_and_no_error() {
    let seen = replay(COLLECTOR, "ssm/managed.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_ssm_service_setting",
            &["setting_id", "setting_value", "status"]
        ),
        [json!([
            "/ssm/documents/console/public-sharing-permission",
            "Disable",
            "Customized"
        ])]
    );
}

#[tokio::test]
async fn without_machines_nobody_asks_for_their_compliance() {
    let seen = replay(COLLECTOR, "ssm/empty.toml").await;
    assert_eq!(seen.rows.len(), 0);
    assert_eq!(errors(&seen), [json!(["ssm:DescribeParameters", null, "throttled"])]);
    assert!(!seen.calls.iter().any(|call| call == "ListResourceComplianceSummaries"));
}
