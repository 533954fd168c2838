//! Instances, volumes, snapshots, images, key pairs and launch templates.

use aws_sdk_ec2::types::{
    CreateVolumePermission, Image, Instance, InstanceMetadataOptionsResponse, InstanceNetworkInterface, KeyPairInfo,
    LaunchTemplateVersion, PermissionGroup, Snapshot, SnapshotAttributeName, Volume,
};
use jiff::Timestamp;
use serde_json::json;
use standfast_inventory::Json;
use standfast_inventory::tables::ec2::{
    EbsSnapshot, EbsSnapshotAttribute, EbsVolume, Ec2Ami, Ec2Instance, Ec2KeyPair, Ec2LaunchTemplateVersion,
};

use super::{arn, list, sorted, tags, word};
use crate::{Cell, parse};

pub(super) async fn collect(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    futures::join!(
        cell.pages(
            "ec2:DescribeInstances",
            None,
            ec2.describe_instances().max_results(1000).into_paginator().send(),
            |page| {
                let reservations = page.reservations.unwrap_or_default();
                for instance in reservations
                    .into_iter()
                    .flat_map(|one| one.instances.unwrap_or_default())
                {
                    if let Some(row) = instance_row(cell, instance) {
                        cell.row(&row);
                    }
                }
            },
        ),
        list!(
            cell,
            "ec2:DescribeVolumes",
            ec2.describe_volumes().max_results(500),
            volumes,
            volume_row
        ),
        snapshots(cell, ec2),
        list!(
            cell,
            "ec2:DescribeImages",
            ec2.describe_images().owners("self").max_results(1000),
            images,
            image_row
        ),
        key_pairs(cell, ec2),
        list!(
            cell,
            "ec2:DescribeLaunchTemplateVersions",
            ec2.describe_launch_template_versions()
                .versions("$Default")
                .versions("$Latest")
                .max_results(200),
            launch_template_versions,
            launch_template_row
        ),
    );
}

/// Snapshots, and of those that are listed as open to everybody (one more listing, not a call for each) who may use them.
async fn snapshots(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    let own = ec2.describe_snapshots().owner_ids("self").max_results(1000);
    let public = ec2
        .describe_snapshots()
        .owner_ids("self")
        .restorable_by_user_ids("all")
        .max_results(1000);
    let mut candidates = Vec::new();
    futures::join!(
        list!(cell, "ec2:DescribeSnapshots", own, snapshots, snapshot_row),
        cell.pages("ec2:DescribeSnapshots", None, public.into_paginator().send(), |page| {
            candidates.extend(
                page.snapshots
                    .unwrap_or_default()
                    .into_iter()
                    .filter_map(|one| one.snapshot_id),
            );
        }),
    );
    cell.each(&candidates, async |id| read_sharing(cell, ec2, id).await)
        .await;
}

async fn read_sharing(cell: &Cell, ec2: &aws_sdk_ec2::Client, id: &str) {
    let snapshot_arn = arn(cell, "snapshot", id);
    let attribute = ec2
        .describe_snapshot_attribute()
        .snapshot_id(id)
        .attribute(SnapshotAttributeName::CreateVolumePermission);
    // A snapshot that was deleted since it was listed is shared with nobody.
    let absent = &["InvalidSnapshot.NotFound"];
    let reply = cell
        .ask(
            "ec2:DescribeSnapshotAttribute",
            Some(&snapshot_arn),
            absent,
            attribute.send(),
        )
        .await;
    if let crate::Answer::Got(reply) = reply {
        let permissions = reply.create_volume_permissions.unwrap_or_default();
        cell.row(&sharing_row(snapshot_arn, permissions));
    }
}

async fn key_pairs(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    let reply = cell
        .call("ec2:DescribeKeyPairs", None, ec2.describe_key_pairs().send())
        .await;
    for pair in reply.and_then(|reply| reply.key_pairs).unwrap_or_default() {
        if let Some(row) = key_pair_row(cell, pair) {
            cell.row(&row);
        }
    }
}

