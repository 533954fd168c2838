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

const FILE_SYSTEM: &str = "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/";

#[tokio::test]
async fn file_systems_come_from_every_page() {
    let seen = replay(COLLECTOR, "efs/file-systems.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_efs_file_system",
            &[
                "file_system_id",
                "encrypted",
                "number_of_mount_targets",
                "creation_time",
                "tags"
            ]
        ),
        [
            json!(["fs-a", true, 2, "2024-01-01T00:00:00Z", r#"{"Name":"n"}"#]),
            json!(["fs-b", true, 1, "2024-01-01T00:00:00Z", r#"{"Name":"n"}"#]),
            json!(["fs-c", true, 0, "2024-01-01T00:00:00Z", r#"{"Name":"n"}"#]),
        ]
    );
}

#[tokio::test]
async fn policies_and_mount_targets_are_asked_only_where_somebody_can_mount() {
    let seen = replay(COLLECTOR, "efs/file-systems.toml").await;
    assert_eq!(
        seen.calls
            .iter()
            .filter(|call| *call == "DescribeFileSystemPolicy")
            .count(),
        2
    );
    assert_eq!(
        seen.calls.iter().filter(|call| *call == "DescribeMountTargets").count(),
        2
    );
    assert_eq!(
        columns(&seen, "aws_efs_file_system_policy", &["arn"]),
        [json!([format!("{FILE_SYSTEM}fs-a")])]
    );
    assert_eq!(
        columns(
            &seen,
            "aws_efs_mount_target",
            &["mount_target_id", "file_system_arn", "subnet_id"]
        ),
        [
            json!(["fsmt-1", format!("{FILE_SYSTEM}fs-a"), "subnet-1"]),
            json!(["fsmt-2", format!("{FILE_SYSTEM}fs-a"), "subnet-2"]),
        ]
    );
}

#[tokio::test]
async fn a_backup_that_was_never_set_is_no_row_and_a_denied_one_an_error() {
    let seen = replay(COLLECTOR, "efs/file-systems.toml").await;
    assert_eq!(
        columns(&seen, "aws_efs_backup_policy", &["arn", "status"]),
        [json!([format!("{FILE_SYSTEM}fs-a"), "ENABLED"])]
    );
    assert_eq!(
        errors(&seen),
        [json!([
            "efs:DescribeBackupPolicy",
            format!("{FILE_SYSTEM}fs-c"),
            "access_denied"
        ])]
    );
}

#[tokio::test]
async fn access_points_say_what_clients_see_and_who_they_are() {
    let seen = replay(COLLECTOR, "efs/file-systems.toml").await;
    assert_eq!(
        columns(
            &seen,
            "aws_efs_access_point",
            &["name", "root_directory_path", "posix_uid", "posix_gid"]
        ),
        [json!(["app", "/app", 1000, 1001]), json!([null, "/", null, null])]
    );
}

#[tokio::test]
async fn throttled_access_points_are_an_error() {
    let seen = replay(COLLECTOR, "efs/throttled.toml").await;
    assert_eq!(seen.rows.len(), 0);
    assert_eq!(errors(&seen), [json!(["efs:DescribeAccessPoints", null, "throttled"])]);
}
