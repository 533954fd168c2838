//! Amazon Simple Notification Service.

use crate::{Json, table::table};

table! {
    /// A topic.
    SnsTopic = "aws_sns_topic", "sns:ListTopics", Region, key [topic_arn] {
        /// ARN of the topic.
        topic_arn: String,
        /// ARN of the topic, under the name that every table of resources has.
        arn: String,
        /// Name of the topic.
        name: String,
    }
}

table! {
    /// Attributes of a topic.
    SnsTopicAttributes = "aws_sns_topic_attributes", "sns:GetTopicAttributes" after ["sns:ListTopics"], Region, key [topic_arn] {
        /// ARN of the topic.
        topic_arn: String,
        /// Name that people see.
        display_name: Option<String>,
        /// Account that owns it.
        owner: Option<String>,
        /// KMS key that encrypts messages at rest: id, ARN or alias; none where they are not encrypted with KMS.
        kms_master_key_id: Option<String>,
        /// The policy document.
        policy: Option<Json>,
        /// Subscriptions that were confirmed.
        subscriptions_confirmed: i64,
        /// Subscriptions that wait for confirmation.
        subscriptions_pending: i64,
        /// True for a topic that keeps the order.
        fifo_topic: bool,
    }
}

table! {
    /// A subscription to a topic.
    SnsTopicSubscription = "aws_sns_topic_subscription", "sns:ListSubscriptions", Region, key [topic_arn, protocol, endpoint, subscription_arn] {
        /// ARN of the subscription; `PendingConfirmation` before it is confirmed, `Deleted` after it is gone.
        subscription_arn: String,
        /// ARN of the topic.
        topic_arn: String,
        /// Account that subscribed.
        owner: Option<String>,
        /// `email`, `email-json`, `https`, `sqs`, `lambda`, `sms` …
        protocol: String,
        /// Where messages go. May be a person's address.
        endpoint: String,
        /// True where it was confirmed.
        confirmed: bool,
    }
}