fn instance_row(cell: &Cell, instance: Instance) -> Option<Ec2Instance> {
    let interfaces = instance.network_interfaces.unwrap_or_default();
    let addresses = interfaces
        .iter()
        .flat_map(InstanceNetworkInterface::ipv6_addresses)
        .map(|one| one.ipv6_address.clone());
    // The instance itself names the groups of its first interface only.
    let groups: Vec<Option<String>> = interfaces
        .iter()
        .flat_map(InstanceNetworkInterface::groups)
        .chain(instance.security_groups.iter().flatten())
        .map(|group| group.group_id.clone())
        .collect();
    Some(Ec2Instance {
        arn: arn(cell, "instance", instance.instance_id.as_deref()?),
        instance_state: word(instance.state.and_then(|state| state.name)).unwrap_or_default(),
        instance_type: word(instance.instance_type),
        image_id: instance.image_id,
        key_name: instance.key_name.filter(|name| !name.is_empty()),
        launch_time: parse::maybe_timestamp(instance.launch_time.as_ref()),
        state_transition_time: instance.state_transition_reason.as_deref().and_then(transition_time),
        vpc_id: instance.vpc_id,
        subnet_id: instance.subnet_id,
        private_ip_address: instance.private_ip_address,
        public_ip_address: instance.public_ip_address.filter(|address| !address.is_empty()),
        ipv6_addresses: sorted(addresses),
        security_group_ids: sorted(groups),
        network_interfaces: Json::of(&interfaces.iter().map(interface_summary).collect::<Vec<_>>()),
        iam_instance_profile_arn: instance.iam_instance_profile.and_then(|profile| profile.arn),
        metadata_options: instance
            .metadata_options
            .as_ref()
            .map_or_else(|| Json("null".to_owned()), metadata_options),
        virtualization_type: word(instance.virtualization_type),
        platform_details: instance.platform_details,
        monitoring_state: word(instance.monitoring.and_then(|monitoring| monitoring.state)),
        source_dest_check: instance.source_dest_check,
        tags: tags(instance.tags.as_ref()),
        instance_id: instance.instance_id?,
    })
}

fn interface_summary(interface: &InstanceNetworkInterface) -> serde_json::Value {
    json!({
        "NetworkInterfaceId": interface.network_interface_id,
        "SubnetId": interface.subnet_id,
        "VpcId": interface.vpc_id,
        "PublicIp": interface.association.as_ref().and_then(|association| association.public_ip()),
        "Groups": sorted(interface.groups().iter().map(|group| group.group_id.clone())),
    })
}

fn metadata_options(options: &InstanceMetadataOptionsResponse) -> Json {
    Json::of(&json!({
        "State": word(options.state.as_ref()),
        "HttpTokens": word(options.http_tokens.as_ref()),
        "HttpEndpoint": word(options.http_endpoint.as_ref()),
        "HttpPutResponseHopLimit": options.http_put_response_hop_limit,
    }))
}

/// The moment in a text such as `User initiated (2026-01-31 08:15:00 GMT)`.
pub(crate) fn transition_time(reason: &str) -> Option<Timestamp> {
    let (_, rest) = reason.split_once('(')?;
    let (moment, _) = rest.split_once(')')?;
    let moment = moment.trim_end_matches("GMT").trim_end_matches("UTC").trim();
    parse::timestamp_text(&format!("{}Z", moment.replace(' ', "T")))
}

fn volume_row(cell: &Cell, volume: Volume) -> Option<EbsVolume> {
    let attachments = volume.attachments().iter().map(|one| {
        json!({
            "InstanceId": one.instance_id,
            "Device": one.device,
            "State": word(one.state.as_ref()),
            "DeleteOnTermination": one.delete_on_termination,
        })
    });
    let attachments = Json::of(&attachments.collect::<Vec<_>>());
    Some(EbsVolume {
        attachments,
        arn: arn(cell, "volume", volume.volume_id.as_deref()?),
        state: word(volume.state).unwrap_or_default(),
        volume_type: word(volume.volume_type),
        size: volume.size.map(i64::from),
        encrypted: volume.encrypted.unwrap_or(false),
        kms_key_id: volume.kms_key_id,
        snapshot_id: volume.snapshot_id.filter(|id| !id.is_empty()),
        availability_zone: volume.availability_zone,
        create_time: parse::maybe_timestamp(volume.create_time.as_ref()),
        tags: tags(volume.tags.as_ref()),
        volume_id: volume.volume_id?,
    })
}

