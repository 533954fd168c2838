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

#[tokio::test]
async fn instances_come_from_every_page() {
    let seen = replay(COLLECTOR, "rds/databases.toml").await;
    let names = [
        "db_instance_identifier",
        "engine",
        "db_cluster_identifier",
        "multi_az",
        "storage_encrypted",
        "backup_retention_period",
        "port",
        "enabled_cloudwatch_logs_exports",
        "db_parameter_groups",
        "subnet_ids",
        "vpc_security_group_ids",
        "tags",
    ];
    assert_eq!(
        columns(&seen, "aws_rds_db_instance", &names),
        [
            json!([
                "member",
                "aurora-mysql",
                "c",
                false,
                false,
                0,
                null,
                [],
                ["aurora"],
                [],
                [],
                "{}"
            ]),
            json!([
                "orders",
                "postgres",
                null,
                true,
                true,
                7,
                5432,
                ["postgresql", "upgrade"],
                ["pg"],
                ["subnet-1", "subnet-2"],
                ["sg-1", "sg-2"],
                r#"{"owner":"data"}"#
            ]),
        ]
    );
    assert_eq!(
        seen.table("aws_rds_db_instance")[1]["master_user_secret_arn"],
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds-1"
    );
}

#[tokio::test]
async fn parameters_are_asked_of_the_groups_that_decide() {
    let seen = replay(COLLECTOR, "rds/databases.toml").await;
    assert_eq!(
        seen.calls.iter().filter(|call| *call == "DescribeDBParameters").count(),
        1
    );
    assert_eq!(
        columns(
            &seen,
            "aws_rds_db_parameter",
            &["db_parameter_group_name", "parameter_name", "parameter_value", "source"]
        ),
        [json!(["pg", "rds.force_ssl", "1", "user"])]
    );
    assert_eq!(seen.table("aws_rds_db_cluster_parameter").len(), 0);
}

#[tokio::test]
async fn sharing_is_asked_of_manual_snapshots() {
    let seen = replay(COLLECTOR, "rds/databases.toml").await;
    assert_eq!(seen.table("aws_rds_db_snapshot").len(), 3);
    assert_eq!(
        columns(&seen, "aws_rds_db_snapshot_attribute", &["arn", "restore_account_ids"]),
        [json!([
            "arn:aws:rds:us-east-1:111122223333:snapshot:open",
            ["444455556666", "all"]
        ])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_rds_db_cluster_snapshot_attribute",
            &["arn", "restore_account_ids"]
        ),
        [json!(["arn:aws:rds:us-east-1:111122223333:cluster-snapshot:cs", []])]
    );
    assert_eq!(
        errors(&seen),
        [json!([
            "rds:DescribeDBSnapshotAttributes",
            "arn:aws:rds:us-east-1:111122223333:snapshot:shut",
            "access_denied"
        ])]
    );
}

#[tokio::test]
async fn subscriptions_and_proxies() {
    let seen = replay(COLLECTOR, "rds/databases.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_rds_db_event_subscription",
            &[
                "cust_subscription_id",
                "enabled",
                "source_type",
                "source_ids",
                "event_categories"
            ]
        ),
        [json!(["watch", true, "db-instance", [], ["failure", "maintenance"]])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_rds_db_proxy",
            &["db_proxy_name", "engine_family", "require_tls"]
        ),
        [json!(["front", "POSTGRESQL", true])]
    );
}

#[tokio::test]
async fn throttled_proxies_are_an_error() {
    let seen = replay(COLLECTOR, "rds/throttled.toml").await;
    assert_eq!(seen.rows.len(), 0);
    assert_eq!(errors(&seen), [json!(["rds:DescribeDBProxies", null, "throttled"])]);
}
