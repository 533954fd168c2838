//! The collector over recorded replies.

use serde_json::json;

use super::*;
use crate::tables::testing::{Seen, replay};

fn columns(seen: &Seen, table: &str, names: &[&str]) -> Vec<Value> {
    let rows = seen.table(table).iter();
    rows.map(|row| names.iter().map(|name| row[*name].clone()).collect())
        .collect()
}

fn errors(seen: &Seen) -> Vec<Value> {
    let rows = seen.errors.iter();
    rows.map(|error| json!([error["operation"], error["resource"], error["class"]]))
        .collect()
}

#[tokio::test]
async fn buckets_come_from_every_page() {
    let seen = replay(COLLECTOR, "s3/buckets.toml").await;
    assert_eq!(
        columns(&seen, "aws_s3_bucket", &["arn", "name", "creation_date"]),
        [
            json!(["arn:aws:s3:::logs", "logs", "2024-03-01T08:00:00Z"]),
            json!(["arn:aws:s3:::plain", "plain", "2024-04-01T08:00:00Z"]),
            json!(["arn:aws:s3:::shut", "shut", "2025-03-01T08:00:00Z"]),
        ]
    );
}

#[tokio::test]
async fn what_a_bucket_has_is_a_row_and_what_it_has_not_is_none() {
    let seen = replay(COLLECTOR, "s3/buckets.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_s3_bucket_encryption",
            &["arn", "sse_algorithm", "kms_master_key_id", "bucket_key_enabled"]
        ),
        [json!([
            "arn:aws:s3:::logs",
            "aws:kms",
            "arn:aws:kms:us-east-1:111122223333:key/k",
            true
        ])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_s3_bucket_versioning",
            &[
                "arn",
                "versioning_enabled",
                "versioning_mfa_delete",
                "versioning_status"
            ]
        ),
        [
            json!(["arn:aws:s3:::logs", true, false, "Enabled"]),
            json!(["arn:aws:s3:::plain", false, false, null]),
            json!(["arn:aws:s3:::shut", false, false, "Suspended"]),
        ]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_s3_bucket_public_access_block",
            &[
                "arn",
                "block_public_acls",
                "block_public_policy",
                "ignore_public_acls",
                "restrict_public_buckets"
            ]
        ),
        [json!(["arn:aws:s3:::logs", true, true, true, false])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_s3_bucket_logging",
            &["arn", "target_bucket", "target_prefix"]
        ),
        [json!(["arn:aws:s3:::logs", "access", "logs/"])]
    );
}

#[tokio::test]
async fn grants_say_whether_they_are_the_owners() {
    let seen = replay(COLLECTOR, "s3/buckets.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_s3_bucket_acl_grant",
            &["arn", "grantee_type", "grantee", "permission", "grantee_is_owner"]
        ),
        [
            json!(["arn:aws:s3:::logs", "CanonicalUser", "c0ffee", "FULL_CONTROL", true]),
            json!([
                "arn:aws:s3:::logs",
                "Group",
                "http://acs.amazonaws.com/groups/s3/LogDelivery",
                "WRITE",
                false
            ]),
            json!(["arn:aws:s3:::plain", "CanonicalUser", "c0ffee", "FULL_CONTROL", true]),
            json!(["arn:aws:s3:::shut", "CanonicalUser", "c0ffee", "FULL_CONTROL", true]),
        ]
    );
}

#[tokio::test]
async fn each_lifecycle_rule_is_a_row() {
    let seen = replay(COLLECTOR, "s3/buckets.toml").await;
    let names = [
        "id",
        "enabled",
        "prefix",
        "has_filter",
        "expiration_days",
        "noncurrent_expiration_days",
        "abort_incomplete_multipart_days",
        "glacier_days",
        "transitions",
    ];
    assert_eq!(
        columns(&seen, "aws_s3_bucket_lifecycle_rule", &names),
        [
            json!(["2", false, "tmp/", true, null, 7, 3, null, "[]"]),
            json!([
                "keep",
                true,
                "",
                false,
                365,
                null,
                null,
                90,
                r#"[{"days":30,"storage_class":"STANDARD_IA"},{"days":90,"storage_class":"GLACIER"}]"#
            ]),
        ]
    );
}

