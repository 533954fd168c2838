//! What an account has decided for a region as a whole. Each setting is one call and one row.

use standfast_inventory::tables::ec2::{
    EbsDefaultKmsKey, EbsEncryptionByDefault, EbsSnapshotBlockPublicAccess, Ec2ImageBlockPublicAccess,
    Ec2InstanceMetadataDefaults, Ec2SerialConsoleAccess,
};
use standfast_inventory::tables::vpc::VpcBlockPublicAccessOptions;

use super::word;
use crate::Cell;

pub(super) async fn collect(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    futures::join!(
        ebs(cell, ec2),
        sharing(cell, ec2),
        instances(cell, ec2),
        vpc_block_public_access(cell, ec2)
    );
}

async fn ebs(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    let (encryption, key) = futures::join!(
        cell.call(
            "ec2:GetEbsEncryptionByDefault",
            None,
            ec2.get_ebs_encryption_by_default().send()
        ),
        cell.call(
            "ec2:GetEbsDefaultKmsKeyId",
            None,
            ec2.get_ebs_default_kms_key_id().send()
        ),
    );
    if let Some(reply) = encryption {
        cell.row(&EbsEncryptionByDefault {
            ebs_encryption_by_default: reply.ebs_encryption_by_default.unwrap_or(false),
        });
    }
    if let Some(reply) = key {
        cell.row(&EbsDefaultKmsKey {
            kms_key_id: reply.kms_key_id.unwrap_or_default(),
        });
    }
}

async fn sharing(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    let (snapshots, images) = futures::join!(
        cell.call(
            "ec2:GetSnapshotBlockPublicAccessState",
            None,
            ec2.get_snapshot_block_public_access_state().send()
        ),
        cell.call(
            "ec2:GetImageBlockPublicAccessState",
            None,
            ec2.get_image_block_public_access_state().send()
        ),
    );
    if let Some(reply) = snapshots {
        cell.row(&EbsSnapshotBlockPublicAccess {
            state: word(reply.state).unwrap_or_default(),
            managed_by: word(reply.managed_by),
        });
    }
    if let Some(reply) = images {
        cell.row(&Ec2ImageBlockPublicAccess {
            state: reply.image_block_public_access_state.unwrap_or_default(),
            managed_by: word(reply.managed_by),
        });
    }
}

async fn instances(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    let (metadata, console) = futures::join!(
        cell.call(
            "ec2:GetInstanceMetadataDefaults",
            None,
            ec2.get_instance_metadata_defaults().send()
        ),
        cell.call(
            "ec2:GetSerialConsoleAccessStatus",
            None,
            ec2.get_serial_console_access_status().send()
        ),
    );
    if let Some(reply) = metadata {
        // An account without any preference gets an answer without the structure.
        let level = reply.account_level;
        let level = level.as_ref();
        cell.row(&Ec2InstanceMetadataDefaults {
            http_tokens: word(level.and_then(|level| level.http_tokens())),
            http_endpoint: word(level.and_then(|level| level.http_endpoint())),
            http_put_response_hop_limit: level.and_then(|level| level.http_put_response_hop_limit).map(i64::from),
            http_tokens_enforced: word(level.and_then(|level| level.http_tokens_enforced())),
            managed_by: word(level.and_then(|level| level.managed_by())),
        });
    }
    if let Some(reply) = console {
        cell.row(&Ec2SerialConsoleAccess {
            // The service always says it; a reply that does not must not look closed.
            serial_console_access_enabled: reply.serial_console_access_enabled.unwrap_or(true),
            managed_by: word(reply.managed_by),
        });
    }
}

async fn vpc_block_public_access(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    let request = ec2.describe_vpc_block_public_access_options();
    let reply = cell
        .call("ec2:DescribeVpcBlockPublicAccessOptions", None, request.send())
        .await;
    let Some(reply) = reply else { return };
    let options = reply.vpc_block_public_access_options;
    let options = options.as_ref();
    cell.row(&VpcBlockPublicAccessOptions {
        internet_gateway_block_mode: word(options.and_then(|one| one.internet_gateway_block_mode()))
            .unwrap_or_default(),
        state: word(options.and_then(|one| one.state())),
        managed_by: word(options.and_then(|one| one.managed_by())),
    });
}
