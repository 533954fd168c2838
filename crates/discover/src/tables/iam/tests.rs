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

/// Operation and class of every error on the ledger, sorted.
fn errors(seen: &Seen) -> Vec<Value> {
    let mut errors: Vec<Value> = seen
        .errors
        .iter()
        .map(|error| json!([error["operation"], error["class"]]))
        .collect();
    errors.sort_by_key(Value::to_string);
    errors
}

#[tokio::test(flavor = "current_thread")]
async fn users_groups_and_roles_of_all_pages_are_read() {
    let seen = replay(COLLECTOR, "iam/account.toml").await;
    assert_eq!(seen.errors, Vec::<Value>::new());
    let names = [
        "name",
        "groups",
        "attached_policy_arns",
        "inline_policy_names",
        "permissions_boundary_arn",
        "tags",
    ];
    assert_eq!(
        columns(&seen, "aws_iam_user", &names),
        [json!([
            "ana",
            ["builders", "operators"],
            ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
            ["buckets"],
            "arn:aws:iam::111122223333:policy/edge",
            r#"{"team":"data"}"#
        ])]
    );
    assert_eq!(
        columns(&seen, "aws_iam_group", &["name", "attached_policy_arns"]),
        [json!(["builders", []])]
    );
    let names = [
        "name",
        "instance_profile_arns",
        "role_last_used_date",
        "role_last_used_region",
    ];
    assert_eq!(
        columns(&seen, "aws_iam_role", &names),
        [json!([
            "web",
            ["arn:aws:iam::111122223333:instance-profile/web"],
            "2026-01-15T00:00:00Z",
            "eu-west-1"
        ])]
    );
    assert_eq!(
        columns(&seen, "aws_iam_role_session", &["name", "max_session_duration"]),
        [json!(["web", 43200])]
    );
}

#[tokio::test(flavor = "current_thread")]
async fn documents_are_decoded_and_of_the_version_in_force() {
    let seen = replay(COLLECTOR, "iam/account.toml").await;
    assert_eq!(
        columns(&seen, "aws_iam_policy", &["name", "attachment_count", "policy"]),
        [json!([
            "everything",
            3,
            r#"{"Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}"#
        ])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_iam_inline_policy",
            &["principal_type", "principal_name", "principal_path", "policy"]
        ),
        [json!([
            "user",
            "ana",
            "/people/",
            r#"{"Statement":[{"Action":"s3:*","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}"#
        ])]
    );
    assert_eq!(
        columns(&seen, "aws_iam_role", &["assume_role_policy"]),
        [json!([
            r#"{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"}}],"Version":"2012-10-17"}"#
        ])]
    );
}

#[tokio::test(flavor = "current_thread")]
async fn the_credential_report_is_waited_for_and_says_nothing_where_it_knows_nothing() {
    let seen = replay(COLLECTOR, "iam/account.toml").await;
    let names = [
        "user_name",
        "password_enabled",
        "password_last_used",
        "mfa_active",
        "access_key_1_active",
        "access_key_1_last_used_date",
    ];
    assert_eq!(
        columns(&seen, "aws_iam_credential_report", &names),
        [
            json!(["<root_account>", null, "2025-12-01T08:00:00Z", true, false, null]),
            json!(["ana", true, null, true, false, null]),
            json!(["build", false, null, false, true, "2026-01-30T10:00:00Z"]),
        ]
    );
    assert_eq!(
        seen.calls
            .iter()
            .filter(|call| *call == "GenerateCredentialReport")
            .count(),
        2
    );
}

#[tokio::test(flavor = "current_thread")]
async fn only_users_with_keys_are_asked_for_them() {
    let seen = replay(COLLECTOR, "iam/account.toml").await;
    assert_eq!(
        columns(&seen, "aws_iam_access_key", &["access_key_id", "user_name", "status"]),
        [json!(["AKIAIOSFODNN7EXAMPLE", "build", "Active"])]
    );
    assert_eq!(seen.calls.iter().filter(|call| *call == "ListAccessKeys").count(), 1);
}

#[tokio::test(flavor = "current_thread")]
async fn settings_and_providers_are_read() {
    let seen = replay(COLLECTOR, "iam/account.toml").await;
    let names = [
        "account_mfa_enabled",
        "account_access_keys_present",
        "account_password_present",
        "users",
        "roles",
    ];
    assert_eq!(
        columns(&seen, "aws_iam_account_summary", &names),
        [json!([true, false, true, 2, null])]
    );
    let names = [
        "minimum_password_length",
        "require_symbols",
        "expire_passwords",
        "max_password_age",
    ];
    assert_eq!(
        columns(&seen, "aws_iam_account_password_policy", &names),
        [json!([14, true, false, null])]
    );
    assert_eq!(
        columns(&seen, "aws_iam_account_alias", &["alias"]),
        [json!(["example-prod"])]
    );
    assert_eq!(
        columns(&seen, "aws_iam_saml_provider", &["name", "valid_until"]),
        [json!(["baseline-idp-workforce", "2027-01-01T00:00:00Z"])]
    );
    assert_eq!(
        columns(&seen, "aws_iam_open_id_connect_provider", &["url"]),
        [json!(["token.example.com/team"])]
    );
    assert_eq!(
        columns(&seen, "aws_iam_server_certificate", &["name", "expiration"]),
        [json!(["old-web", "2025-01-01T00:00:00Z"])]
    );
    assert_eq!(
        columns(&seen, "aws_iam_organizations_feature", &["feature"]),
        [json!(["RootCredentialsManagement"])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_iam_virtual_mfa_device",
            &["serial_number", "user_arn", "user_name"]
        ),
        [
            json!([
                "arn:aws:iam::111122223333:mfa/root-account-mfa-device",
                "arn:aws:iam::111122223333:root",
                null
            ]),
            json!(["arn:aws:iam::111122223333:mfa/spare", null, null]),
        ]
    );
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_not_set_is_no_error_and_what_failed_is() {
    let seen = replay(COLLECTOR, "iam/empty.toml").await;
    assert!(seen.rows.is_empty(), "{:?}", seen.rows);
    assert_eq!(
        errors(&seen),
        [
            json!(["iam:GenerateCredentialReport", "throttled"]),
            json!(["iam:GetAccountSummary", "access_denied"])
        ]
    );
}

#[tokio::test(flavor = "current_thread")]
async fn a_report_that_is_no_table_is_malformed() {
    let seen = replay(COLLECTOR, "iam/broken-report.toml").await;
    assert_eq!(
        columns(&seen, "aws_iam_credential_report", &["user_name"]),
        Vec::<Value>::new()
    );
    assert_eq!(errors(&seen), [json!(["iam:GetCredentialReport", "malformed"])]);
}
