//! Amazon EventBridge.

use crate::{Json, table::table};

table! {
    /// An event bus.
    EventbridgeBus = "aws_eventbridge_bus", "events:ListEventBuses", Region, key [arn] {
        /// ARN of the bus.
        arn: String,
        /// Name of the bus.
        name: String,
        /// The policy document; none where only the account itself may put events.
        policy: Option<Json>,
    }
}

table! {
    /// A rule of an event bus.
    EventbridgeRule = "aws_eventbridge_rule", "events:ListRules" after ["events:ListEventBuses"], Region, key [arn] {
        /// ARN of the rule.
        arn: String,
        /// Name of the rule.
        name: String,
        /// Name of its bus.
        event_bus_name: String,
        /// `ENABLED`, `DISABLED` or `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`.
        state: String,
        /// Pattern of the events that it matches; none for a rule with a schedule.
        event_pattern: Option<Json>,
        /// Schedule; none for a rule with a pattern.
        schedule_expression: Option<String>,
        /// The AWS service that made it; none for the customer's own.
        managed_by: Option<String>,
        /// Description that its owner gave.
        description: Option<String>,
    }
}

table! {
    /// A target of a rule that the customer made.
    EventbridgeTarget = "aws_eventbridge_target", "events:ListTargetsByRule" after ["events:ListEventBuses", "events:ListRules"], Region,
    key [rule_arn, target_id] {
        /// ARN of the rule.
        rule_arn: String,
        /// Id of the target in its rule.
        target_id: String,
        /// ARN of the target: a topic, function, queue, bus …
        target_arn: String,
        /// Role with which the target is called.
        role_arn: Option<String>,
        /// ARN of the queue for events that could not be delivered.
        dead_letter_arn: Option<String>,
    }
}
