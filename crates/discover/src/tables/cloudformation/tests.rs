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

const STACK: &str = "arn:aws:cloudformation:us-east-1:111122223333:stack/";

#[tokio::test]
async fn stacks_that_the_listing_is_silent_about_are_asked_by_name() {
    let seen = replay(COLLECTOR, "cloudformation/stacks.toml").await;
    let names = [
        "arn",
        "status",
        "enable_termination_protection",
        "parent_id",
        "stack_drift_status",
    ];
    assert_eq!(
        columns(&seen, "aws_cloudformation_stack", &names),
        [
            json!([format!("{STACK}app/1"), "CREATE_COMPLETE", true, null, "DRIFTED"]),
            json!([format!("{STACK}denied/1"), "CREATE_COMPLETE", null, null, null]),
            json!([
                format!("{STACK}nested/1"),
                "CREATE_COMPLETE",
                null,
                format!("{STACK}app/1"),
                null
            ]),
            json!([format!("{STACK}said/1"), "UPDATE_ROLLBACK_FAILED", false, null, null]),
        ]
    );
    assert_eq!(
        errors(&seen),
        [json!([
            "cloudformation:DescribeStacks",
            format!("{STACK}denied/1"),
            "access_denied"
        ])]
    );
    assert_eq!(seen.calls.iter().filter(|call| *call == "DescribeStacks").count(), 4);
}

#[tokio::test]
async fn values_of_parameters_are_not_kept() {
    let seen = replay(COLLECTOR, "cloudformation/stacks.toml").await;
    let app = &seen.table("aws_cloudformation_stack")[0];
    assert_eq!(app["parameter_names"], json!(["Password"]));
    assert_eq!(app["tags"], json!(r#"{"team":"web"}"#));
    assert!(!format!("{:?}", seen.rows).contains("hunter2"));
}

#[tokio::test]
async fn stack_sets_come_with_their_instances() {
    let seen = replay(COLLECTOR, "cloudformation/stacks.toml").await;
    let set = "arn:aws:cloudformation:us-east-1:111122223333:stackset/baseline:1";
    assert_eq!(
        columns(
            &seen,
            "aws_cloudformation_stack_set",
            &["arn", "permission_model", "auto_deployment_enabled"]
        ),
        [json!([set, "SERVICE_MANAGED", true])]
    );
    let names = [
        "stack_set_arn",
        "target_account_id",
        "target_region",
        "status",
        "detailed_status",
    ];
    assert_eq!(
        columns(&seen, "aws_cloudformation_stack_instance", &names),
        [
            json!([set, "444455556666", "us-east-1", "CURRENT", null]),
            json!([set, "777788889999", "eu-west-1", "OUTDATED", "CANCELLED"]),
        ]
    );
}

#[tokio::test]
async fn throttled_stack_sets_are_on_the_ledger() {
    let seen = replay(COLLECTOR, "cloudformation/throttled.toml").await;
    assert!(seen.rows.is_empty());
    assert_eq!(
        errors(&seen),
        [json!(["cloudformation:ListStackSets", null, "throttled"])]
    );
}
