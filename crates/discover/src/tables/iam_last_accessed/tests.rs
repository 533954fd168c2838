use serde_json::{Value, json};

use super::COLLECTOR;
use crate::tables::testing::{Seen, replay};

const TABLE: &str = "aws_iam_access_advisor";

/// Operation, resource and class of every error on the ledger, sorted.
fn errors(seen: &Seen) -> Vec<Value> {
    let mut errors: Vec<Value> = seen
        .errors
        .iter()
        .map(|error| json!([error["operation"], error["resource"], error["class"], error["code"]]))
        .collect();
    errors.sort_by_key(Value::to_string);
    errors
}

#[tokio::test(flavor = "current_thread")]
async fn reports_are_waited_for_and_read_page_by_page() {
    let seen = replay(COLLECTOR, "iam-last-accessed/account.toml").await;
    let mut rows: Vec<Value> = seen
        .table(TABLE)
        .iter()
        .map(|row| {
            json!([
                row["principal_arn"],
                row["service_namespace"],
                row["last_authenticated"],
                row["total_authenticated_entities"]
            ])
        })
        .collect();
    rows.sort_by_key(Value::to_string);
    assert_eq!(
        rows,
        [
            json!(["arn:aws:iam::111122223333:group/builders", "ec2", null, 0]),
            json!(["arn:aws:iam::111122223333:user/ana", "kms", null, 0]),
            json!(["arn:aws:iam::111122223333:user/ana", "s3", "2026-01-15T00:00:00Z", 1]),
        ]
    );
    let asked = seen
        .calls
        .iter()
        .filter(|call| *call == "GetServiceLastAccessedDetails")
        .count();
    assert_eq!(asked, 2 + 3 + 1, "two pages, two waits and a report, one failure");
}

#[tokio::test(flavor = "current_thread")]
async fn reports_that_cannot_be_had_are_on_the_ledger() {
    let seen = replay(COLLECTOR, "iam-last-accessed/account.toml").await;
    assert_eq!(
        errors(&seen),
        [
            json!([
                "iam-last-accessed:GenerateServiceLastAccessedDetails",
                "arn:aws:iam::111122223333:role/old",
                "access_denied",
                "AccessDenied"
            ]),
            json!([
                "iam-last-accessed:GetServiceLastAccessedDetails",
                "arn:aws:iam::111122223333:role/web",
                "other",
                "ServiceFailure"
            ]),
        ]
    );
}

#[tokio::test(flavor = "current_thread")]
async fn a_report_that_is_never_ready_is_given_up() {
    let seen = replay(COLLECTOR, "iam-last-accessed/never-ready.toml").await;
    assert_eq!(seen.table(TABLE), [] as [Value; 0]);
    assert_eq!(
        errors(&seen),
        [json!([
            "iam-last-accessed:GetServiceLastAccessedDetails",
            "arn:aws:iam::111122223333:user/ana",
            "timeout",
            null
        ])]
    );
}

#[tokio::test(flavor = "current_thread")]
async fn without_the_list_of_principals_nothing_is_known() {
    let seen = replay(COLLECTOR, "iam-last-accessed/denied.toml").await;
    assert_eq!(
        errors(&seen),
        [json!([
            "iam:GetAccountAuthorizationDetails",
            null,
            "access_denied",
            "AccessDenied"
        ])]
    );
}
