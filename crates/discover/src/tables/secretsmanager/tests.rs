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

const SECRET: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:";

#[tokio::test]
async fn secrets_come_from_every_page() {
    let seen = replay(COLLECTOR, "secretsmanager/secrets.toml").await;
    let names = [
        "name",
        "kms_key_id",
        "rotation_enabled",
        "rotation_days",
        "last_rotated_date",
        "next_rotation_date",
        "last_accessed_date",
        "tags",
    ];
    assert_eq!(
        columns(&seen, "aws_secretsmanager_secret", &names),
        [
            json!([
                "db",
                "alias/baseline/secrets",
                true,
                30,
                "2026-01-01T00:00:00Z",
                "2026-02-01T00:00:00Z",
                "2026-01-30T00:00:00Z",
                r#"{"owner":"data"}"#
            ]),
            json!(["plain", null, false, null, null, null, null, "{}"]),
            json!(["shut", null, false, null, null, null, null, "{}"]),
        ]
    );
}

#[tokio::test]
async fn only_a_policy_that_is_there_is_a_row() {
    let seen = replay(COLLECTOR, "secretsmanager/secrets.toml").await;
    assert_eq!(
        columns(&seen, "aws_secretsmanager_secret_policy", &["arn", "policy"]),
        [json!([
            format!("{SECRET}db-a"),
            r#"{"Statement":[],"Version":"2012-10-17"}"#
        ])]
    );
    assert_eq!(
        errors(&seen),
        [json!([
            "secretsmanager:GetResourcePolicy",
            format!("{SECRET}shut-c"),
            "access_denied"
        ])]
    );
}

#[tokio::test]
async fn no_value_is_ever_asked_for() {
    let seen = replay(COLLECTOR, "secretsmanager/secrets.toml").await;
    assert!(
        seen.calls
            .iter()
            .all(|call| call == "ListSecrets" || call == "GetResourcePolicy"),
        "{:?}",
        seen.calls
    );
}

#[tokio::test]
async fn a_throttled_list_is_an_error() {
    let seen = replay(COLLECTOR, "secretsmanager/throttled.toml").await;
    assert_eq!(seen.rows.len(), 0);
    assert_eq!(
        errors(&seen),
        [json!(["secretsmanager:ListSecrets", null, "throttled"])]
    );
}

#[tokio::test]
async fn an_operation_that_the_endpoint_does_not_know_is_asked_for_once() {
    let seen = replay(COLLECTOR, "secretsmanager/unknown_operation.toml").await;
    assert_eq!(seen.calls, ["ListSecrets", "GetResourcePolicy"]);
    let failed = |name: &str| {
        json!([
            "secretsmanager:GetResourcePolicy",
            format!("{SECRET}{name}"),
            "not_supported"
        ])
    };
    assert_eq!(errors(&seen), [failed("db-a"), failed("plain-b")]);
}

#[tokio::test]
async fn one_web_page_does_not_speak_for_the_other_secrets() {
    let seen = replay(COLLECTOR, "secretsmanager/web_page.toml").await;
    assert_eq!(seen.calls, ["ListSecrets", "GetResourcePolicy", "GetResourcePolicy"]);
    assert_eq!(seen.errors.len(), 1, "{:?}", seen.errors);
}
