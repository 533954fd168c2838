//! Instances and volumes of Amazon EC2.

use serde_json::json;
use standfast_inventory::tables::ec2::{EbsVolume, Ec2Instance};
use standfast_inventory::{Json, Row, Scope};

use super::Kind;
use crate::import::item::{Fields, Found, Item};
use crate::import::places::Place;
use crate::tables::ec2::transition_time;

pub(super) const INSTANCE: Kind = Kind {
    name: "AWS::EC2::Instance",
    scope: Scope::Region,
    tables: &[Ec2Instance::TABLE],
    write: instance,
};

pub(super) const VOLUME: Kind = Kind {
    name: "AWS::EC2::Volume",
    scope: Scope::Region,
    tables: &[EbsVolume::TABLE],
    write: volume,
};

fn instance(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let id = fields.need_text("instanceId")?;
    let interfaces: Vec<Fields<'_>> = fields.need_list("networkInterfaces")?;
    let mut security_group_ids = fields.texts_of("securityGroups", "groupId");
    let mut ipv6_addresses = Vec::new();
    let mut summaries = Vec::new();
    for interface in &interfaces {
        security_group_ids.extend(interface.texts_of("groups", "groupId"));
        ipv6_addresses.extend(interface.texts_of("ipv6Addresses", "ipv6Address"));
        summaries.push(json!({
            "NetworkInterfaceId": interface.text("networkInterfaceId"),
            "SubnetId": interface.text("subnetId"),
            "VpcId": interface.text("vpcId"),
            "PublicIp": interface.text("association.publicIp"),
            "Groups": interface.texts_of("groups", "groupId"),
        }));
    }
    security_group_ids.sort();
    security_group_ids.dedup();
    ipv6_addresses.sort();
    fields.get("metadataOptions").ok_or("metadataOptions")?;
    let options = json!({
        "State": fields.word("metadataOptions.state"),
        "HttpTokens": fields.need_word("metadataOptions.httpTokens")?,
        "HttpEndpoint": fields.need_word("metadataOptions.httpEndpoint")?,
        "HttpPutResponseHopLimit": fields.number("metadataOptions.httpPutResponseHopLimit"),
    });
    place.row(&Ec2Instance {
        arn: item.ec2_arn(place.partition, "instance", &id),
        instance_state: fields.need_word("state")?,
        instance_type: fields.word("instanceType"),
        image_id: fields.text("imageId"),
        key_name: fields.text("keyName"),
        launch_time: fields.moment("launchTime")?,
        state_transition_time: fields
            .text("stateTransitionReason")
            .as_deref()
            .and_then(transition_time),
        vpc_id: fields.text("vpcId"),
        subnet_id: fields.text("subnetId"),
        private_ip_address: fields.text("privateIpAddress"),
        public_ip_address: fields.text("publicIpAddress"),
        ipv6_addresses,
        security_group_ids,
        network_interfaces: Json::of(&summaries),
        iam_instance_profile_arn: fields.text("iamInstanceProfile.arn"),
        metadata_options: Json::of(&options),
        virtualization_type: fields.word("virtualizationType"),
        platform_details: fields.text("platformDetails"),
        monitoring_state: fields.word("monitoring.state"),
        source_dest_check: fields.flag("sourceDestCheck"),
        tags: item.tags(),
        instance_id: id,
    });
    Ok(())
}

fn volume(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let id = fields.need_text("volumeId")?;
    let attachments: Vec<_> = fields
        .list("attachments")
        .map(|one| {
            json!({
                "InstanceId": one.text("instanceId"),
                "Device": one.text("device"),
                "State": one.word("state"),
                "DeleteOnTermination": one.flag("deleteOnTermination"),
            })
        })
        .collect();
    place.row(&EbsVolume {
        arn: item.ec2_arn(place.partition, "volume", &id),
        state: fields.need_word("state")?,
        volume_type: fields.word("volumeType"),
        size: fields.number("size"),
        encrypted: fields.need_flag("encrypted")?,
        kms_key_id: fields.text("kmsKeyId"),
        snapshot_id: fields.text("snapshotId"),
        availability_zone: fields.text("availabilityZone"),
        create_time: fields.moment("createTime")?,
        attachments: Json::of(&attachments),
        tags: item.tags(),
        volume_id: id,
    });
    Ok(())
}