#[tokio::test]
async fn the_policys_status_and_the_object_lock_are_asked_only_where_they_matter() {
    let seen = replay(COLLECTOR, "s3/buckets.toml").await;
    assert_eq!(
        seen.calls
            .iter()
            .filter(|call| *call == "GetBucketPolicyStatus")
            .count(),
        1
    );
    assert_eq!(
        seen.calls
            .iter()
            .filter(|call| *call == "GetObjectLockConfiguration")
            .count(),
        1
    );
    assert_eq!(
        columns(
            &seen,
            "aws_s3_bucket_policy_status",
            &["arn", "bucket_policy_is_public"]
        ),
        [json!(["arn:aws:s3:::logs", false])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_s3_bucket_object_lock",
            &[
                "arn",
                "object_lock_enabled",
                "default_retention_mode",
                "default_retention_days"
            ]
        ),
        [json!(["arn:aws:s3:::logs", true, "COMPLIANCE", 365])]
    );
}

#[tokio::test]
async fn a_denied_and_a_throttled_call_are_errors_about_their_bucket_and_the_rest_stays() {
    let seen = replay(COLLECTOR, "s3/buckets.toml").await;
    let mut errors = errors(&seen);
    errors.sort_by_key(Value::to_string);
    assert_eq!(
        errors,
        [
            json!(["s3:GetBucketEncryption", "arn:aws:s3:::shut", "access_denied"]),
            json!(["s3:GetBucketPolicy", "arn:aws:s3:::shut", "throttled"]),
        ]
    );
    assert_eq!(
        columns(&seen, "aws_s3_bucket_policy", &["arn"]),
        [json!(["arn:aws:s3:::logs"])]
    );
}

#[tokio::test]
async fn access_points_have_their_own_block() {
    let seen = replay(COLLECTOR, "s3/buckets.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_s3_access_point",
            &[
                "arn",
                "name",
                "bucket_name",
                "network_origin",
                "vpc_id",
                "block_public_acls",
                "block_public_policy"
            ]
        ),
        [json!([
            "arn:aws:s3:us-east-1:111122223333:accesspoint/team",
            "team",
            "logs",
            "VPC",
            "vpc-0a1b2c",
            true,
            false
        ])]
    );
}

#[tokio::test]
async fn no_bucket_is_no_row_and_denied_access_points_are_an_error() {
    let seen = replay(COLLECTOR, "s3/empty.toml").await;
    assert_eq!(seen.rows.len(), 0);
    assert_eq!(errors(&seen), [json!(["s3:ListAccessPoints", null, "access_denied"])]);
}

#[test]
fn the_reach_of_a_policy() {
    let reach = |policy: &str| {
        let reach = Reach::of(&parse::policy(policy));
        (reach.depends_on_conditions, reach.log_service_writes)
    };
    let statement = |text: &str| format!(r#"{{"Statement":{{"Effect":"Allow",{text}}}}}"#);
    assert_eq!(
        reach(&statement(r#""Principal":"*","Action":"s3:GetObject""#)),
        (false, false)
    );
    assert_eq!(
        reach(&statement(
            r#""Principal":{"AWS":["*"]},"Action":"s3:GetObject","Condition":{}"#
        )),
        (true, false)
    );
    assert_eq!(
        reach(&statement(
            r#""NotPrincipal":{"AWS":"1"},"Action":"s3:*","Condition":{}"#
        )),
        (true, false)
    );
    assert_eq!(
        reach(&statement(
            r#""Principal":{"Service":["config.amazonaws.com"]},"Action":["s3:GetBucketAcl","s3:PutObject"]"#
        )),
        (false, true)
    );
    assert_eq!(
        reach(&statement(
            r#""Principal":{"Service":"config.amazonaws.com"},"Action":"s3:GetBucketAcl""#
        )),
        (false, false)
    );
    assert_eq!(
        reach(r#"{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Condition":{}}]}"#),
        (false, false)
    );
    assert_eq!(reach("not a policy"), (false, false));
}
