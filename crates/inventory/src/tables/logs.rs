//! Amazon CloudWatch Logs.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// A log group.
    CloudwatchLogGroup = "aws_cloudwatch_log_group", "logs:DescribeLogGroups", Region, key [arn] {
        /// ARN of the group, without `:*` at its end.
        arn: String,
        /// Name of the group.
        name: String,
        /// True where events are deleted after a time; false where they are kept for ever.
        expires: bool,
        /// Days that events are kept; none where they are kept for ever.
        retention_in_days: Option<i64>,
        /// ARN of the KMS key that encrypts it; none for a key of the service.
        kms_key_id: Option<String>,
        /// `STANDARD`, `INFREQUENT_ACCESS` or `DELIVERY`.
        log_group_class: Option<String>,
        /// Size in bytes.
        stored_bytes: Option<i64>,
        /// Number of metric filters.
        metric_filter_count: Option<i64>,
        /// `ACTIVATED`, `DELETED`, `ARCHIVED` or `DISABLED`: masking of sensitive data; none where never set.
        data_protection_status: Option<String>,
        /// True where the group cannot be deleted before that is turned off.
        deletion_protection_enabled: bool,
        /// When it was created.
        creation_time: Option<Timestamp>,
    }
}

table! {
    /// A metric filter: counts the events that match a pattern.
    CloudwatchLogMetricFilter = "aws_cloudwatch_log_metric_filter", "logs:DescribeMetricFilters", Region, key [log_group_name, name] {
        /// Name of the filter.
        name: String,
        /// Log group whose events it looks at.
        log_group_name: String,
        /// The pattern, as its owner wrote it.
        filter_pattern: String,
        /// Metric that counts.
        metric_transformation_name: Option<String>,
        /// Namespace of the metric.
        metric_transformation_namespace: Option<String>,
        /// What a match counts, mostly `1`.
        metric_transformation_value: Option<String>,
        /// When it was created.
        creation_time: Option<Timestamp>,
    }
}

table! {
    /// A policy that lets others write into log groups of the account.
    CloudwatchLogResourcePolicy = "aws_cloudwatch_log_resource_policy", "logs:DescribeResourcePolicies", Region, key [policy_name] {
        /// Name of it with account and region, in the form of an ARN; AWS gives it none.
        arn: String,
        /// Name of the policy.
        policy_name: String,
        /// The policy document.
        policy: Json,
        /// When it was last changed.
        last_updated_time: Option<Timestamp>,
    }
}
