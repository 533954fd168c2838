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

#[tokio::test]
async fn a_recorder_and_its_channel_with_their_states() {
    let seen = replay(COLLECTOR, "config/recorder.toml").await;
    assert_eq!(
        seen.table("aws_config_configuration_recorder"),
        [json!({
            "arn": "arn:aws:config:us-east-1:111122223333:configuration-recorder/default",
            "name": "default",
            "role_arn": "arn:aws:iam::111122223333:role/config",
            "all_supported": false,
            "include_global_resource_types": false,
            "recording_strategy": "EXCLUSION_BY_RESOURCE_TYPES",
            "resource_types": [],
            "excluded_resource_types": ["AWS::IAM::Role", "AWS::IAM::User"],
            "recording_frequency": "DAILY",
            "service_principal": null,
        })]
    );
    let names = ["recorder_name", "recording", "last_status", "last_error_code"];
    assert_eq!(
        columns(&seen, "aws_config_configuration_recorder_status", &names),
        [json!(["default", true, "FAILURE", "AccessDenied"])]
    );
    let names = ["arn", "s3_bucket_name", "delivery_frequency"];
    assert_eq!(
        columns(&seen, "aws_config_delivery_channel", &names),
        [json!([
            "arn:aws:config:us-east-1:111122223333:delivery-channel/default",
            "config-logs",
            "TwentyFour_Hours"
        ])]
    );
    let names = [
        "channel_name",
        "history_last_status",
        "snapshot_last_status",
        "stream_last_status",
        "stream_last_error_code",
    ];
    assert_eq!(
        columns(&seen, "aws_config_delivery_channel_status", &names),
        [json!(["default", "Success", null, "Failure", "TopicNotFound"])]
    );
}

#[tokio::test]
async fn rules_come_from_every_page_and_denied_packs_are_on_the_ledger() {
    let seen = replay(COLLECTOR, "config/recorder.toml").await;
    let names = ["name", "source_identifier", "created_by", "input_parameters"];
    assert_eq!(
        columns(&seen, "aws_config_rule", &names),
        [
            json!(["ssh", "INCOMING_SSH_DISABLED", null, null]),
            json!([
                "volumes",
                "ENCRYPTED_VOLUMES",
                "securityhub.amazonaws.com",
                r#"{"kmsId":"a"}"#
            ]),
        ]
    );
    assert_eq!(
        errors(&seen),
        [json!(["config:DescribeConformancePacks", null, "access_denied"])]
    );
}

#[tokio::test]
async fn aggregators_say_how_far_they_reach() {
    let seen = replay(COLLECTOR, "config/recorder.toml").await;
    let names = [
        "name",
        "is_organization",
        "all_aws_regions",
        "aws_regions",
        "account_ids",
    ];
    assert_eq!(
        columns(&seen, "aws_config_configuration_aggregator", &names),
        [
            json!(["all", true, true, [], []]),
            json!([
                "some",
                false,
                false,
                ["eu-west-1", "us-east-1"],
                ["111122223333", "444455556666"]
            ]),
        ]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_config_retention_configuration",
            &["retention_period_in_days"]
        ),
        [json!([365])]
    );
}

#[tokio::test]
async fn what_came_before_a_throttled_page_stays() {
    let seen = replay(COLLECTOR, "config/throttled.toml").await;
    assert_eq!(columns(&seen, "aws_config_rule", &["name"]), [json!(["volumes"])]);
    assert_eq!(
        errors(&seen),
        [json!(["config:DescribeConfigRules", null, "throttled"])]
    );
    assert_eq!(seen.rows.len(), 1);
}
