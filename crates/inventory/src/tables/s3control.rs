//! Amazon S3 Control: what holds for all buckets of an account.

use crate::table::table;

table! {
    /// The public access block of an account. No row where it has none.
    S3AccountSettings = "aws_s3_account_settings", "s3control:GetPublicAccessBlock", Account, key [arn] {
        /// ARN of the account.
        arn: String,
        /// New public access control lists are refused.
        block_public_acls: bool,
        /// New public policies are refused.
        block_public_policy: bool,
        /// Public access control lists have no effect.
        ignore_public_acls: bool,
        /// Public policies reach only the bucket's account and AWS services.
        restrict_public_buckets: bool,
    }
}

table! {
    /// A multi-region access point.
    S3MultiRegionAccessPoint = "aws_s3_multi_region_access_point", "s3control:ListMultiRegionAccessPoints", Account, key [arn] {
        /// ARN of the access point.
        arn: String,
        /// Name of the access point.
        name: String,
        /// `READY`, `CREATING`, `DELETING` …
        status: Option<String>,
        /// New public access control lists are refused.
        block_public_acls: bool,
        /// New public policies are refused.
        block_public_policy: bool,
        /// Public access control lists have no effect.
        ignore_public_acls: bool,
        /// A public policy reaches only the account and AWS services.
        restrict_public_buckets: bool,
    }
}
