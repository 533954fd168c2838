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

const EVENTS: &str = "arn:aws:events:us-east-1:111122223333:";

#[tokio::test]
async fn buses_and_their_rules_come_from_every_page() {
    let seen = replay(COLLECTOR, "events/rules.toml").await;
    assert_eq!(
        columns(&seen, "aws_eventbridge_bus", &["arn", "policy"]),
        [
            json!([format!("{EVENTS}event-bus/default"), null]),
            json!([
                format!("{EVENTS}event-bus/orders"),
                r#"{"Statement":[],"Version":"2012-10-17"}"#
            ]),
        ]
    );
    let names = ["arn", "event_bus_name", "state", "event_pattern", "managed_by"];
    assert_eq!(
        columns(&seen, "aws_eventbridge_rule", &names),
        [
            json!([
                format!("{EVENTS}rule/managed"),
                "default",
                "ENABLED",
                "{}",
                "autoscaling.amazonaws.com"
            ]),
            json!([format!("{EVENTS}rule/orders/denied"), "orders", "DISABLED", null, null]),
            json!([
                format!("{EVENTS}rule/root"),
                "default",
                "ENABLED",
                r#"{"detail-type":["AWS Console Sign In via CloudTrail"]}"#,
                null
            ]),
        ]
    );
}

#[tokio::test]
async fn targets_are_asked_of_own_rules_and_a_denial_leaves_the_region_open() {
    let seen = replay(COLLECTOR, "events/rules.toml").await;
    let root = format!("{EVENTS}rule/root");
    assert_eq!(
        columns(
            &seen,
            "aws_eventbridge_target",
            &["rule_arn", "target_id", "target_arn", "dead_letter_arn"]
        ),
        [
            json!([root, "1", "arn:aws:sns:us-east-1:111122223333:alarms", null]),
            json!([
                root,
                "2",
                "arn:aws:lambda:us-east-1:111122223333:function:notify",
                "arn:aws:sqs:us-east-1:111122223333:dead"
            ]),
        ]
    );
    assert_eq!(
        errors(&seen),
        [json!(["events:ListTargetsByRule", null, "access_denied"])]
    );
    assert_eq!(seen.calls.iter().filter(|call| *call == "ListTargetsByRule").count(), 3);
}

#[tokio::test]
async fn the_default_bus_is_read_without_the_list_of_buses() {
    let seen = replay(COLLECTOR, "events/throttled.toml").await;
    assert_eq!(errors(&seen), [json!(["events:ListEventBuses", null, "throttled"])]);
    assert!(seen.calls.iter().any(|call| call == "ListRules"));
}
