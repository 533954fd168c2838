//! The accounts of the run and their regions; what controls of account and region scope start from.

use crate::table::table;

table! {
    /// An account of the run.
    AwsAccount = "aws_account", "standfast:Collect", Account, key [arn] {
        /// ARN of the account, `arn:aws:iam::111122223333:root`: what findings about the account itself name.
        arn: String,
        /// Name of the account in the organization; its id where there is none.
        name: String,
        /// Path of organizational units from the root, such as `Root/Workloads/Prod`; empty without an organization.
        organizational_unit: String,
        /// True for the organization's management account.
        is_management: bool,
        /// True where the account is in an organization that was read.
        in_organization: bool,
    }
}

table! {
    /// A region that is enabled in an account of the run and was read.
    AwsRegion = "aws_region", "standfast:Collect", Region, key [arn] {
        /// Name of the region with the account, `arn:aws:::111122223333:region/us-east-1`: what findings about the region as a whole name.
        arn: String,
        /// Whether the region had to be opted into: `opt-in-not-required`, `opted-in`; none where the account could not say.
        opt_in_status: Option<String>,
    }
}
