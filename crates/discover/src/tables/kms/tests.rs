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

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/";

fn key(id: &str) -> String {
    format!("{KEY}{id}")
}

#[tokio::test]
async fn keys_come_from_every_page() {
    let seen = replay(COLLECTOR, "kms/keys.toml").await;
    let names = ["arn", "key_manager", "key_state", "key_spec", "deletion_date"];
    assert_eq!(
        columns(&seen, "aws_kms_key", &names),
        [
            json!([key("aws"), "AWS", "Enabled", "SYMMETRIC_DEFAULT", null]),
            json!([key("own"), "CUSTOMER", "Enabled", "SYMMETRIC_DEFAULT", null]),
            json!([
                key("rsa"),
                "CUSTOMER",
                "PendingDeletion",
                "RSA_2048",
                "2026-02-14T10:00:00Z"
            ]),
        ]
    );
}

#[tokio::test]
async fn details_are_asked_of_keys_that_have_them() {
    let seen = replay(COLLECTOR, "kms/keys.toml").await;
    assert_eq!(
        columns(&seen, "aws_kms_key_policy", &["key_arn", "policy"]),
        [json!([key("own"), r#"{"Statement":[],"Version":"2012-10-17"}"#])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_kms_key_rotation",
            &["key_arn", "key_rotation_enabled", "rotation_period_in_days"]
        ),
        [json!([key("own"), true, 180])]
    );
    assert_eq!(
        seen.calls.iter().filter(|call| *call == "GetKeyRotationStatus").count(),
        1
    );
}

#[tokio::test]
async fn grants_come_from_every_page() {
    let seen = replay(COLLECTOR, "kms/keys.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_kms_grant",
            &["grant_id", "grantee_principal", "issuing_account", "operations"]
        ),
        [
            json!([
                "1",
                "arn:aws:iam::111122223333:role/app",
                "arn:aws:iam::111122223333:root",
                ["Decrypt", "GenerateDataKey"]
            ]),
            json!(["2", "dynamodb.amazonaws.com", null, ["Decrypt"]]),
        ]
    );
}

#[tokio::test]
async fn aliases_name_their_keys() {
    let seen = replay(COLLECTOR, "kms/keys.toml").await;
    assert_eq!(
        columns(&seen, "aws_kms_alias", &["alias_name", "target_key_id"]),
        [json!(["alias/aws/ebs", null]), json!(["alias/baseline/s3", "own"])]
    );
}

#[tokio::test]
async fn denials_name_their_key() {
    let seen = replay(COLLECTOR, "kms/keys.toml").await;
    assert_eq!(
        errors(&seen),
        [
            json!(["kms:DescribeKey", key("shut"), "access_denied"]),
            json!(["kms:GetKeyPolicy", key("rsa"), "access_denied"]),
        ]
    );
}

#[tokio::test]
async fn no_key_is_no_row_and_throttled_aliases_are_an_error() {
    let seen = replay(COLLECTOR, "kms/throttled.toml").await;
    assert_eq!(seen.rows.len(), 0);
    assert_eq!(errors(&seen), [json!(["kms:ListAliases", null, "throttled"])]);
}
