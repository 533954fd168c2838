use serde_json::{Value, json};

use super::COLLECTOR;
use crate::tables::testing::replay;

#[tokio::test]
async fn groups_of_all_pages_are_read_and_denied_users_are_an_error() {
    let seen = replay(COLLECTOR, "identitystore/directory.toml").await;
    let groups: Vec<_> = seen
        .table("aws_identitystore_group")
        .iter()
        .map(|row| (&row["arn"], &row["name"]))
        .collect();
    assert_eq!(
        groups,
        [
            (
                &json!("arn:aws:identitystore:::group/g-1"),
                &json!("AWS-444455556666-administrator")
            ),
            (
                &json!("arn:aws:identitystore:::group/g-2"),
                &json!("AWS-444455556666-readonly")
            ),
        ]
    );
    assert_eq!(seen.table("aws_identitystore_user"), &[] as &[Value]);
    let errors: Vec<_> = seen
        .errors
        .iter()
        .map(|error| (&error["operation"], &error["class"]))
        .collect();
    assert_eq!(errors, [(&json!("identitystore:ListUsers"), &json!("access_denied"))]);
}

#[tokio::test]
async fn a_user_with_an_external_id_came_from_another_directory() {
    let seen = replay(COLLECTOR, "identitystore/users.toml").await;
    let users: Vec<_> = seen
        .table("aws_identitystore_user")
        .iter()
        .map(|row| (&row["name"], &row["user_status"], &row["is_provisioned"]))
        .collect();
    assert_eq!(
        users,
        [
            (&json!("ana"), &json!("ENABLED"), &json!(true)),
            (&json!("ben"), &Value::Null, &json!(false))
        ]
    );
    assert_eq!(seen.errors, Vec::<Value>::new());
}
