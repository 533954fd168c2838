//! Amazon EC2 without its networks: instances, volumes, snapshots, images, key pairs, launch templates, and the settings of an
//! account in a region.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// An instance.
    Ec2Instance = "aws_ec2_instance", "ec2:DescribeInstances", Region, key [arn] {
        /// ARN of the instance.
        arn: String,
        /// Id of the instance.
        instance_id: String,
        /// `pending`, `running`, `stopping`, `stopped`, `shutting-down` or `terminated`.
        instance_state: String,
        /// Type, such as `m6i.large`.
        instance_type: Option<String>,
        /// Image that it was started from.
        image_id: Option<String>,
        /// Key pair that it was started with, if any.
        key_name: Option<String>,
        /// When it was started last.
        launch_time: Option<Timestamp>,
        /// When its state changed last, where the service says so.
        state_transition_time: Option<Timestamp>,
        /// VPC.
        vpc_id: Option<String>,
        /// Subnet of the first interface.
        subnet_id: Option<String>,
        /// Address inside the VPC.
        private_ip_address: Option<String>,
        /// Public IPv4 address, if it has one.
        public_ip_address: Option<String>,
        /// IPv6 addresses of all interfaces, sorted.
        ipv6_addresses: Vec<String>,
        /// Security groups of all its interfaces, ids, sorted.
        security_group_ids: Vec<String>,
        /// Interfaces: a list of objects with `NetworkInterfaceId`, `SubnetId`, `VpcId`, `PublicIp`, `Groups`.
        network_interfaces: Json,
        /// ARN of the instance profile, if it has one.
        iam_instance_profile_arn: Option<String>,
        /// How the metadata service answers: an object with `State`, `HttpTokens`, `HttpEndpoint`, `HttpPutResponseHopLimit`.
        metadata_options: Json,
        /// `hvm` or `paravirtual`.
        virtualization_type: Option<String>,
        /// Operating system and licence, such as `Linux/UNIX`.
        platform_details: Option<String>,
        /// `disabled`, `enabled` …: detailed monitoring.
        monitoring_state: Option<String>,
        /// False where the instance may pass on traffic that is not its own.
        source_dest_check: Option<bool>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// An EBS volume.
    EbsVolume = "aws_ebs_volume", "ec2:DescribeVolumes", Region, key [arn] {
        /// ARN of the volume.
        arn: String,
        /// Id of the volume.
        volume_id: String,
        /// `creating`, `available`, `in-use`, `deleting`, `deleted` or `error`.
        state: String,
        /// `gp3`, `io2` …
        volume_type: Option<String>,
        /// Size in GiB.
        size: Option<i64>,
        /// True where it is encrypted.
        encrypted: bool,
        /// ARN of the KMS key, where it is encrypted.
        kms_key_id: Option<String>,
        /// Snapshot that it was made from.
        snapshot_id: Option<String>,
        /// Zone.
        availability_zone: Option<String>,
        /// When it was made.
        create_time: Option<Timestamp>,
        /// Instances it is attached to: a list of objects with `InstanceId`, `Device`, `State`, `DeleteOnTermination`.
        attachments: Json,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// An EBS snapshot that the account owns.
    EbsSnapshot = "aws_ebs_snapshot", "ec2:DescribeSnapshots", Region, key [arn] {
        /// ARN of the snapshot.
        arn: String,
        /// Id of the snapshot.
        snapshot_id: String,
        /// Volume that it was taken of.
        volume_id: Option<String>,
        /// `pending`, `completed`, `error`, `recoverable` or `recovering`.
        state: String,
        /// True where it is encrypted.
        encrypted: bool,
        /// ARN of the KMS key, where it is encrypted.
        kms_key_id: Option<String>,
        /// Size of the volume in GiB.
        volume_size: Option<i64>,
        /// Description that its owner gave.
        description: Option<String>,
        /// When it was begun.
        start_time: Option<Timestamp>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// Who may make volumes from a snapshot. Only snapshots that the service lists as shared with everybody are looked into: one
    /// without a row here is not public.
    EbsSnapshotAttribute = "aws_ebs_snapshot_attribute", "ec2:DescribeSnapshotAttribute" after ["ec2:DescribeSnapshots"], Region, key [snapshot_arn] {
        /// ARN of the snapshot.
        snapshot_arn: String,
        /// True where every AWS account may use it.
        public: bool,
        /// Accounts that may use it, sorted.
        user_ids: Vec<String>,
    }
}

table! {
    /// An image (AMI) that the account owns.
    Ec2Ami = "aws_ec2_ami", "ec2:DescribeImages", Region, key [arn] {
        /// ARN of the image.
        arn: String,
        /// Id of the image.
        image_id: String,
        /// Name.
        name: Option<String>,
        /// `available`, `pending`, `disabled` …
        state: String,
        /// True where every AWS account may start instances from it.
        public: bool,
        /// When it was made.
        creation_date: Option<Timestamp>,
        /// Operating system and licence, such as `Linux/UNIX`.
        platform_details: Option<String>,
        /// `v2.0` where instances started from it ask for tokens of the metadata service.
        imds_support: Option<String>,
        /// Snapshots that it is made of, sorted.
        snapshot_ids: Vec<String>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A key pair for signing in to instances. The private half is never here.
    Ec2KeyPair = "aws_ec2_key_pair", "ec2:DescribeKeyPairs", Region, key [arn] {
        /// ARN of the key pair.
        arn: String,
        /// Id of the key pair.
        key_pair_id: String,
        /// Name.
        key_name: String,
        /// `rsa` or `ed25519`.
        key_type: Option<String>,
        /// When it was made.
        create_time: Option<Timestamp>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// The default or the latest version of a launch template. Its user data is not kept.
    Ec2LaunchTemplateVersion = "aws_ec2_launch_template_version", "ec2:DescribeLaunchTemplateVersions", Region, key [arn, version_number] {
        /// ARN of the launch template.
        arn: String,
        /// Id of the launch template.
        launch_template_id: String,
        /// Name of the launch template.
        launch_template_name: Option<String>,
        /// Number of the version.
        version_number: i64,
        /// True for the version that is used where none is named.
        default_version: bool,
        /// `required` where instances ask for tokens of the metadata service; none where the template leaves it open.
        metadata_http_tokens: Option<String>,
        /// `disabled` where instances have no metadata service; none where the template leaves it open.
        metadata_http_endpoint: Option<String>,
        /// True where an interface gets a public address; none where the template leaves it to the subnet.
        associate_public_ip_address: Option<bool>,
        /// Devices of EBS volumes that the template says are not encrypted, sorted.
        unencrypted_devices: Vec<String>,
        /// Key pair.
        key_name: Option<String>,
        /// Instance profile, ARN or name.
        iam_instance_profile: Option<String>,
    }
}

table! {
    /// Whether new EBS volumes are encrypted without being asked, in a region.
    EbsEncryptionByDefault = "aws_ebs_encryption_by_default", "ec2:GetEbsEncryptionByDefault", Region, key [] {
        /// True where they are.
        ebs_encryption_by_default: bool,
    }
}

table! {
    /// The key that new EBS volumes are encrypted with where none is named, in a region.
    EbsDefaultKmsKey = "aws_ebs_default_kms_key", "ec2:GetEbsDefaultKmsKeyId", Region, key [] {
        /// ARN of the key; `alias/aws/ebs` for the one that AWS manages.
        kms_key_id: String,
    }
}

table! {
    /// Whether snapshots can be shared with everybody, in a region.
    EbsSnapshotBlockPublicAccess = "aws_ebs_snapshot_block_public_access", "ec2:GetSnapshotBlockPublicAccessState", Region, key [] {
        /// `block-all-sharing`, `block-new-sharing` or `unblocked`.
        state: String,
        /// `account` or `declarative-policy`.
        managed_by: Option<String>,
    }
}

table! {
    /// Whether images can be shared with everybody, in a region.
    Ec2ImageBlockPublicAccess = "aws_ec2_image_block_public_access", "ec2:GetImageBlockPublicAccessState", Region, key [] {
        /// `block-new-sharing` or `unblocked`.
        state: String,
        /// `account` or `declarative-policy`.
        managed_by: Option<String>,
    }
}

table! {
    /// What new instances get where their launch leaves the metadata service open, in a region.
    Ec2InstanceMetadataDefaults = "aws_ec2_instance_metadata_defaults", "ec2:GetInstanceMetadataDefaults", Region, key [] {
        /// `required` or `optional`; none where the account has no preference.
        http_tokens: Option<String>,
        /// `enabled` or `disabled`; none where the account has no preference.
        http_endpoint: Option<String>,
        /// How many hops an answer may travel; none where the account has no preference.
        http_put_response_hop_limit: Option<i64>,
        /// `enabled` where a launch that does not ask for tokens is refused.
        http_tokens_enforced: Option<String>,
        /// `account` or `declarative-policy`.
        managed_by: Option<String>,
    }
}

table! {
    /// Whether the serial console of instances can be used, in a region.
    Ec2SerialConsoleAccess = "aws_ec2_serial_console_access", "ec2:GetSerialConsoleAccessStatus", Region, key [] {
        /// True where it can.
        serial_console_access_enabled: bool,
        /// `account` or `declarative-policy`.
        managed_by: Option<String>,
    }
}
