//! AWS Security Token Service.

use crate::table::table;

table! {
    /// Who reads the account: the principal of the run, one row an account.
    StsCallerIdentity = "aws_sts_caller_identity", "sts:GetCallerIdentity", Account, key [arn] {
        /// ARN of the principal, such as `arn:aws:sts::111122223333:assumed-role/reader/standfast`.
        arn: String,
        /// Unique id of the principal.
        user_id: Option<String>,
    }
}
