//! Every table, one module a service. Names of tables and columns are those of Steampipe's AWS plugin where it has them.

use crate::{Row, Table};

pub mod kms;
pub mod organization;
pub mod standfast;

/// Lists the tables of a module's row structs.
macro_rules! registry {
    ($($module:ident: [$($row:ident),* $(,)?];)*) => {
        /// Every table, in the order of the modules.
        pub const ALL: &[&Table] = &[$($($module::$row::TABLE,)*)*];
    };
}

registry! {
    standfast: [CollectionUnit, CollectionError];
    organization: [AwsAccount, AwsRegion];
    kms: [KmsKey, KmsKeyPolicy, KmsKeyRotation, KmsGrant, KmsAlias];
}

/// The table of a name.
pub fn find(name: &str) -> Option<&'static Table> {
    ALL.iter().copied().find(|table| table.name == name)
}
