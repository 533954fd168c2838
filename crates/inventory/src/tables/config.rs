//! AWS Config.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// A configuration recorder: what it is set to record.
    ConfigConfigurationRecorder = "aws_config_configuration_recorder", "config:DescribeConfigurationRecorders", Region, key [name] {
        /// ARN of the recorder.
        arn: String,
        /// Name of the recorder.
        name: String,
        /// Role with which it reads.
        role_arn: Option<String>,
        /// True where it records every supported type that is not global.
        all_supported: bool,
        /// True where it records the global types of IAM too.
        include_global_resource_types: bool,
        /// `ALL_SUPPORTED_RESOURCE_TYPES`, `INCLUSION_BY_RESOURCE_TYPES` or `EXCLUSION_BY_RESOURCE_TYPES`; none where never set.
        recording_strategy: Option<String>,
        /// The types that it records, where it records a list, sorted.
        resource_types: Vec<String>,
        /// The types that it leaves out, where it leaves out a list, sorted.
        excluded_resource_types: Vec<String>,
        /// `CONTINUOUS` or `DAILY`; none where never set.
        recording_frequency: Option<String>,
        /// The AWS service that owns the recorder; none for the customer's own.
        service_principal: Option<String>,
    }
}

table! {
    /// Whether a configuration recorder records.
    ConfigConfigurationRecorderStatus = "aws_config_configuration_recorder_status", "config:DescribeConfigurationRecorderStatus", Region,
    key [recorder_name] {
        /// Name of the recorder.
        recorder_name: String,
        /// True where it records.
        recording: bool,
        /// `PENDING`, `SUCCESS`, `FAILURE` or `NOT_APPLICABLE`.
        last_status: Option<String>,
        /// Why the last recording failed.
        last_error_code: Option<String>,
        /// Why the last recording failed, in words.
        last_error_message: Option<String>,
        /// When it was last started.
        last_start_time: Option<Timestamp>,
        /// When it was last stopped.
        last_stop_time: Option<Timestamp>,
    }
}

table! {
    /// Where recorded configurations are delivered.
    ConfigDeliveryChannel = "aws_config_delivery_channel", "config:DescribeDeliveryChannels", Region, key [name] {
        /// Name of the channel.
        name: String,
        /// Name of it with account and region, in the form of an ARN; AWS gives it none.
        arn: String,
        /// Bucket.
        s3_bucket_name: Option<String>,
        /// Prefix in the bucket.
        s3_key_prefix: Option<String>,
        /// ARN of the KMS key that encrypts what is delivered.
        s3_kms_key_arn: Option<String>,
        /// ARN of the topic that is told of changes.
        sns_topic_arn: Option<String>,
        /// How often a snapshot is delivered, such as `TwentyFour_Hours`; none where no snapshots are.
        delivery_frequency: Option<String>,
    }
}

table! {
    /// How the deliveries of a channel go.
    ConfigDeliveryChannelStatus = "aws_config_delivery_channel_status", "config:DescribeDeliveryChannelStatus", Region, key [channel_name] {
        /// Name of the channel.
        channel_name: String,
        /// Last delivery of the configuration history: `Success`, `Failure` or `Not_Applicable`.
        history_last_status: Option<String>,
        /// Why the last delivery of the history failed.
        history_last_error_code: Option<String>,
        /// When the history was last delivered.
        history_last_successful_time: Option<Timestamp>,
        /// Last delivery of a snapshot.
        snapshot_last_status: Option<String>,
        /// Why the last delivery of a snapshot failed.
        snapshot_last_error_code: Option<String>,
        /// Last message to the topic.
        stream_last_status: Option<String>,
        /// Why the last message to the topic failed.
        stream_last_error_code: Option<String>,
    }
}

table! {
    /// A Config rule.
    ConfigRule = "aws_config_rule", "config:DescribeConfigRules", Region, key [arn] {
        /// ARN of the rule.
        arn: String,
        /// Name of the rule.
        name: String,
        /// Id of the rule.
        rule_id: Option<String>,
        /// `ACTIVE`, `EVALUATING`, `DELETING` or `DELETING_RESULTS`.
        rule_state: Option<String>,
        /// Who wrote it: `AWS`, `CUSTOM_LAMBDA` or `CUSTOM_POLICY`.
        source_owner: Option<String>,
        /// Identifier of a rule of AWS, such as `ENCRYPTED_VOLUMES`; ARN of the function of a custom one.
        source_identifier: Option<String>,
        /// Parameters, one JSON object.
        input_parameters: Option<Json>,
        /// How often it runs, such as `TwentyFour_Hours`; none where it runs on changes.
        maximum_execution_frequency: Option<String>,
        /// The AWS service that made it; none for the customer's own.
        created_by: Option<String>,
        /// Description that its owner gave.
        description: Option<String>,
    }
}

table! {
    /// An aggregator: gathers what Config knows from accounts and regions.
    ConfigConfigurationAggregator = "aws_config_configuration_aggregator", "config:DescribeConfigurationAggregators", Region, key [arn] {
        /// ARN of the aggregator.
        arn: String,
        /// Name of the aggregator.
        name: String,
        /// True where it gathers from the whole organization.
        is_organization: bool,
        /// True where it gathers from every region.
        all_aws_regions: bool,
        /// The regions that it gathers from, where not all, sorted.
        aws_regions: Vec<String>,
        /// The accounts that it gathers from, where not the organization, sorted.
        account_ids: Vec<String>,
        /// The AWS service that made it; none for the customer's own.
        created_by: Option<String>,
    }
}

table! {
    /// How long Config keeps what it recorded. Without a row, 7 years.
    ConfigRetentionConfiguration = "aws_config_retention_configuration", "config:DescribeRetentionConfigurations", Region, key [name] {
        /// Name, always `default`.
        name: String,
        /// Days.
        retention_period_in_days: i64,
    }
}

table! {
    /// A conformance pack: Config rules that were deployed together.
    ConfigConformancePack = "aws_config_conformance_pack", "config:DescribeConformancePacks", Region, key [arn] {
        /// ARN of the pack.
        arn: String,
        /// Name of the pack.
        name: String,
        /// The AWS service that made it; none for the customer's own.
        created_by: Option<String>,
        /// When it was last changed.
        last_update_requested_time: Option<Timestamp>,
    }
}
