use serde_json::{Value, json};

use super::COLLECTOR;
use crate::tables::testing::{Seen, replay};

/// Some columns of a table's rows, sorted by them.
fn columns(seen: &Seen, table: &str, names: &[&str]) -> Vec<Value> {
    let row = |row: &Value| names.iter().map(|name| row[*name].clone()).collect();
    let mut rows: Vec<Value> = seen.table(table).iter().map(row).collect();
    rows.sort_by_key(Value::to_string);
    rows
}

#[tokio::test]
async fn the_tree_is_walked_to_its_leaves() {
    let seen = replay(COLLECTOR, "organizations/organization.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_organizations_organizational_unit",
            &["id", "parent_id", "path"]
        ),
        [
            json!(["ou-abcd-11111111", "r-abcd", "Root/Security"]),
            json!(["ou-abcd-22222222", "r-abcd", "Root/Workloads"]),
            json!(["ou-abcd-33333333", "ou-abcd-22222222", "Root/Workloads/Prod"]),
        ]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_organizations_account",
            &["id", "status", "path", "policy_target_ids"]
        ),
        [
            json!(["111122223333", "ACTIVE", "Root", ["r-abcd", "111122223333"]]),
            json!([
                "444455556666",
                "ACTIVE",
                "Root/Workloads/Prod",
                ["r-abcd", "ou-abcd-22222222", "ou-abcd-33333333", "444455556666"]
            ]),
            json!([
                "777788889999",
                "PENDING_CLOSURE",
                "Root/Workloads/Prod",
                ["r-abcd", "ou-abcd-22222222", "ou-abcd-33333333", "777788889999"]
            ]),
        ]
    );
    assert_eq!(
        seen.table("aws_organizations_root")[0]["policy_types"],
        json!(["SERVICE_CONTROL_POLICY"])
    );
}

#[tokio::test]
async fn a_policy_that_cannot_be_read_keeps_its_targets_and_leaves_an_error_about_no_one_resource() {
    let seen = replay(COLLECTOR, "organizations/organization.toml").await;
    assert_eq!(
        columns(&seen, "aws_organizations_policy_document", &["policy_id", "content"]),
        [json!([
            "p-11111111",
            r#"{"Statement":[{"Action":"organizations:LeaveOrganization","Effect":"Deny","Resource":"*"}],"Version":"2012-10-17"}"#
        ])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_organizations_policy_target",
            &["policy_id", "target_id", "target_type"]
        ),
        [
            json!(["p-11111111", "r-abcd", "ROOT"]),
            json!(["p-22222222", "ou-abcd-22222222", "ORGANIZATIONAL_UNIT"])
        ]
    );
    let errors: Vec<_> = seen
        .errors
        .iter()
        .map(|error| (&error["operation"], &error["class"], &error["resource"]))
        .collect();
    assert_eq!(
        errors,
        [(
            &json!("organizations:DescribePolicy"),
            &json!("access_denied"),
            &Value::Null
        )]
    );
}

#[tokio::test]
async fn what_aws_manages_is_listed_and_not_asked_for() {
    let seen = replay(COLLECTOR, "organizations/organization.toml").await;
    assert_eq!(
        columns(&seen, "aws_organizations_policy", &["name", "aws_managed"]),
        [
            json!(["FullAWSAccess", true]),
            json!(["baseline-guardrails-all", false]),
            json!(["baseline-guardrails-workloads", false]),
        ]
    );
    assert_eq!(
        seen.calls.iter().filter(|call| *call == "ListTargetsForPolicy").count(),
        2
    );
    assert_eq!(seen.calls.iter().filter(|call| *call == "ListPolicies").count(), 1);
}

#[tokio::test]
async fn administrators_are_read_with_their_services() {
    let seen = replay(COLLECTOR, "organizations/organization.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_organizations_delegated_service",
            &["delegated_account_id", "service_principal"]
        ),
        [
            json!(["444455556666", "guardduty.amazonaws.com"]),
            json!(["444455556666", "securityhub.amazonaws.com"])
        ]
    );
    assert_eq!(
        columns(&seen, "aws_organizations_service_access", &["service_principal"]),
        [json!(["config.amazonaws.com"])]
    );
    assert_eq!(seen.table("aws_organizations_resource_policy"), &[] as &[Value]);
}

#[tokio::test]
async fn an_account_in_no_organization_is_no_error() {
    let seen = replay(COLLECTOR, "organizations/none.toml").await;
    assert_eq!(seen.errors, Vec::<Value>::new());
    assert!(seen.rows.is_empty(), "{:?}", seen.rows);
    assert_eq!(seen.calls, ["DescribeOrganization"]);
}

#[tokio::test]
async fn units_that_were_throttled_away_are_on_the_ledger() {
    let seen = replay(COLLECTOR, "organizations/throttled.toml").await;
    assert_eq!(
        columns(&seen, "aws_organizations_account", &["id"]),
        [json!(["111122223333"])]
    );
    let errors: Vec<_> = seen
        .errors
        .iter()
        .map(|error| (&error["operation"], &error["class"]))
        .collect();
    assert_eq!(
        errors,
        [(
            &json!("organizations:ListOrganizationalUnitsForParent"),
            &json!("throttled")
        )]
    );
    assert_eq!(
        columns(&seen, "aws_organizations_resource_policy", &["arn"]),
        [json!([
            "arn:aws:organizations::111122223333:resourcepolicy/o-exampleorg/rp-11111111"
        ])]
    );
}
