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
async fn the_block_of_the_account_and_its_multi_region_access_points() {
    let seen = replay(COLLECTOR, "s3control/settings.toml").await;
    let names = [
        "arn",
        "block_public_acls",
        "block_public_policy",
        "ignore_public_acls",
        "restrict_public_buckets",
    ];
    assert_eq!(
        columns(&seen, "aws_s3_account_settings", &names),
        [json!(["arn:aws:iam::111122223333:root", true, true, true, true])]
    );
    assert_eq!(
        columns(&seen, "aws_s3_multi_region_access_point", &names),
        [json!([
            "arn:aws:s3::111122223333:accesspoint/m1.mrap",
            true,
            true,
            false,
            true
        ])]
    );
    assert_eq!(errors(&seen), Vec::<Value>::new());
}

#[tokio::test]
async fn no_block_is_no_row_and_no_error() {
    let seen = replay(COLLECTOR, "s3control/absent.toml").await;
    assert_eq!(seen.rows.len(), 0);
    assert_eq!(
        errors(&seen),
        [json!(["s3control:ListMultiRegionAccessPoints", null, "access_denied"])]
    );
}
