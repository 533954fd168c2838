//! Amazon Elastic File System.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// A file system.
    EfsFileSystem = "aws_efs_file_system", "efs:DescribeFileSystems", Region, key [arn] {
        /// ARN of the file system.
        arn: String,
        /// Id, `fs-…`.
        file_system_id: String,
        /// Name, from its `Name` tag.
        name: Option<String>,
        /// `available`, `creating`, `deleting` …
        life_cycle_state: String,
        /// True where it is encrypted at rest.
        encrypted: bool,
        /// ARN of the KMS key.
        kms_key_id: Option<String>,
        /// How many mount targets it has; without one nobody can mount it.
        number_of_mount_targets: i64,
        /// The availability zone of a One Zone file system.
        availability_zone_name: Option<String>,
        /// When it was created.
        creation_time: Option<Timestamp>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// The policy of a file system that has mount targets. No row where it has none, which lets every client that reaches it mount it.
    EfsFileSystemPolicy = "aws_efs_file_system_policy", "efs:DescribeFileSystemPolicy" after ["efs:DescribeFileSystems"], Region, key [arn] {
        /// ARN of the file system.
        arn: String,
        /// The policy document.
        policy: Json,
    }
}

table! {
    /// Whether a file system is backed up automatically. No row where this was never set.
    EfsBackupPolicy = "aws_efs_backup_policy", "efs:DescribeBackupPolicy" after ["efs:DescribeFileSystems"], Region, key [arn] {
        /// ARN of the file system.
        arn: String,
        /// `ENABLED`, `ENABLING`, `DISABLED` or `DISABLING`.
        status: String,
    }
}

table! {
    /// An access point of a file system.
    EfsAccessPoint = "aws_efs_access_point", "efs:DescribeAccessPoints", Region, key [arn] {
        /// ARN of the access point.
        arn: String,
        /// Id of its file system.
        file_system_id: Option<String>,
        /// Name, from its `Name` tag.
        name: Option<String>,
        /// The folder that clients see as the root; `/` for the whole file system.
        root_directory_path: Option<String>,
        /// The user id that clients get, whatever they say.
        posix_uid: Option<i64>,
        /// The group id that clients get.
        posix_gid: Option<i64>,
    }
}

table! {
    /// A mount target of a file system: its address in one subnet.
    EfsMountTarget = "aws_efs_mount_target", "efs:DescribeMountTargets" after ["efs:DescribeFileSystems"], Region, key [mount_target_id] {
        /// Id, `fsmt-…`.
        mount_target_id: String,
        /// ARN of the file system.
        file_system_arn: String,
        /// Id of the subnet.
        subnet_id: String,
        /// Id of the VPC.
        vpc_id: Option<String>,
    }
}
