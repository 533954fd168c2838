//! AWS Firewall Manager.

use crate::table::table;

table! {
    /// The organization's Firewall Manager administrator, as an account of the organization sees it. Without an administrator there is
    /// no row.
    FmsAdminAccount = "aws_fms_admin_account", "fms:GetAdminAccount", Region, key [admin_account] {
        /// Account that administers Firewall Manager, 12 digits.
        admin_account: String,
        /// `READY`, `CREATING`, `PENDING_DELETION`, `DELETING` or `DELETED`.
        role_status: Option<String>,
    }
}

table! {
    /// A Firewall Manager policy, read in the administrator's account.
    FmsPolicy = "aws_fms_policy", "fms:ListPolicies" after ["fms:GetAdminAccount"], Region, key [arn] {
        /// ARN of the policy.
        arn: String,
        /// Id of the policy.
        policy_id: String,
        /// Name of the policy.
        policy_name: String,
        /// `WAFV2`, `SHIELD_ADVANCED`, `SECURITY_GROUPS_COMMON`, `NETWORK_FIREWALL` …
        security_service_type: Option<String>,
        /// Type of the resources that it is about, such as `AWS::ElasticLoadBalancingV2::LoadBalancer`.
        resource_type: Option<String>,
        /// True where resources that break it are mended by themselves.
        remediation_enabled: bool,
        /// `ACTIVE` or `OUT_OF_ADMIN_SCOPE`.
        policy_status: Option<String>,
    }
}
