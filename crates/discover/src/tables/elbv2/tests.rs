//! The collector over recorded replies.

use serde_json::json;

use super::*;
use crate::tables::testing::replay;

const WEB: &str = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/a";
const EDGE: &str = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/edge/b";

#[tokio::test]
async fn balancers_of_all_pages_come_with_their_settings_and_listeners() {
    let seen = replay(COLLECTOR, "elbv2/balancers.toml").await;
    let balancers = seen.table("aws_ec2_load_balancer");
    assert_eq!(balancers.len(), 2);
    assert_eq!(
        balancers[0],
        json!({
            "arn": WEB,
            "name": "web",
            "type": "application",
            "scheme": "internet-facing",
            "state_code": "active",
            "vpc_id": "vpc-a",
            "availability_zones": ["us-east-1a", "us-east-1b"],
            "security_groups": ["sg-a", "sg-b"],
            "dns_name": null,
            "created_time": "2026-01-02T03:04:05Z",
        })
    );
    assert_eq!(balancers[1]["arn"], EDGE);
    let listeners = seen.table("aws_ec2_load_balancer_listener");
    assert_eq!(
        listeners[0],
        json!({
            "arn": "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/web/a/http",
            "load_balancer_arn": WEB,
            "port": 80,
            "protocol": "HTTP",
            "ssl_policy": null,
            "certificate_arn": null,
            "default_action_types": ["redirect"],
            "redirect_protocol": "HTTPS",
            "redirect_status_code": "HTTP_301",
            "mutual_authentication_mode": null,
        })
    );
    // In the order in which they are taken, not in that of the reply.
    assert_eq!(
        listeners[1]["default_action_types"],
        json!(["authenticate-oidc", "forward"])
    );
    assert_eq!(listeners[1]["ssl_policy"], "ELBSecurityPolicy-TLS13-1-2-2021-06");
    assert_eq!(listeners[1]["redirect_protocol"], json!(null));
    assert_eq!(
        seen.table("aws_ec2_target_group")[0]["load_balancer_arns"],
        json!([WEB])
    );
}

#[tokio::test]
async fn denied_settings_leave_no_row_and_an_error_about_that_balancer() {
    let seen = replay(COLLECTOR, "elbv2/balancers.toml").await;
    let attributes = seen.table("aws_ec2_load_balancer_attributes");
    assert_eq!(attributes.len(), 1);
    assert_eq!(attributes[0]["load_balancer_arn"], WEB);
    assert_eq!(attributes[0]["deletion_protection_enabled"], true);
    assert_eq!(attributes[0]["access_logs_s3_bucket"], "logs");
    assert_eq!(attributes[0]["drop_invalid_header_fields_enabled"], false);
    assert_eq!(attributes[0]["desync_mitigation_mode"], "defensive");
    assert_eq!(seen.errors.len(), 1);
    assert_eq!(seen.errors[0]["operation"], "elbv2:DescribeLoadBalancerAttributes");
    assert_eq!(seen.errors[0]["resource"], EDGE);
    assert_eq!(seen.errors[0]["class"], "access_denied");
}

#[tokio::test]
async fn a_throttled_listing_is_an_error_without_a_resource() {
    let seen = replay(COLLECTOR, "elbv2/empty.toml").await;
    assert!(seen.rows.is_empty(), "{:?}", seen.rows);
    assert_eq!(seen.errors[0]["operation"], "elbv2:DescribeTargetGroups");
    assert_eq!(seen.errors[0]["class"], "throttled");
    assert_eq!(seen.errors[0]["resource"], json!(null));
}
