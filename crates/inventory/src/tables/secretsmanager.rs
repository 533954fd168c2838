//! AWS Secrets Manager: what is known about secrets, never their values.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// A secret that is not planned for deletion.
    SecretsmanagerSecret = "aws_secretsmanager_secret", "secretsmanager:ListSecrets", Region, key [arn] {
        /// ARN of the secret.
        arn: String,
        /// Name of the secret.
        name: String,
        /// Id, ARN or alias of the KMS key; none for the AWS managed key `alias/aws/secretsmanager`.
        kms_key_id: Option<String>,
        /// True where it rotates by a schedule.
        rotation_enabled: bool,
        /// ARN of the function that rotates it.
        rotation_lambda_arn: Option<String>,
        /// Days between rotations, where the schedule is given in days.
        rotation_days: Option<i64>,
        /// The schedule as an expression, `rate(10 days)` or `cron(…)`.
        rotation_schedule: Option<String>,
        /// The service that manages the secret, such as `rds`.
        owning_service: Option<String>,
        /// The region that a replica is copied from.
        primary_region: Option<String>,
        /// When it was created.
        created_date: Option<Timestamp>,
        /// When anything about it was last changed.
        last_changed_date: Option<Timestamp>,
        /// When it was last rotated.
        last_rotated_date: Option<Timestamp>,
        /// When it is due for the next rotation.
        next_rotation_date: Option<Timestamp>,
        /// The day on which its value was last read.
        last_accessed_date: Option<Timestamp>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// The resource policy of a secret. No row where it has none.
    SecretsmanagerSecretPolicy = "aws_secretsmanager_secret_policy", "secretsmanager:GetResourcePolicy" after ["secretsmanager:ListSecrets"], Region, key [arn] {
        /// ARN of the secret.
        arn: String,
        /// The policy document.
        policy: Json,
    }
}
