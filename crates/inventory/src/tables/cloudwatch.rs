//! Amazon CloudWatch alarms.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// An alarm on a metric.
    CloudwatchAlarm = "aws_cloudwatch_alarm", "cloudwatch:DescribeAlarms", Region, key [arn] {
        /// ARN of the alarm.
        arn: String,
        /// Name of the alarm.
        name: String,
        /// Description that its owner gave.
        alarm_description: Option<String>,
        /// True where its actions are carried out.
        actions_enabled: bool,
        /// What it does when it goes off, ARNs, sorted.
        alarm_actions: Vec<String>,
        /// What it does when all is well again, ARNs, sorted.
        ok_actions: Vec<String>,
        /// What it does when there is no data, ARNs, sorted.
        insufficient_data_actions: Vec<String>,
        /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
        state_value: Option<String>,
        /// When the state last changed.
        state_updated_timestamp: Option<Timestamp>,
        /// Namespace of its metric; none where it computes with several.
        namespace: Option<String>,
        /// Its metric; none where it computes with several.
        metric_name: Option<String>,
        /// `Sum`, `Average` …
        statistic: Option<String>,
        /// Seconds.
        period: Option<i64>,
        /// How many periods count.
        evaluation_periods: Option<i64>,
        /// How many of these periods must be over the threshold.
        datapoints_to_alarm: Option<i64>,
        /// Value that the metric is compared to.
        threshold: Option<f64>,
        /// `GreaterThanOrEqualToThreshold` …
        comparison_operator: Option<String>,
        /// What missing data means: `missing`, `ignore`, `breaching` or `notBreaching`.
        treat_missing_data: Option<String>,
        /// Dimensions of the metric, `{"k":"v"}`.
        dimensions: Json,
        /// Metrics that it computes with, as `namespace/name`, sorted.
        metrics: Vec<String>,
    }
}

table! {
    /// An alarm made of other alarms.
    CloudwatchCompositeAlarm = "aws_cloudwatch_composite_alarm", "cloudwatch:DescribeAlarms", Region, key [arn] {
        /// ARN of the alarm.
        arn: String,
        /// Name of the alarm.
        name: String,
        /// Description that its owner gave.
        alarm_description: Option<String>,
        /// When it goes off, such as `ALARM("cpu") OR ALARM("disk")`.
        alarm_rule: String,
        /// True where its actions are carried out.
        actions_enabled: bool,
        /// What it does when it goes off, ARNs, sorted.
        alarm_actions: Vec<String>,
        /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
        state_value: Option<String>,
    }
}
