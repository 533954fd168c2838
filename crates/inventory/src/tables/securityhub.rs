//! AWS Security Hub.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// Security Hub in an account and region; no row where it is off.
    SecurityhubHub = "aws_securityhub_hub", "securityhub:DescribeHub", Region, key [hub_arn] {
        /// ARN of the hub.
        hub_arn: String,
        /// True where new controls of enabled standards are turned on by themselves.
        auto_enable_controls: bool,
        /// `SECURITY_CONTROL` where one control gives one finding, `STANDARD_CONTROL` where it gives one for each standard.
        control_finding_generator: Option<String>,
        /// When it was turned on.
        subscribed_at: Option<Timestamp>,
    }
}

table! {
    /// A standard that is turned on.
    SecurityhubStandardsSubscription = "aws_securityhub_standards_subscription", "securityhub:GetEnabledStandards"
    after ["securityhub:DescribeHub"], Region, key [standards_subscription_arn] {
        /// ARN of the subscription.
        standards_subscription_arn: String,
        /// ARN of the standard; its end names it: `…standards/aws-foundational-security-best-practices/v/1.0.0`.
        standards_arn: String,
        /// `PENDING`, `READY`, `FAILED`, `DELETING` or `INCOMPLETE`.
        standards_status: String,
        /// Parameters, `{"k":"v"}`.
        standards_input: Json,
    }
}

table! {
    /// The account that administers Security Hub for this one; no row in the administrator itself or where there is none.
    SecurityhubAdministrator = "aws_securityhub_administrator", "securityhub:GetAdministratorAccount" after ["securityhub:DescribeHub"],
    Region, key [hub_arn] {
        /// ARN of the hub.
        hub_arn: String,
        /// The administrator, 12 digits.
        administrator_account_id: String,
        /// `Enabled`, `Deleted` …
        member_status: Option<String>,
    }
}

table! {
    /// An account that this one administers.
    SecurityhubMember = "aws_securityhub_member", "securityhub:ListMembers"
    after ["securityhub:DescribeHub", "securityhub:GetAdministratorAccount"], Region, key [hub_arn, member_account_id] {
        /// ARN of the administrator's hub.
        hub_arn: String,
        /// The account, 12 digits.
        member_account_id: String,
        /// `Enabled`, `Created`, `Removed` …
        member_status: Option<String>,
    }
}

table! {
    /// What the delegated administrator does with the accounts of the organization; rows in an account that has members.
    SecurityhubOrganizationConfiguration = "aws_securityhub_organization_configuration", "securityhub:DescribeOrganizationConfiguration"
    after ["securityhub:DescribeHub", "securityhub:GetAdministratorAccount", "securityhub:ListMembers"], Region, key [hub_arn] {
        /// ARN of the hub.
        hub_arn: String,
        /// True where new accounts are turned on by themselves.
        auto_enable: bool,
        /// `DEFAULT` or `NONE`: the standards that new accounts get.
        auto_enable_standards: Option<String>,
        /// `CENTRAL` where configuration policies decide, `LOCAL` where each account does.
        configuration_type: Option<String>,
        /// State of central configuration: `PENDING`, `ENABLED` or `FAILED`.
        configuration_status: Option<String>,
        /// True where the service takes no more accounts.
        member_account_limit_reached: bool,
    }
}

table! {
    /// How findings of several regions are gathered in one, the home region.
    SecurityhubFindingAggregator = "aws_securityhub_finding_aggregator", "securityhub:GetFindingAggregator"
    after ["securityhub:DescribeHub", "securityhub:ListFindingAggregators"], Region, key [arn] {
        /// ARN of the aggregator.
        arn: String,
        /// The home region.
        finding_aggregation_region: String,
        /// `ALL_REGIONS`, `ALL_REGIONS_EXCEPT_SPECIFIED`, `SPECIFIED_REGIONS` or `NO_REGIONS`.
        region_linking_mode: String,
        /// The regions that the mode names, sorted.
        regions: Vec<String>,
    }
}
