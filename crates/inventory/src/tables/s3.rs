//! Amazon Simple Storage Service. Buckets are read region by region, so a bucket's rows carry the bucket's own region.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// A bucket.
    S3Bucket = "aws_s3_bucket", "s3:ListBuckets", Region, key [arn] {
        /// ARN of the bucket, `arn:aws:s3:::name`.
        arn: String,
        /// Name of the bucket.
        name: String,
        /// When it was created.
        creation_date: Option<Timestamp>,
    }
}

table! {
    /// The encryption that new objects of a bucket get when nobody asks for another. No row where the bucket has no such setting.
    S3BucketEncryption = "aws_s3_bucket_encryption", "s3:GetBucketEncryption" after ["s3:ListBuckets"], Region, key [arn] {
        /// ARN of the bucket.
        arn: String,
        /// `AES256` (the service's own key), `aws:kms` or `aws:kms:dsse`.
        sse_algorithm: String,
        /// Id, ARN or alias of the KMS key; none for the AWS managed key `alias/aws/s3`.
        kms_master_key_id: Option<String>,
        /// True where a bucket key saves calls to KMS.
        bucket_key_enabled: Option<bool>,
    }
}

table! {
    /// Whether a bucket keeps old versions of its objects.
    S3BucketVersioning = "aws_s3_bucket_versioning", "s3:GetBucketVersioning" after ["s3:ListBuckets"], Region, key [arn] {
        /// ARN of the bucket.
        arn: String,
        /// True where new versions are kept; false where this was never on or is suspended.
        versioning_enabled: bool,
        /// True where deleting a version takes a second factor.
        versioning_mfa_delete: bool,
        /// `Enabled`, `Suspended`; none where it was never on.
        versioning_status: Option<String>,
    }
}

table! {
    /// The policy of a bucket. No row where it has none.
    S3BucketPolicy = "aws_s3_bucket_policy", "s3:GetBucketPolicy" after ["s3:ListBuckets"], Region, key [arn] {
        /// ARN of the bucket.
        arn: String,
        /// The policy document.
        policy: Json,
    }
}

table! {
    /// What S3 says about a policy whose reach depends on conditions: it is asked only where an allow names everybody and has a
    /// condition. A policy without such a statement is public exactly where an allow names everybody.
    S3BucketPolicyStatus = "aws_s3_bucket_policy_status", "s3:GetBucketPolicyStatus" after ["s3:ListBuckets", "s3:GetBucketPolicy"], Region, key [arn] {
        /// ARN of the bucket.
        arn: String,
        /// True where S3 holds the policy to be public.
        bucket_policy_is_public: bool,
    }
}

table! {
    /// One grant of a bucket's access control list. A bucket whose lists are disabled has the owner's grant alone.
    S3BucketAclGrant = "aws_s3_bucket_acl_grant", "s3:GetBucketAcl" after ["s3:ListBuckets"], Region, key [arn, grantee, permission] {
        /// ARN of the bucket.
        arn: String,
        /// `CanonicalUser`, `Group` or `AmazonCustomerByEmail`.
        grantee_type: String,
        /// Canonical id, group URI or mail address of the grantee.
        grantee: String,
        /// `FULL_CONTROL`, `READ`, `WRITE`, `READ_ACP` or `WRITE_ACP`.
        permission: String,
        /// True where the grantee is the bucket's owner.
        grantee_is_owner: bool,
    }
}

table! {
    /// The public access block of a bucket. No row where it has none.
    S3BucketPublicAccessBlock = "aws_s3_bucket_public_access_block", "s3:GetPublicAccessBlock" after ["s3:ListBuckets"], Region, key [arn] {
        /// ARN of the bucket.
        arn: String,
        /// New public access control lists are refused.
        block_public_acls: bool,
        /// New public policies are refused.
        block_public_policy: bool,
        /// Public access control lists have no effect.
        ignore_public_acls: bool,
        /// A public policy reaches only the bucket's account and AWS services.
        restrict_public_buckets: bool,
    }
}

table! {
    /// Server access logging of a bucket. No row where it is off.
    S3BucketLogging = "aws_s3_bucket_logging", "s3:GetBucketLogging" after ["s3:ListBuckets"], Region, key [arn] {
        /// ARN of the bucket that is logged.
        arn: String,
        /// Name of the bucket that takes the logs.
        target_bucket: String,
        /// Prefix of the logs' names.
        target_prefix: String,
    }
}

table! {
    /// One lifecycle rule of a bucket. No row where it has none.
    S3BucketLifecycleRule = "aws_s3_bucket_lifecycle_rule", "s3:GetBucketLifecycleConfiguration" after ["s3:ListBuckets"], Region, key [arn, id] {
        /// ARN of the bucket.
        arn: String,
        /// Id of the rule; its number in the list where it has none.
        id: String,
        /// True where the rule is on.
        enabled: bool,
        /// Prefix of the names it is for; empty for all.
        prefix: String,
        /// True where it is only for objects of some tags or sizes.
        has_filter: bool,
        /// Days after which an object is removed.
        expiration_days: Option<i64>,
        /// Days after which an old version is removed.
        noncurrent_expiration_days: Option<i64>,
        /// Days after which an upload that was not finished is removed.
        abort_incomplete_multipart_days: Option<i64>,
        /// Days until the first move to a Glacier class.
        glacier_days: Option<i64>,
        /// All moves, as `[{"days": 90, "storage_class": "GLACIER"}]`.
        transitions: Json,
    }
}

table! {
    /// Object lock of a bucket for logs. It is read for versioned buckets whose policy lets a log service write. No row where it is off.
    S3BucketObjectLock = "aws_s3_bucket_object_lock", "s3:GetObjectLockConfiguration" after ["s3:ListBuckets", "s3:GetBucketPolicy", "s3:GetBucketVersioning"], Region, key [arn] {
        /// ARN of the bucket.
        arn: String,
        /// True where object lock is on.
        object_lock_enabled: bool,
        /// `GOVERNANCE` or `COMPLIANCE`, where there is a default retention.
        default_retention_mode: Option<String>,
        /// Days of the default retention, years counted as 365 days.
        default_retention_days: Option<i64>,
    }
}

table! {
    /// An access point. Its operations carry the prefix of the permission that they take.
    S3AccessPoint = "aws_s3_access_point", "s3:GetAccessPoint" after ["s3:ListAccessPoints"], Region, key [arn] {
        /// ARN of the access point.
        arn: String,
        /// Name of the access point.
        name: String,
        /// Name of the bucket behind it.
        bucket_name: Option<String>,
        /// `Internet` or `VPC`.
        network_origin: Option<String>,
        /// The VPC that it answers to.
        vpc_id: Option<String>,
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
