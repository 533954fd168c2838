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

const CERTIFICATE: &str = "arn:aws:acm:us-east-1:111122223333:certificate/";

#[tokio::test]
async fn certificates_of_every_key_come_from_every_page() {
    let seen = replay(COLLECTOR, "acm/certificates.toml").await;
    let names = ["domain_name", "status", "type", "key_algorithm", "in_use", "not_after"];
    assert_eq!(
        columns(&seen, "aws_acm_certificate", &names),
        [
            json!([
                "idle.example.org",
                "ISSUED",
                "AMAZON_ISSUED",
                "EC_prime256v1",
                false,
                "2026-10-01T00:00:00Z"
            ]),
            json!([
                "old.example.org",
                "EXPIRED",
                "IMPORTED",
                "RSA_1024",
                false,
                "2024-01-01T00:00:00Z"
            ]),
            json!(["shut.example.org", "ISSUED", "AMAZON_ISSUED", "RSA_2048", true, null]),
            json!([
                "example.org",
                "ISSUED",
                "AMAZON_ISSUED",
                "RSA_2048",
                true,
                "2026-10-01T00:00:00Z"
            ]),
        ]
    );
}

#[tokio::test]
async fn validation_is_asked_only_of_certificates_that_amazon_renews() {
    let seen = replay(COLLECTOR, "acm/certificates.toml").await;
    assert_eq!(
        seen.calls.iter().filter(|call| *call == "DescribeCertificate").count(),
        2
    );
    assert_eq!(
        columns(
            &seen,
            "aws_acm_certificate_validation",
            &["arn", "validation_methods", "in_use_by", "renewal_status"]
        ),
        [json!([
            format!("{CERTIFICATE}web"),
            ["DNS", "EMAIL"],
            [
                "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/a/1",
                "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/b/2"
            ],
            "PENDING_VALIDATION"
        ])]
    );
    assert_eq!(
        errors(&seen),
        [json!([
            "acm:DescribeCertificate",
            format!("{CERTIFICATE}shut"),
            "access_denied"
        ])]
    );
}

#[tokio::test]
async fn a_throttled_list_is_an_error() {
    let seen = replay(COLLECTOR, "acm/throttled.toml").await;
    assert_eq!(seen.rows.len(), 0);
    assert_eq!(errors(&seen), [json!(["acm:ListCertificates", null, "throttled"])]);
}
