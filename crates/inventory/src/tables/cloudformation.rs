//! AWS CloudFormation.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// A stack. Its parameters' values and its outputs are not kept.
    CloudformationStack = "aws_cloudformation_stack", "cloudformation:DescribeStacks", Region, key [arn] {
        /// ARN of the stack.
        arn: String,
        /// Name of the stack.
        name: String,
        /// `CREATE_COMPLETE`, `UPDATE_ROLLBACK_FAILED` …
        status: String,
        /// Why it has that status.
        status_reason: Option<String>,
        /// Description in its template.
        description: Option<String>,
        /// Whether it still is as its template says: `IN_SYNC`, `DRIFTED`, `UNKNOWN` or `NOT_CHECKED`.
        stack_drift_status: Option<String>,
        /// When that was last checked.
        last_drift_check_timestamp: Option<Timestamp>,
        /// True where it cannot be deleted before that is turned off; none where the service did not say.
        enable_termination_protection: Option<bool>,
        /// Role with which the service changes its resources; none for that of whoever calls.
        role_arn: Option<String>,
        /// ARN of the stack that it is nested in.
        parent_id: Option<String>,
        /// ARN of the stack at the top of the nesting.
        root_id: Option<String>,
        /// Topics that are told of its events, sorted.
        notification_arns: Vec<String>,
        /// `CAPABILITY_IAM`, `CAPABILITY_NAMED_IAM` …, sorted.
        capabilities: Vec<String>,
        /// Names of its parameters, sorted.
        parameter_names: Vec<String>,
        /// When it was created.
        creation_time: Option<Timestamp>,
        /// When it was last updated.
        last_updated_time: Option<Timestamp>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// An active stack set of the management account.
    CloudformationStackSet = "aws_cloudformation_stack_set", "cloudformation:ListStackSets", Region, key [arn] {
        /// ARN of the stack set.
        arn: String,
        /// Name of the stack set.
        stack_set_name: String,
        /// Id of the stack set: its name, a colon and a unique id.
        stack_set_id: String,
        /// Description that its owner gave.
        description: Option<String>,
        /// `ACTIVE`.
        status: Option<String>,
        /// `SELF_MANAGED` (roles of the customer's) or `SERVICE_MANAGED` (by Organizations).
        permission_model: Option<String>,
        /// True where accounts that come into its organizational units get it by themselves.
        auto_deployment_enabled: bool,
        /// `IN_SYNC`, `DRIFTED`, `UNKNOWN` or `NOT_CHECKED`.
        drift_status: Option<String>,
        /// When that was last checked.
        last_drift_check_timestamp: Option<Timestamp>,
    }
}

table! {
    /// A stack set's instance: its stack in one account and region.
    CloudformationStackInstance = "aws_cloudformation_stack_instance", "cloudformation:ListStackInstances"
    after ["cloudformation:ListStackSets"], Region, key [stack_set_arn, target_account_id, target_region] {
        /// ARN of the stack set.
        stack_set_arn: String,
        /// Account that the stack is in, 12 digits.
        target_account_id: String,
        /// Region that the stack is in.
        target_region: String,
        /// `CURRENT`, `OUTDATED` or `INOPERABLE`.
        status: Option<String>,
        /// What the last operation came to: `SUCCEEDED`, `FAILED`, `CANCELLED` …
        detailed_status: Option<String>,
        /// Why it has that status.
        status_reason: Option<String>,
        /// ARN of the stack.
        stack_id: Option<String>,
        /// `IN_SYNC`, `DRIFTED`, `UNKNOWN` or `NOT_CHECKED`.
        drift_status: Option<String>,
        /// Organizational unit by which the account was chosen.
        organizational_unit_id: Option<String>,
    }
}
