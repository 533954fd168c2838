use serde_json::{Value, json};

use super::{COLLECTOR, minutes};
use crate::tables::testing::replay;

const SETS: &str = "arn:aws:sso:::permissionSet/ssoins-1111111111111111";

#[tokio::test]
async fn permission_sets_of_all_pages_are_described() {
    let seen = replay(COLLECTOR, "sso-admin/instance.toml").await;
    let sets: Vec<_> = seen
        .table("aws_ssoadmin_permission_set")
        .iter()
        .map(|row| (&row["name"], &row["session_duration_minutes"]))
        .collect();
    assert_eq!(
        sets,
        [
            (&json!("administrator"), &json!(90)),
            (&json!("readonly"), &Value::Null)
        ]
    );
    assert_eq!(seen.table("aws_ssoadmin_instance")[0]["region"], json!("us-east-1"));
}

#[tokio::test]
async fn an_empty_inline_policy_is_none_and_a_denied_one_an_error_about_its_permission_set() {
    let seen = replay(COLLECTOR, "sso-admin/instance.toml").await;
    assert_eq!(seen.table("aws_ssoadmin_inline_policy"), &[] as &[Value]);
    let errors: Vec<_> = seen
        .errors
        .iter()
        .map(|error| (&error["operation"], &error["class"], &error["resource"]))
        .collect();
    let set = json!(format!("{SETS}/ps-2222222222222222"));
    assert_eq!(
        errors,
        [(
            &json!("sso-admin:GetInlinePolicyForPermissionSet"),
            &json!("access_denied"),
            &set
        )]
    );
}

#[tokio::test]
async fn policies_and_assignments_name_their_permission_set() {
    let seen = replay(COLLECTOR, "sso-admin/instance.toml").await;
    let (first, second) = (
        json!(format!("{SETS}/ps-1111111111111111")),
        json!(format!("{SETS}/ps-2222222222222222")),
    );
    let managed = seen.table("aws_ssoadmin_managed_policy_attachment");
    assert_eq!(managed.len(), 1);
    assert_eq!(
        (&managed[0]["permission_set_arn"], &managed[0]["name"]),
        (&first, &json!("AdministratorAccess"))
    );
    let references = seen.table("aws_ssoadmin_customer_managed_policy_reference");
    assert_eq!(references.len(), 1);
    assert_eq!(
        (&references[0]["permission_set_arn"], &references[0]["path"]),
        (&second, &json!("/baseline/"))
    );
    let assignments = seen.table("aws_ssoadmin_account_assignment");
    assert_eq!(assignments.len(), 1);
    assert_eq!(
        (
            &assignments[0]["permission_set_arn"],
            &assignments[0]["target_account_id"]
        ),
        (&first, &json!("444455556666"))
    );
}

#[tokio::test]
async fn an_instance_in_another_region_is_found_there() {
    let seen = replay(COLLECTOR, "sso-admin/elsewhere.toml").await;
    let instances = seen.table("aws_ssoadmin_instance");
    assert_eq!(instances.len(), 1);
    assert_eq!(instances[0]["region"], json!("eu-west-1"));
    assert_eq!(seen.errors, Vec::<Value>::new());
    assert_eq!(seen.calls.iter().filter(|call| *call == "ListInstances").count(), 2);
}

#[tokio::test]
async fn regions_that_could_not_be_listed_are_on_the_ledger() {
    let seen = replay(COLLECTOR, "sso-admin/none.toml").await;
    assert!(seen.rows.is_empty(), "{:?}", seen.rows);
    let errors: Vec<_> = seen
        .errors
        .iter()
        .map(|error| (&error["operation"], &error["class"]))
        .collect();
    assert_eq!(errors, [(&json!("ec2:DescribeRegions"), &json!("throttled"))]);
}

#[test]
fn durations_are_minutes() {
    assert_eq!(minutes("PT12H"), Some(720));
    assert_eq!(minutes("PT1H30M"), Some(90));
    assert_eq!(minutes("eight hours"), None);
}
