//! AWS IAM Identity Center: instances, permission sets and who has them where. Read in the management account.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// An instance of Identity Center, in the region where it is.
    SsoadminInstance = "aws_ssoadmin_instance", "sso-admin:ListInstances" after ["ec2:DescribeRegions"], Organization, key [arn] {
        /// ARN of the instance.
        arn: String,
        /// Id of the directory behind it, `d-…`.
        identity_store_id: Option<String>,
        /// Account that owns it.
        owner_account_id: Option<String>,
        /// Name of the instance.
        name: Option<String>,
        /// `ACTIVE`, `CREATE_IN_PROGRESS` …
        status: Option<String>,
        /// When it was created.
        created_date: Option<Timestamp>,
    }
}

table! {
    /// A permission set.
    SsoadminPermissionSet = "aws_ssoadmin_permission_set", "sso-admin:DescribePermissionSet"
        after ["ec2:DescribeRegions", "sso-admin:ListInstances", "sso-admin:ListPermissionSets"], Organization, key [arn] {
        /// ARN of the permission set.
        arn: String,
        /// ARN of its instance.
        instance_arn: String,
        /// Name of the permission set.
        name: String,
        /// Description of the permission set.
        description: Option<String>,
        /// How long a session lasts, as ISO 8601 has it: `PT8H`.
        session_duration: Option<String>,
        /// How long a session lasts, in minutes.
        session_duration_minutes: Option<i64>,
        /// When it was created.
        created_date: Option<Timestamp>,
    }
}

table! {
    /// An AWS managed policy in a permission set.
    SsoadminManagedPolicyAttachment = "aws_ssoadmin_managed_policy_attachment", "sso-admin:ListManagedPoliciesInPermissionSet"
        after ["ec2:DescribeRegions", "sso-admin:ListInstances", "sso-admin:ListPermissionSets"],
        Organization, key [permission_set_arn, managed_policy_arn] {
        /// ARN of the permission set.
        permission_set_arn: String,
        /// ARN of the policy.
        managed_policy_arn: String,
        /// Name of the policy.
        name: Option<String>,
    }
}

table! {
    /// A customer managed policy, named by a permission set and looked up in each account.
    SsoadminCustomerManagedPolicyReference = "aws_ssoadmin_customer_managed_policy_reference",
        "sso-admin:ListCustomerManagedPolicyReferencesInPermissionSet"
        after ["ec2:DescribeRegions", "sso-admin:ListInstances", "sso-admin:ListPermissionSets"],
        Organization, key [permission_set_arn, path, name] {
        /// ARN of the permission set.
        permission_set_arn: String,
        /// Name of the policy.
        name: String,
        /// Path of the policy.
        path: String,
    }
}

table! {
    /// The inline policy of a permission set; no row where it has none.
    SsoadminInlinePolicy = "aws_ssoadmin_inline_policy", "sso-admin:GetInlinePolicyForPermissionSet"
        after ["ec2:DescribeRegions", "sso-admin:ListInstances", "sso-admin:ListPermissionSets"],
        Organization, key [permission_set_arn] {
        /// ARN of the permission set.
        permission_set_arn: String,
        /// The document.
        policy: Json,
    }
}

table! {
    /// A user or group that has a permission set in an account.
    SsoadminAccountAssignment = "aws_ssoadmin_account_assignment", "sso-admin:ListAccountAssignments"
        after ["ec2:DescribeRegions", "sso-admin:ListInstances", "sso-admin:ListPermissionSets", "sso-admin:ListAccountsForProvisionedPermissionSet"],
        Organization, key [permission_set_arn, target_account_id, principal_type, principal_id] {
        /// ARN of the instance.
        instance_arn: String,
        /// ARN of the permission set.
        permission_set_arn: String,
        /// Account in which it is granted.
        target_account_id: String,
        /// `USER` or `GROUP`.
        principal_type: String,
        /// Id of the user or group in the directory.
        principal_id: String,
    }
}
