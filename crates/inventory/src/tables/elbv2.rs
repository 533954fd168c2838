//! Elastic Load Balancing, version 2: application, network and gateway load balancers.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// A load balancer of any type.
    LoadBalancer = "aws_ec2_load_balancer", "elbv2:DescribeLoadBalancers", Region, key [arn] {
        /// ARN of the load balancer.
        arn: String,
        /// Name.
        name: String,
        /// `application`, `network` or `gateway`.
        r#type: String,
        /// `internet-facing` or `internal`; none for gateway load balancers.
        scheme: Option<String>,
        /// `active`, `provisioning`, `active_impaired` or `failed`.
        state_code: Option<String>,
        /// VPC.
        vpc_id: Option<String>,
        /// Zones, sorted.
        availability_zones: Vec<String>,
        /// Security groups, sorted.
        security_groups: Vec<String>,
        /// Name in DNS.
        dns_name: Option<String>,
        /// When it was made.
        created_time: Option<Timestamp>,
    }
}

table! {
    /// The settings of a load balancer.
    LoadBalancerAttributes = "aws_ec2_load_balancer_attributes", "elbv2:DescribeLoadBalancerAttributes" after ["elbv2:DescribeLoadBalancers"], Region, key [load_balancer_arn] {
        /// ARN of the load balancer.
        load_balancer_arn: String,
        /// True where it cannot be deleted before this is turned off; none where the service did not say.
        deletion_protection_enabled: Option<bool>,
        /// True where each request is written to a bucket; none for a type that has no such log.
        access_logs_s3_enabled: Option<bool>,
        /// That bucket.
        access_logs_s3_bucket: Option<String>,
        /// True where header fields that HTTP does not allow are dropped; application load balancers only.
        drop_invalid_header_fields_enabled: Option<bool>,
        /// `monitor`, `defensive` or `strictest`; application load balancers only.
        desync_mitigation_mode: Option<String>,
        /// True where requests pass while the web ACL cannot be asked; application load balancers only.
        waf_fail_open_enabled: Option<bool>,
        /// All settings, an object of text.
        attributes: Json,
    }
}

table! {
    /// A listener of a load balancer.
    LoadBalancerListener = "aws_ec2_load_balancer_listener", "elbv2:DescribeListeners" after ["elbv2:DescribeLoadBalancers"], Region, key [arn] {
        /// ARN of the listener.
        arn: String,
        /// ARN of the load balancer.
        load_balancer_arn: String,
        /// Port.
        port: Option<i64>,
        /// `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `TCP_UDP`, `GENEVE` …
        protocol: Option<String>,
        /// Name of the policy that says which TLS versions and ciphers are spoken.
        ssl_policy: Option<String>,
        /// ARN of the default certificate.
        certificate_arn: Option<String>,
        /// Types of the actions for what no rule catches, in order: `forward`, `redirect`, `fixed-response` …
        default_action_types: Vec<String>,
        /// Protocol that the default action redirects to: `HTTPS`, `HTTP` or `#{protocol}`; none where it does not redirect.
        redirect_protocol: Option<String>,
        /// Status code of that redirect, `HTTP_301` or `HTTP_302`.
        redirect_status_code: Option<String>,
        /// `off`, `passthrough` or `verify`: whether clients show certificates.
        mutual_authentication_mode: Option<String>,
    }
}

table! {
    /// A target group.
    TargetGroup = "aws_ec2_target_group", "elbv2:DescribeTargetGroups", Region, key [arn] {
        /// ARN of the target group.
        arn: String,
        /// Name.
        target_group_name: String,
        /// `HTTP`, `HTTPS`, `TCP`, `TLS`, `GENEVE` …; none for functions.
        protocol: Option<String>,
        /// Port.
        port: Option<i64>,
        /// `instance`, `ip`, `lambda` or `alb`.
        target_type: Option<String>,
        /// `HTTP`, `HTTPS` or `TCP`.
        health_check_protocol: Option<String>,
        /// True where health is checked.
        health_check_enabled: Option<bool>,
        /// VPC.
        vpc_id: Option<String>,
        /// Load balancers that use it, ARNs, sorted.
        load_balancer_arns: Vec<String>,
    }
}