fn snapshot_row(cell: &Cell, snapshot: Snapshot) -> Option<EbsSnapshot> {
    Some(EbsSnapshot {
        arn: arn(cell, "snapshot", snapshot.snapshot_id.as_deref()?),
        volume_id: snapshot.volume_id,
        state: word(snapshot.state).unwrap_or_default(),
        encrypted: snapshot.encrypted.unwrap_or(false),
        kms_key_id: snapshot.kms_key_id,
        volume_size: snapshot.volume_size.map(i64::from),
        description: snapshot.description.filter(|text| !text.is_empty()),
        start_time: parse::maybe_timestamp(snapshot.start_time.as_ref()),
        tags: tags(snapshot.tags.as_ref()),
        snapshot_id: snapshot.snapshot_id?,
    })
}

fn sharing_row(snapshot_arn: String, permissions: Vec<CreateVolumePermission>) -> EbsSnapshotAttribute {
    EbsSnapshotAttribute {
        snapshot_arn,
        public: permissions.iter().any(|one| one.group == Some(PermissionGroup::All)),
        user_ids: sorted(permissions.into_iter().map(|one| one.user_id)),
    }
}

fn image_row(cell: &Cell, image: Image) -> Option<Ec2Ami> {
    let devices = image.block_device_mappings.unwrap_or_default();
    let snapshots = devices
        .into_iter()
        .filter_map(|device| device.ebs)
        .map(|ebs| ebs.snapshot_id);
    Some(Ec2Ami {
        arn: arn(cell, "image", image.image_id.as_deref()?),
        name: image.name,
        state: word(image.state).unwrap_or_default(),
        // The service always says it; a reply that does not must not look private.
        public: image.public.unwrap_or(true),
        creation_date: image.creation_date.as_deref().and_then(parse::timestamp_text),
        platform_details: image.platform_details,
        imds_support: word(image.imds_support),
        snapshot_ids: sorted(snapshots),
        tags: tags(image.tags.as_ref()),
        image_id: image.image_id?,
    })
}

fn key_pair_row(cell: &Cell, pair: KeyPairInfo) -> Option<Ec2KeyPair> {
    Some(Ec2KeyPair {
        arn: arn(cell, "key-pair", pair.key_pair_id.as_deref()?),
        key_name: pair.key_name?,
        key_type: word(pair.key_type),
        create_time: parse::maybe_timestamp(pair.create_time.as_ref()),
        tags: tags(pair.tags.as_ref()),
        key_pair_id: pair.key_pair_id?,
    })
}

fn launch_template_row(cell: &Cell, version: LaunchTemplateVersion) -> Option<Ec2LaunchTemplateVersion> {
    let data = version.launch_template_data?;
    let interfaces = data.network_interfaces.unwrap_or_default();
    let public: Vec<bool> = interfaces
        .iter()
        .filter_map(|one| one.associate_public_ip_address)
        .collect();
    let devices = data.block_device_mappings.unwrap_or_default();
    let unencrypted = devices
        .into_iter()
        .filter(|one| one.ebs.as_ref().is_some_and(|ebs| ebs.encrypted == Some(false)));
    let (tokens, endpoint) = data.metadata_options.map_or((None, None), |options| {
        (word(options.http_tokens), word(options.http_endpoint))
    });
    Some(Ec2LaunchTemplateVersion {
        arn: arn(cell, "launch-template", version.launch_template_id.as_deref()?),
        launch_template_name: version.launch_template_name,
        version_number: version.version_number.unwrap_or_default(),
        default_version: version.default_version.unwrap_or(false),
        metadata_http_tokens: tokens,
        metadata_http_endpoint: endpoint,
        associate_public_ip_address: (!public.is_empty()).then(|| public.contains(&true)),
        unencrypted_devices: sorted(unencrypted.map(|one| one.device_name)),
        key_name: data.key_name,
        iam_instance_profile: data
            .iam_instance_profile
            .and_then(|profile| profile.arn.or(profile.name)),
        launch_template_id: version.launch_template_id?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moment_of_a_transition_is_found_in_its_text() {
        let moment = transition_time("User initiated (2026-01-31 08:15:00 GMT)").map(|moment| moment.to_string());
        assert_eq!(moment.as_deref(), Some("2026-01-31T08:15:00Z"));
        assert_eq!(transition_time("Server.ScheduledStop"), None);
        assert_eq!(transition_time("User initiated (soon)"), None);
    }
}
