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

const HUB: &str = "arn:aws:securityhub:us-east-1:111122223333:hub/default";

#[tokio::test]
async fn standards_come_from_every_page() {
    let seen = replay(COLLECTOR, "securityhub/administrator.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_securityhub_hub",
            &["hub_arn", "auto_enable_controls", "subscribed_at"]
        ),
        [json!([HUB, true, "2025-01-01T00:00:00Z"])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_securityhub_standards_subscription",
            &["standards_arn", "standards_status"]
        ),
        [
            json!([
                "arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0",
                "READY"
            ]),
            json!([
                "arn:aws:securityhub:us-east-1::standards/cis-aws-foundations-benchmark/v/1.0.0",
                "READY"
            ]),
        ]
    );
    assert_eq!(errors(&seen), [] as [Value; 0]);
}

#[tokio::test]
async fn whoever_has_members_is_asked_for_the_organization() {
    let seen = replay(COLLECTOR, "securityhub/administrator.toml").await;
    assert_eq!(
        columns(&seen, "aws_securityhub_member", &["member_account_id", "member_status"]),
        [json!(["444455556666", "Enabled"])]
    );
    let names = ["auto_enable", "configuration_type", "configuration_status"];
    assert_eq!(
        columns(&seen, "aws_securityhub_organization_configuration", &names),
        [json!([false, "CENTRAL", "ENABLED"])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_securityhub_finding_aggregator",
            &["finding_aggregation_region", "region_linking_mode", "regions"]
        ),
        [json!(["us-east-1", "SPECIFIED_REGIONS", ["eu-west-1", "us-west-2"]])]
    );
}

#[tokio::test]
async fn a_member_has_an_administrator_and_an_aggregator_elsewhere_is_read_there() {
    let seen = replay(COLLECTOR, "securityhub/denied.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_securityhub_administrator",
            &["hub_arn", "administrator_account_id", "member_status"]
        ),
        [json!([HUB, "777788889999", "Enabled"])]
    );
    assert_eq!(seen.table("aws_securityhub_finding_aggregator"), [] as [Value; 0]);
    assert_eq!(
        errors(&seen),
        [json!(["securityhub:GetEnabledStandards", null, "access_denied"])]
    );
}

#[tokio::test]
async fn a_hub_that_is_off_is_no_error_and_one_that_is_throttled_is() {
    let off = replay(COLLECTOR, "securityhub/off.toml").await;
    assert!(off.rows.is_empty() && off.errors.is_empty());
    assert_eq!(off.calls, ["DescribeHub"]);
    let throttled = replay(COLLECTOR, "securityhub/throttled.toml").await;
    assert_eq!(
        errors(&throttled),
        [json!(["securityhub:DescribeHub", null, "throttled"])]
    );
}
