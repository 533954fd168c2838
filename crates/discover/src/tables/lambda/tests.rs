//! The collector over recorded replies.

use serde_json::json;

use super::*;
use crate::tables::testing::replay;

const OPEN: &str = "arn:aws:lambda:us-east-1:111122223333:function:open";

#[tokio::test]
async fn functions_of_all_pages_keep_only_the_names_of_their_variables() {
    let seen = replay(COLLECTOR, "lambda/functions.toml").await;
    let functions = seen.table("aws_lambda_function");
    let names: Vec<_> = functions.iter().map(|function| function["name"].clone()).collect();
    assert_eq!(names, ["denied", "open", "plain", "queue"]);
    assert_eq!(
        functions[1],
        json!({
            "arn": OPEN,
            "name": "open",
            "runtime": "python3.13",
            "package_type": "Zip",
            "role": "arn:aws:iam::111122223333:role/open",
            "environment_variable_names": ["DB_PASSWORD", "STAGE"],
            "kms_key_arn": null,
            "vpc_id": "vpc-a",
            "vpc_subnet_ids": ["subnet-a", "subnet-b"],
            "vpc_security_group_ids": ["sg-a"],
            "tracing_mode": "PassThrough",
            "dead_letter_config_target_arn": null,
            "layers": ["arn:aws:lambda:us-east-1:111122223333:layer:base:1"],
            "log_group": "/aws/lambda/open",
            "timeout": 3,
            "last_modified": "2026-01-02T03:04:05Z",
        })
    );
    assert_eq!(functions[2]["vpc_id"], json!(null));
    assert!(!format!("{:?}", seen.rows).contains("never kept"));
}

#[tokio::test]
async fn only_a_policy_that_opens_an_address_costs_another_call() {
    let seen = replay(COLLECTOR, "lambda/functions.toml").await;
    let policies: Vec<_> = seen
        .table("aws_lambda_function_policy")
        .iter()
        .map(|policy| policy["function_arn"].clone())
        .collect();
    assert_eq!(policies, [OPEN, "arn:aws:lambda:us-east-1:111122223333:function:queue"]);
    assert_eq!(
        seen.table("aws_lambda_function_url"),
        [json!({
            "arn": OPEN,
            "function_arn": OPEN,
            "function_url": "https://abc.lambda-url.us-east-1.on.aws/",
            "auth_type": "NONE",
            "cors_allow_origins": ["*"],
        })]
    );
    assert_eq!(
        seen.calls
            .iter()
            .filter(|call| *call == "ListFunctionUrlConfigs")
            .count(),
        1
    );
}

#[tokio::test]
async fn no_policy_is_silence_and_a_denied_one_an_error() {
    let seen = replay(COLLECTOR, "lambda/functions.toml").await;
    assert_eq!(seen.errors.len(), 1, "{:?}", seen.errors);
    assert_eq!(seen.errors[0]["operation"], "lambda:GetPolicy");
    assert_eq!(
        seen.errors[0]["resource"],
        "arn:aws:lambda:us-east-1:111122223333:function:denied"
    );
    assert_eq!(seen.errors[0]["class"], "access_denied");
}

#[tokio::test]
async fn what_came_before_a_throttled_page_stays() {
    let seen = replay(COLLECTOR, "lambda/throttled.toml").await;
    assert_eq!(seen.table("aws_lambda_function").len(), 1);
    assert_eq!(seen.errors[0]["operation"], "lambda:ListFunctions");
    assert_eq!(seen.errors[0]["class"], "throttled");
}

#[test]
fn statements_about_addresses_are_known() {
    let about = |action: &str| {
        allows_calls_by_address(&Json(format!(
            r#"{{"Statement":[{{"Effect":"Allow","Action":{action}}}]}}"#
        )))
    };
    assert!(about(r#""lambda:InvokeFunctionUrl""#));
    assert!(about(r#"["lambda:GetFunction","lambda:*"]"#));
    assert!(about(r#""lambda:Invoke*""#));
    assert!(!about(r#""lambda:InvokeFunction""#));
    assert!(allows_calls_by_address(&Json("\"no policy\"".to_owned())));
}
