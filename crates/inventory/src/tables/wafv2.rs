//! AWS WAF. Web ACLs for CloudFront are read in us-east-1, where the service keeps them, and carry that region.

use crate::{Json, table::table};

table! {
    /// A web ACL.
    Wafv2WebAcl = "aws_wafv2_web_acl", "wafv2:GetWebACL" after ["wafv2:ListWebACLs"], Region, key [arn] {
        /// ARN of the web ACL.
        arn: String,
        /// Id.
        id: String,
        /// Name.
        name: String,
        /// `REGIONAL` or `CLOUDFRONT`.
        scope: String,
        /// `Allow` or `Block`: what happens to a request that no rule decides.
        default_action: Option<String>,
        /// Rules in order of priority, those of Firewall Manager included: a list of objects with `Name`, `Priority`, `Kind` (such as
        /// `ManagedRuleGroup` or `RateBased`), `Subject` (the rule group), `Action` (such as `Block`, `Count`, `None`) and `Metrics`.
        rules: Json,
        /// How many rules it has, those of Firewall Manager included.
        rule_count: i64,
        /// Managed rule groups that take effect, `AWS:AWSManagedRulesCommonRuleSet`, sorted.
        managed_rule_groups: Vec<String>,
        /// Managed rule groups whose matches are only counted, sorted.
        counted_rule_groups: Vec<String>,
        /// Rules that publish no metrics, sorted.
        rules_without_metrics: Vec<String>,
        /// True where the web ACL itself publishes metrics.
        cloudwatch_metrics_enabled: bool,
        /// True where Firewall Manager looks after it.
        managed_by_firewall_manager: bool,
    }
}

table! {
    /// Where a web ACL logs to. One without a row here does not log.
    Wafv2LoggingConfiguration = "aws_wafv2_logging_configuration", "wafv2:ListLoggingConfigurations", Region, key [resource_arn] {
        /// ARN of the web ACL.
        resource_arn: String,
        /// ARNs of the destinations, sorted.
        log_destination_configs: Vec<String>,
        /// True where Firewall Manager looks after it.
        managed_by_firewall_manager: bool,
    }
}

table! {
    /// A load balancer that a regional web ACL protects.
    Wafv2WebAclResource = "aws_wafv2_web_acl_resource", "wafv2:ListResourcesForWebACL" after ["wafv2:ListWebACLs"], Region, key [web_acl_arn, resource_arn] {
        /// ARN of the web ACL.
        web_acl_arn: String,
        /// ARN of the load balancer.
        resource_arn: String,
    }
}
