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

const TOPIC: &str = "arn:aws:sns:us-east-1:111122223333:";

#[tokio::test]
async fn topics_come_from_every_page_and_a_denied_one_is_named() {
    let seen = replay(COLLECTOR, "sns/topics.toml").await;
    assert_eq!(
        columns(&seen, "aws_sns_topic", &["arn", "name"]),
        [
            json!([format!("{TOPIC}alarms"), "alarms"]),
            json!([format!("{TOPIC}orders"), "orders"]),
        ]
    );
    assert_eq!(
        seen.table("aws_sns_topic_attributes"),
        [json!({
            "topic_arn": format!("{TOPIC}alarms"),
            "display_name": null,
            "owner": "111122223333",
            "kms_master_key_id": "alias/baseline/sns",
            "policy": r#"{"Statement":[],"Version":"2012-10-17"}"#,
            "subscriptions_confirmed": 2,
            "subscriptions_pending": 1,
            "fifo_topic": false,
        })]
    );
    assert_eq!(
        errors(&seen),
        [json!([
            "sns:GetTopicAttributes",
            format!("{TOPIC}orders"),
            "access_denied"
        ])]
    );
}

#[tokio::test]
async fn subscriptions_that_wait_are_not_confirmed() {
    let seen = replay(COLLECTOR, "sns/topics.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_sns_topic_subscription",
            &["subscription_arn", "protocol", "endpoint", "confirmed"]
        ),
        [
            json!(["PendingConfirmation", "email", "security@example.com", false]),
            json!([format!("{TOPIC}alarms:1"), "https", "https://192.0.2.1/", true]),
        ]
    );
}

#[tokio::test]
async fn throttled_subscriptions_are_on_the_ledger() {
    let seen = replay(COLLECTOR, "sns/throttled.toml").await;
    assert!(seen.rows.is_empty());
    assert_eq!(errors(&seen), [json!(["sns:ListSubscriptions", null, "throttled"])]);
}
