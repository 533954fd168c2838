//! The collector over recorded replies.

use serde_json::json;

use super::*;
use crate::tables::testing::replay;

const WEB: &str = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/web/a";

#[tokio::test]
async fn rules_are_summed_up_in_the_order_in_which_they_are_asked() {
    let seen = replay(COLLECTOR, "wafv2/acls.toml").await;
    let acls = seen.table("aws_wafv2_web_acl");
    assert_eq!(acls.len(), 2);
    assert_eq!(acls[0]["scope"], "CLOUDFRONT");
    assert_eq!(acls[0]["rule_count"], 0);
    assert_eq!(acls[0]["default_action"], "Block");
    let web = &acls[1];
    assert_eq!(web["arn"], WEB);
    assert_eq!(web["scope"], "REGIONAL");
    assert_eq!(web["default_action"], "Allow");
    assert_eq!(web["rule_count"], 4);
    assert_eq!(
        web["managed_rule_groups"],
        json!([
            "AWS:AWSManagedRulesCommonRuleSet",
            "AWS:AWSManagedRulesKnownBadInputsRuleSet"
        ])
    );
    assert_eq!(
        web["counted_rule_groups"],
        json!(["AWS:AWSManagedRulesAmazonIpReputationList"])
    );
    assert_eq!(web["rules_without_metrics"], json!(["core"]));
    let rules: Value = serde_json::from_str(web["rules"].as_str().unwrap_or_default()).unwrap_or_default();
    let order: Vec<_> = rules
        .as_array()
        .into_iter()
        .flatten()
        .map(|rule| rule["Name"].clone())
        .collect();
    assert_eq!(order, ["central", "core", "reputation", "flood"]);
    assert_eq!(rules[3]["Kind"], "RateBased");
    assert_eq!(rules[3]["Action"], "Block");
}

#[tokio::test]
async fn a_denied_acl_and_a_throttled_page_are_errors_and_the_rest_stays() {
    let seen = replay(COLLECTOR, "wafv2/acls.toml").await;
    let errors: Vec<_> = seen
        .errors
        .iter()
        .map(|error| json!([error["operation"], error["resource"], error["class"]]))
        .collect();
    assert_eq!(
        errors,
        [
            json!([
                "wafv2:GetWebACL",
                "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/denied/b",
                "access_denied"
            ]),
            json!(["wafv2:ListLoggingConfigurations", null, "throttled"]),
        ]
    );
    assert_eq!(
        seen.table("aws_wafv2_logging_configuration"),
        [json!({
            "resource_arn": WEB,
            "log_destination_configs": ["arn:aws:s3:::aws-waf-logs-a"],
            "managed_by_firewall_manager": false,
        })]
    );
}

#[tokio::test]
async fn protected_load_balancers_are_asked_of_regional_acls_alone() {
    let seen = replay(COLLECTOR, "wafv2/acls.toml").await;
    assert_eq!(
        seen.table("aws_wafv2_web_acl_resource"),
        [json!({
            "web_acl_arn": WEB,
            "resource_arn": "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/a",
        })]
    );
    assert_eq!(
        seen.calls
            .iter()
            .filter(|call| *call == "ListResourcesForWebACL")
            .count(),
        2
    );
}
