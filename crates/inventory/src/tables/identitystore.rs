//! The directory of AWS IAM Identity Center. Read in the management account.

use crate::table::table;

table! {
    /// A user of the directory.
    IdentitystoreUser = "aws_identitystore_user", "identitystore:ListUsers" after ["ec2:DescribeRegions", "sso-admin:ListInstances"],
        Organization, key [identity_store_id, id] {
        /// ARN of the user.
        arn: String,
        /// Id of the user in the directory.
        id: String,
        /// Name that the user signs in with.
        name: Option<String>,
        /// Id of the directory, `d-…`.
        identity_store_id: String,
        /// `ENABLED` or `DISABLED`, where the service says so.
        user_status: Option<String>,
        /// True for a user that another directory provisioned.
        is_provisioned: bool,
    }
}

table! {
    /// A group of the directory.
    IdentitystoreGroup = "aws_identitystore_group", "identitystore:ListGroups" after ["ec2:DescribeRegions", "sso-admin:ListInstances"],
        Organization, key [identity_store_id, id] {
        /// ARN of the group.
        arn: String,
        /// Id of the group in the directory.
        id: String,
        /// Name of the group.
        name: Option<String>,
        /// Id of the directory, `d-…`.
        identity_store_id: String,
        /// Description of the group.
        description: Option<String>,
    }
}
