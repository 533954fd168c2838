//! AWS Organizations, read in the management account.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// The organization; no row where the account is in none.
    OrganizationsOrganization = "aws_organizations_organization", "organizations:DescribeOrganization", Organization, key [arn] {
        /// ARN of the organization.
        arn: String,
        /// Id of the organization, `o-…`.
        id: String,
        /// `ALL`, or `CONSOLIDATED_BILLING` where no policy can be attached.
        feature_set: Option<String>,
        /// Id of the management account.
        master_account_id: Option<String>,
    }
}

table! {
    /// The root of the organization, the parent of all units and accounts.
    OrganizationsRoot = "aws_organizations_root", "organizations:ListRoots" after ["organizations:DescribeOrganization"], Organization, key [arn] {
        /// ARN of the root.
        arn: String,
        /// Id of the root, `r-…`.
        id: String,
        /// Name of the root.
        name: String,
        /// The policy types that are enabled, sorted: `SERVICE_CONTROL_POLICY`, `RESOURCE_CONTROL_POLICY` …
        policy_types: Vec<String>,
    }
}

table! {
    /// An organizational unit.
    OrganizationsOrganizationalUnit = "aws_organizations_organizational_unit", "organizations:ListOrganizationalUnitsForParent"
        after ["organizations:DescribeOrganization", "organizations:ListRoots"], Organization, key [arn] {
        /// ARN of the unit.
        arn: String,
        /// Id of the unit, `ou-…`.
        id: String,
        /// Name of the unit.
        name: String,
        /// Id of the root or unit that it is in.
        parent_id: String,
        /// Names from the root down, such as `Root/Workloads/Prod`.
        path: String,
    }
}

table! {
    /// An account of the organization, with its place in it. `account_id` is the management account; the account itself is `id`.
    OrganizationsAccount = "aws_organizations_account", "organizations:ListAccountsForParent"
        after ["organizations:DescribeOrganization", "organizations:ListRoots", "organizations:ListOrganizationalUnitsForParent"],
        Organization, key [id] {
        /// ARN of the account in the organization.
        arn: String,
        /// Id of the account, 12 digits.
        id: String,
        /// Name of the account.
        name: String,
        /// Mail address of its root user.
        email: Option<String>,
        /// `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE` …
        status: Option<String>,
        /// `INVITED` or `CREATED`.
        joined_method: Option<String>,
        /// When it joined.
        joined_timestamp: Option<Timestamp>,
        /// Id of the root or unit that it is in.
        parent_id: String,
        /// Names of its parents from the root down, such as `Root/Workloads/Prod`.
        path: String,
        /// Ids that a policy can be attached to and reach the account: the root, each unit on the way, the account itself.
        policy_target_ids: Vec<String>,
    }
}

table! {
    /// A policy of the organization of an enabled type, customer managed or AWS managed.
    OrganizationsPolicy = "aws_organizations_policy", "organizations:ListPolicies"
        after ["organizations:DescribeOrganization", "organizations:ListRoots"], Organization, key [arn] {
        /// ARN of the policy.
        arn: String,
        /// Id of the policy, `p-…`.
        id: String,
        /// Name of the policy.
        name: String,
        /// Description of the policy.
        description: Option<String>,
        /// `SERVICE_CONTROL_POLICY`, `RESOURCE_CONTROL_POLICY`, `DECLARATIVE_POLICY_EC2`, `TAG_POLICY` …
        r#type: String,
        /// True for a policy that AWS manages, such as `FullAWSAccess`.
        aws_managed: bool,
    }
}

table! {
    /// The document of a customer managed policy of the organization.
    OrganizationsPolicyDocument = "aws_organizations_policy_document", "organizations:DescribePolicy"
        after ["organizations:DescribeOrganization", "organizations:ListRoots", "organizations:ListPolicies"], Organization, key [policy_arn] {
        /// ARN of the policy.
        policy_arn: String,
        /// Id of the policy, `p-…`.
        policy_id: String,
        /// Name of the policy.
        name: String,
        /// `SERVICE_CONTROL_POLICY`, `RESOURCE_CONTROL_POLICY` …
        r#type: String,
        /// The document.
        content: Json,
    }
}

table! {
    /// A root, unit or account that a customer managed policy is attached to.
    OrganizationsPolicyTarget = "aws_organizations_policy_target", "organizations:ListTargetsForPolicy"
        after ["organizations:DescribeOrganization", "organizations:ListRoots", "organizations:ListPolicies"],
        Organization, key [policy_arn, target_id] {
        /// ARN of the policy.
        policy_arn: String,
        /// Id of the policy, `p-…`.
        policy_id: String,
        /// Id of the root, unit or account.
        target_id: String,
        /// ARN of the root, unit or account.
        target_arn: Option<String>,
        /// Name of the root, unit or account.
        target_name: Option<String>,
        /// `ROOT`, `ORGANIZATIONAL_UNIT` or `ACCOUNT`.
        target_type: Option<String>,
    }
}

table! {
    /// An account that administers some AWS service for the organization.
    OrganizationsDelegatedAdministrator = "aws_organizations_delegated_administrator", "organizations:ListDelegatedAdministrators"
        after ["organizations:DescribeOrganization"], Organization, key [id] {
        /// ARN of the account.
        arn: String,
        /// Id of the account.
        id: String,
        /// Name of the account.
        name: Option<String>,
        /// When it first became an administrator.
        delegation_enabled_date: Option<Timestamp>,
    }
}

table! {
    /// A service that an account administers for the organization.
    OrganizationsDelegatedService = "aws_organizations_delegated_service", "organizations:ListDelegatedServicesForAccount"
        after ["organizations:DescribeOrganization", "organizations:ListDelegatedAdministrators"],
        Organization, key [delegated_account_id, service_principal] {
        /// Id of the account.
        delegated_account_id: String,
        /// The service, such as `guardduty.amazonaws.com`.
        service_principal: String,
        /// When the account became its administrator.
        delegation_enabled_date: Option<Timestamp>,
    }
}

table! {
    /// A service that may work in all accounts of the organization (trusted access).
    OrganizationsServiceAccess = "aws_organizations_service_access", "organizations:ListAWSServiceAccessForOrganization"
        after ["organizations:DescribeOrganization"], Organization, key [service_principal] {
        /// The service, such as `config.amazonaws.com`.
        service_principal: String,
        /// When it was enabled.
        date_enabled: Option<Timestamp>,
    }
}

table! {
    /// The resource policy of the organization, which lets member accounts manage its policies; no row where there is none.
    OrganizationsResourcePolicy = "aws_organizations_resource_policy", "organizations:DescribeResourcePolicy"
        after ["organizations:DescribeOrganization"], Organization, key [arn] {
        /// ARN of the resource policy.
        arn: String,
        /// The document.
        policy: Json,
    }
}
