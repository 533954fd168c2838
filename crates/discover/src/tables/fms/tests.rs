//! Shaping alone: the service answers in CBOR, which the stand-in speaks and text files do not.

use aws_sdk_fms::types::{CustomerPolicyStatus, SecurityServiceType};

use super::*;

#[test]
fn a_policy_keeps_what_it_is_about() {
    let listed = PolicySummary::builder()
        .policy_arn("arn:aws:fms:us-east-1:111122223333:policy/a")
        .policy_id("a")
        .policy_name("web")
        .resource_type("AWS::ElasticLoadBalancingV2::LoadBalancer")
        .security_service_type(SecurityServiceType::Wafv2)
        .remediation_enabled(true)
        .policy_status(CustomerPolicyStatus::Active)
        .build();
    assert_eq!(
        policy_row(listed),
        Some(FmsPolicy {
            arn: "arn:aws:fms:us-east-1:111122223333:policy/a".to_owned(),
            policy_id: "a".to_owned(),
            policy_name: "web".to_owned(),
            security_service_type: Some("WAFV2".to_owned()),
            resource_type: Some("AWS::ElasticLoadBalancingV2::LoadBalancer".to_owned()),
            remediation_enabled: true,
            policy_status: Some("ACTIVE".to_owned()),
        })
    );
}

#[test]
fn a_policy_without_an_arn_is_no_row() {
    assert_eq!(policy_row(PolicySummary::builder().policy_id("a").build()), None);
}
