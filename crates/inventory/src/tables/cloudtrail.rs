//! AWS CloudTrail. A trail stands in its home region only; an organization's trail stands in every member account too.

use jiff::Timestamp;

use crate::table::table;

table! {
    /// A trail, in its home region. In a member account, also the trails of the organization; their ARN names the owner.
    CloudtrailTrail = "aws_cloudtrail_trail", "cloudtrail:DescribeTrails", Region, key [arn] {
        /// ARN of the trail.
        arn: String,
        /// Name of the trail.
        name: String,
        /// Region in which it was created.
        home_region: String,
        /// True where it logs the events of every region.
        is_multi_region_trail: bool,
        /// True where it logs the events of every account of the organization.
        is_organization_trail: bool,
        /// True where it logs the events of global services such as IAM.
        include_global_service_events: bool,
        /// True where digest files are written, with which log files can be validated.
        log_file_validation_enabled: bool,
        /// Bucket that the log files go to.
        s3_bucket_name: String,
        /// Prefix of the log files in the bucket.
        s3_key_prefix: Option<String>,
        /// ARN of the topic that is told of each log file.
        sns_topic_arn: Option<String>,
        /// ARN of the log group that events go to as well, ending in `:*`.
        log_group_arn: Option<String>,
        /// Role with which events are written to the log group.
        cloudwatch_logs_role_arn: Option<String>,
        /// ARN of the KMS key that encrypts the log files; none for a key of S3.
        kms_key_id: Option<String>,
        /// True where it logs something else than all management events.
        has_custom_event_selectors: bool,
        /// True where unusual activity is looked for.
        has_insight_selectors: bool,
    }
}

table! {
    /// Whether a trail logs, and how its deliveries go.
    CloudtrailTrailStatus = "aws_cloudtrail_trail_status", "cloudtrail:GetTrailStatus" after ["cloudtrail:DescribeTrails"], Region, key [trail_arn] {
        /// ARN of the trail.
        trail_arn: String,
        /// True where it logs.
        is_logging: bool,
        /// When log files were last delivered.
        latest_delivery_time: Option<Timestamp>,
        /// Why S3 refused the last log file; empty where it did not.
        latest_delivery_error: String,
        /// When events were last delivered to the log group.
        latest_cloudwatch_logs_delivery_time: Option<Timestamp>,
        /// Why the log group refused the last events; empty where it did not.
        latest_cloudwatch_logs_delivery_error: String,
        /// When the last digest file was delivered.
        latest_digest_delivery_time: Option<Timestamp>,
        /// Why S3 refused the last digest file; empty where it did not.
        latest_digest_delivery_error: String,
        /// When logging was last started.
        start_logging_time: Option<Timestamp>,
        /// When logging was last stopped.
        stop_logging_time: Option<Timestamp>,
    }
}

table! {
    /// A kind of event that a trail logs: one row for the management events or for one type of data resource of each of its selectors,
    /// basic and advanced ones in one form. Read in the account that owns the trail.
    CloudtrailEventSelector = "aws_cloudtrail_event_selector", "cloudtrail:GetEventSelectors" after ["cloudtrail:DescribeTrails"], Region,
    key [trail_arn, position] {
        /// ARN of the trail.
        trail_arn: String,
        /// Place among the rows of the trail, from 0.
        position: i64,
        /// Name that an advanced selector was given.
        name: Option<String>,
        /// `Management`, `Data` or `NetworkActivity`.
        event_category: String,
        /// `All`, `ReadOnly` or `WriteOnly`.
        read_write_type: String,
        /// Type of the data resources, such as `AWS::S3::Object`; none for management events.
        resource_type: Option<String>,
        /// What narrows it further, one condition each, such as `resources.ARN startsWith arn:aws:s3:::logs/`, sorted; empty where every
        /// event of the kind is logged.
        conditions: Vec<String>,
    }
}

table! {
    /// A kind of unusual activity that a trail looks for.
    CloudtrailInsightSelector = "aws_cloudtrail_insight_selector", "cloudtrail:GetInsightSelectors" after ["cloudtrail:DescribeTrails"], Region,
    key [trail_arn, insight_type] {
        /// ARN of the trail.
        trail_arn: String,
        /// `ApiCallRateInsight` or `ApiErrorRateInsight`.
        insight_type: String,
    }
}
