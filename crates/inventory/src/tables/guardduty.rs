//! Amazon GuardDuty.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// A detector: GuardDuty in an account and region.
    GuarddutyDetector = "aws_guardduty_detector", "guardduty:GetDetector" after ["guardduty:ListDetectors"], Region, key [arn] {
        /// ARN of the detector.
        arn: String,
        /// Id of the detector.
        detector_id: String,
        /// `ENABLED` or `DISABLED`.
        status: String,
        /// How often findings that happen again are told: `FIFTEEN_MINUTES`, `ONE_HOUR` or `SIX_HOURS`.
        finding_publishing_frequency: Option<String>,
        /// When it was created.
        created_at: Option<Timestamp>,
        /// When it was last changed.
        updated_at: Option<Timestamp>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A protection plan of a detector, or a setting below one.
    GuarddutyDetectorFeature = "aws_guardduty_detector_feature", "guardduty:GetDetector" after ["guardduty:ListDetectors"], Region,
    key [detector_arn, name, additional] {
        /// ARN of the detector.
        detector_arn: String,
        /// `S3_DATA_EVENTS`, `EKS_AUDIT_LOGS`, `EBS_MALWARE_PROTECTION`, `RDS_LOGIN_EVENTS`, `LAMBDA_NETWORK_LOGS`, `RUNTIME_MONITORING` …
        name: String,
        /// The setting below the plan, such as `EC2_AGENT_MANAGEMENT`; empty for the plan itself.
        additional: String,
        /// `ENABLED` or `DISABLED`.
        status: String,
    }
}

table! {
    /// The account that administers GuardDuty for this one; no row in the administrator itself or where there is none.
    GuarddutyAdministrator = "aws_guardduty_administrator", "guardduty:GetAdministratorAccount" after ["guardduty:ListDetectors"], Region,
    key [detector_arn] {
        /// ARN of the detector.
        detector_arn: String,
        /// The administrator, 12 digits.
        administrator_account_id: String,
        /// `Enabled`, `Disabled`, `Removed`, `Resigned` …
        relationship_status: Option<String>,
    }
}

table! {
    /// What the delegated administrator does with the accounts of the organization; rows in that account only.
    GuarddutyOrganizationConfiguration = "aws_guardduty_organization_configuration", "guardduty:DescribeOrganizationConfiguration"
    after ["guardduty:ListDetectors", "guardduty:GetAdministratorAccount"], Region, key [detector_arn] {
        /// ARN of the detector.
        detector_arn: String,
        /// For which accounts it is turned on: `ALL`, `NEW` or `NONE`.
        auto_enable_organization_members: Option<String>,
        /// True where the service takes no more accounts.
        member_account_limit_reached: bool,
        /// Plans and the accounts that they are turned on for, `{"S3_DATA_EVENTS":"ALL"}`.
        features: Json,
    }
}

table! {
    /// An account that the delegated administrator looks after; rows in that account only.
    GuarddutyMember = "aws_guardduty_member", "guardduty:ListMembers"
    after ["guardduty:ListDetectors", "guardduty:GetAdministratorAccount", "guardduty:DescribeOrganizationConfiguration"], Region,
    key [detector_arn, member_account_id] {
        /// ARN of the administrator's detector.
        detector_arn: String,
        /// The account, 12 digits.
        member_account_id: String,
        /// `Enabled`, `Disabled`, `Removed`, `Resigned` …
        relationship_status: Option<String>,
    }
}

table! {
    /// Where findings are exported to. Read in accounts that nobody administers.
    GuarddutyPublishingDestination = "aws_guardduty_publishing_destination", "guardduty:ListPublishingDestinations"
    after ["guardduty:ListDetectors", "guardduty:GetAdministratorAccount"], Region, key [detector_arn, destination_id] {
        /// ARN of the detector.
        detector_arn: String,
        /// Id of the destination.
        destination_id: String,
        /// `S3`.
        destination_type: Option<String>,
        /// `PUBLISHING`, `PENDING_VERIFICATION`, `UNABLE_TO_PUBLISH_FIX_DESTINATION_PROPERTY` or `STOPPED`.
        status: Option<String>,
    }
}
