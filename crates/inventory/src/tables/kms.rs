//! AWS Key Management Service.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// A KMS key, customer managed or AWS managed.
    KmsKey = "aws_kms_key", "kms:DescribeKey" after ["kms:ListKeys"], Region, key [arn] {
        /// ARN of the key.
        arn: String,
        /// Id of the key.
        id: String,
        /// `CUSTOMER` or `AWS`.
        key_manager: String,
        /// `Enabled`, `Disabled`, `PendingDeletion`, `PendingImport`, `Unavailable` …
        key_state: String,
        /// `SYMMETRIC_DEFAULT`, `RSA_2048` …
        key_spec: Option<String>,
        /// `ENCRYPT_DECRYPT`, `SIGN_VERIFY` …
        key_usage: Option<String>,
        /// Where the material comes from: `AWS_KMS`, `EXTERNAL`, `AWS_CLOUDHSM` …
        origin: Option<String>,
        /// True where the key can be used.
        enabled: bool,
        /// True for a key of a multi-region set.
        multi_region: Option<bool>,
        /// Description that its owner gave.
        description: Option<String>,
        /// When it was created.
        creation_date: Option<Timestamp>,
        /// When it will be deleted, if that is planned.
        deletion_date: Option<Timestamp>,
        /// When imported key material expires.
        valid_to: Option<Timestamp>,
    }
}

table! {
    /// The policy of a customer managed key.
    KmsKeyPolicy = "aws_kms_key_policy", "kms:GetKeyPolicy" after ["kms:ListKeys", "kms:DescribeKey"], Region, key [key_arn] {
        /// ARN of the key.
        key_arn: String,
        /// The policy document.
        policy: Json,
    }
}

table! {
    /// Whether a customer managed key rotates. It is read for enabled symmetric keys whose material KMS made; no row for others.
    KmsKeyRotation = "aws_kms_key_rotation", "kms:GetKeyRotationStatus" after ["kms:ListKeys", "kms:DescribeKey"], Region, key [key_arn] {
        /// ARN of the key.
        key_arn: String,
        /// True where automatic rotation is on.
        key_rotation_enabled: bool,
        /// Days between rotations, where the service says so.
        rotation_period_in_days: Option<i64>,
    }
}

table! {
    /// A grant on a customer managed key.
    KmsGrant = "aws_kms_grant", "kms:ListGrants" after ["kms:ListKeys", "kms:DescribeKey"], Region, key [key_arn, grant_id] {
        /// ARN of the key.
        key_arn: String,
        /// Id of the grant.
        grant_id: String,
        /// Name of the grant.
        name: Option<String>,
        /// Who was granted, an ARN or a service such as `dynamodb.amazonaws.com`.
        grantee_principal: Option<String>,
        /// The account that issued the grant, as the ARN of its root.
        issuing_account: Option<String>,
        /// Who may retire the grant.
        retiring_principal: Option<String>,
        /// The operations granted, sorted.
        operations: Vec<String>,
        /// When it was created.
        creation_date: Option<Timestamp>,
    }
}

table! {
    /// An alias of a key.
    KmsAlias = "aws_kms_alias", "kms:ListAliases", Region, key [arn] {
        /// ARN of the alias.
        arn: String,
        /// Name, with its `alias/` in front.
        alias_name: String,
        /// Id of the key that it stands for.
        target_key_id: Option<String>,
    }
}
