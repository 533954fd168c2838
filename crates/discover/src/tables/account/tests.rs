use serde_json::{Value, json};

use super::COLLECTOR;
use crate::tables::testing::replay;

#[tokio::test]
async fn contacts_that_are_not_set_have_no_row_and_are_no_error() {
    let seen = replay(COLLECTOR, "account/contacts.toml").await;
    let mut contacts: Vec<_> = seen
        .table("aws_account_alternate_contact")
        .iter()
        .map(|row| {
            json!([
                row["contact_type"],
                row["email_address"],
                row["contact_title"],
                row["has_phone_number"]
            ])
        })
        .collect();
    contacts.sort_by_key(Value::to_string);
    assert_eq!(
        contacts,
        [
            json!(["OPERATIONS", "baseline-aws-prod-operations@example.com", null, false]),
            json!(["SECURITY", "baseline-aws-prod-security@example.com", "Security", true]),
        ]
    );
}

#[tokio::test]
async fn a_denied_contact_is_an_error_and_no_row() {
    let seen = replay(COLLECTOR, "account/contacts.toml").await;
    assert_eq!(seen.table("aws_account_contact"), &[] as &[Value]);
    let errors: Vec<_> = seen
        .errors
        .iter()
        .map(|error| (&error["operation"], &error["class"]))
        .collect();
    assert_eq!(
        errors,
        [(&json!("account:GetContactInformation"), &json!("access_denied"))]
    );
}

#[tokio::test]
async fn every_page_of_regions_is_read() {
    let seen = replay(COLLECTOR, "account/contacts.toml").await;
    let mut regions: Vec<_> = seen
        .table("aws_account_region")
        .iter()
        .map(|row| json!([row["region_name"], row["region_opt_status"]]))
        .collect();
    regions.sort_by_key(Value::to_string);
    assert_eq!(
        regions,
        [
            json!(["ap-east-1", "DISABLED"]),
            json!(["me-south-1", "ENABLED"]),
            json!(["us-east-1", "ENABLED_BY_DEFAULT"]),
        ]
    );
}

#[tokio::test]
async fn street_and_telephone_number_are_not_kept() {
    let seen = replay(COLLECTOR, "account/contact.toml").await;
    assert_eq!(
        seen.table("aws_account_contact"),
        [
            json!({"full_name": "Example Cloud", "company_name": "Example Ltd", "country_code": "US", "website_url": null})
        ]
    );
    assert_eq!(seen.table("aws_account_alternate_contact"), &[] as &[Value]);
    let errors: Vec<_> = seen
        .errors
        .iter()
        .map(|error| (&error["operation"], &error["class"]))
        .collect();
    assert_eq!(errors, [(&json!("account:ListRegions"), &json!("throttled"))]);
}
