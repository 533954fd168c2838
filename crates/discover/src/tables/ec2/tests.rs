//! The collector over recorded replies.

use serde_json::{Value, json};

use super::*;
use crate::tables::testing::{Seen, replay};

fn errors(seen: &Seen) -> Vec<Value> {
    seen.errors
        .iter()
        .map(|error| json!([error["operation"], error["resource"], error["class"]]))
        .collect()
}

#[tokio::test]
async fn instances_come_from_all_pages() {
    let seen = replay(COLLECTOR, "ec2/compute.toml").await;
    let instances = seen.table("aws_ec2_instance");
    assert_eq!(instances.len(), 2);
    let first = &instances[0];
    assert_eq!(first["arn"], "arn:aws:ec2:us-east-1:111122223333:instance/i-a");
    assert_eq!(first["instance_state"], "running");
    assert_eq!(first["key_name"], "admin");
    assert_eq!(first["public_ip_address"], "203.0.113.7");
    assert_eq!(first["ipv6_addresses"], json!(["2001:db8::7"]));
    assert_eq!(first["security_group_ids"], json!(["sg-a", "sg-b"]));
    assert_eq!(
        first["iam_instance_profile_arn"],
        "arn:aws:iam::111122223333:instance-profile/web"
    );
    assert_eq!(
        first["metadata_options"],
        r#"{"HttpEndpoint":"enabled","HttpPutResponseHopLimit":1,"HttpTokens":"optional","State":"applied"}"#
    );
    assert_eq!(first["tags"], r#"{"Name":"web-1"}"#);
    let second = &instances[1];
    assert_eq!(second["instance_state"], "stopped");
    assert_eq!(second["state_transition_time"], "2025-12-01T10:00:00Z");
    assert_eq!(second["key_name"], json!(null));
    assert_eq!(second["metadata_options"], "null");
}

#[tokio::test]
async fn only_snapshots_that_are_listed_as_public_are_asked_who_may_use_them() {
    let seen = replay(COLLECTOR, "ec2/compute.toml").await;
    assert_eq!(seen.table("aws_ebs_snapshot").len(), 2);
    assert_eq!(
        seen.table("aws_ebs_snapshot_attribute"),
        [json!({
            "snapshot_arn": "arn:aws:ec2:us-east-1:111122223333:snapshot/snap-b",
            "public": true,
            "user_ids": ["444455556666"],
        })]
    );
    // Not snap-a, which is not public; snap-d is gone, which is no error.
    assert_eq!(
        seen.calls
            .iter()
            .filter(|call| *call == "DescribeSnapshotAttribute")
            .count(),
        3
    );
    assert_eq!(
        errors(&seen),
        [json!([
            "ec2:DescribeSnapshotAttribute",
            "arn:aws:ec2:us-east-1:111122223333:snapshot/snap-c",
            "access_denied"
        ])]
    );
}

#[tokio::test]
async fn storage_images_and_templates_are_shaped() {
    let seen = replay(COLLECTOR, "ec2/compute.toml").await;
    let volume = &seen.table("aws_ebs_volume")[0];
    assert_eq!(volume["encrypted"], true);
    assert_eq!(volume["snapshot_id"], json!(null));
    assert_eq!(
        volume["attachments"],
        r#"[{"DeleteOnTermination":true,"Device":"/dev/xvda","InstanceId":"i-a","State":"attached"}]"#
    );
    let image = &seen.table("aws_ec2_ami")[0];
    assert_eq!(image["public"], true);
    assert_eq!(image["snapshot_ids"], json!(["snap-a"]));
    assert_eq!(seen.table("aws_ec2_key_pair")[0]["key_name"], "admin");
    assert_eq!(
        seen.table("aws_ec2_launch_template_version"),
        [json!({
            "arn": "arn:aws:ec2:us-east-1:111122223333:launch-template/lt-a",
            "launch_template_id": "lt-a",
            "launch_template_name": "web",
            "version_number": 3,
            "default_version": true,
            "metadata_http_tokens": "required",
            "metadata_http_endpoint": null,
            "associate_public_ip_address": true,
            "unencrypted_devices": ["/dev/xvda"],
            "key_name": null,
            "iam_instance_profile": null,
        })]
    );
}

#[tokio::test]
async fn what_another_account_shares_is_left_to_it() {
    let seen = replay(COLLECTOR, "ec2/network.toml").await;
    let ids =
        |table: &str, column: &str| -> Vec<Value> { seen.table(table).iter().map(|row| row[column].clone()).collect() };
    assert_eq!(ids("aws_vpc", "vpc_id"), ["vpc-a"]);
    assert_eq!(ids("aws_vpc_subnet", "subnet_id"), ["subnet-a"]);
    assert_eq!(ids("aws_ec2_transit_gateway", "transit_gateway_id"), ["tgw-a"]);
    assert_eq!(
        seen.table("aws_vpc")[0]["cidr_blocks"],
        json!(["10.0.0.0/16", "10.1.0.0/16", "2001:db8::/56"])
    );
    assert_eq!(seen.table("aws_vpc")[0]["block_public_access_mode"], "block-ingress");
}

#[tokio::test]
async fn rules_of_security_groups_come_from_all_pages() {
    let seen = replay(COLLECTOR, "ec2/network.toml").await;
    let rules = seen.table("aws_vpc_security_group_rule");
    assert_eq!(
        rules[0],
        json!({
            "arn": "arn:aws:ec2:us-east-1:111122223333:security-group-rule/sgr-a",
            "security_group_rule_id": "sgr-a",
            "group_id": "sg-a",
            "is_egress": false,
            "ip_protocol": "tcp",
            "from_port": 22,
            "to_port": 22,
            "cidr_ipv4": "0.0.0.0/0",
            "cidr_ipv6": null,
            "prefix_list_id": null,
            "referenced_group_id": null,
            "referenced_user_id": null,
            "description": "from anywhere",
        })
    );
    assert_eq!(rules[1]["cidr_ipv6"], "::/0");
    assert_eq!(rules[1]["is_egress"], true);
    assert_eq!(rules[2]["referenced_group_id"], "sg-b");
    assert_eq!(rules[2]["referenced_user_id"], "444455556666");
}

#[tokio::test]
async fn acls_and_route_tables_come_with_what_is_in_them() {
    let seen = replay(COLLECTOR, "ec2/network.toml").await;
    assert_eq!(seen.table("aws_vpc_network_acl")[0]["subnet_ids"], json!(["subnet-a"]));
    let entries = seen.table("aws_vpc_network_acl_entry");
    assert_eq!(entries[0]["cidr_block"], "0.0.0.0/0");
    assert_eq!(entries[0]["from_port"], 22);
    assert_eq!(entries[1]["ipv6_cidr_block"], "::/0");
    assert_eq!(entries[1]["to_port"], json!(null));
    let table = &seen.table("aws_vpc_route_table")[0];
    assert_eq!(table["is_main"], true);
    assert_eq!(table["subnet_ids"], json!(["subnet-a"]));
    let routes = seen.table("aws_vpc_route");
    assert_eq!(routes[0]["gateway_id"], "local");
    assert_eq!(routes[1]["vpc_peering_connection_id"], "pcx-a");
    let peering = &seen.table("aws_vpc_peering_connection")[0];
    assert_eq!(peering["accepter_cidr_blocks"], json!(["10.8.0.0/16", "10.9.0.0/16"]));
    assert_eq!(peering["requester_vpc_id"], "vpc-a");
}

#[tokio::test]
async fn ways_out_are_shaped() {
    let seen = replay(COLLECTOR, "ec2/network.toml").await;
    assert_eq!(seen.errors, [] as [Value; 0]);
    assert_eq!(
        seen.table("aws_vpc_internet_gateway")[0]["attached_vpc_ids"],
        json!(["vpc-a"])
    );
    assert_eq!(
        seen.table("aws_vpc_egress_only_internet_gateway")[0]["attached_vpc_ids"],
        json!(["vpc-a"])
    );
    assert_eq!(
        seen.table("aws_vpc_nat_gateway")[0]["public_ips"],
        json!(["203.0.113.8"])
    );
    assert_eq!(
        seen.table("aws_ec2_transit_gateway")[0]["auto_accept_shared_attachments"],
        "enable"
    );
    let endpoint = &seen.table("aws_vpc_endpoint")[0];
    assert_eq!(endpoint["state"], "available");
    assert_eq!(endpoint["subnet_ids"], json!(["subnet-a", "subnet-b"]));
    assert_eq!(endpoint["policy"], r#"{"Statement":[]}"#);
    let address = &seen.table("aws_vpc_eip")[0];
    assert_eq!(address["association_id"], json!(null));
    assert_eq!(address["instance_id"], json!(null));
    let interface = &seen.table("aws_ec2_network_interface")[0];
    assert_eq!(interface["attached_instance_id"], "i-a");
    assert_eq!(interface["association_public_ip"], "203.0.113.7");
    let log = &seen.table("aws_vpc_flow_log")[0];
    assert_eq!(log["deliver_logs_status"], "FAILED");
    assert_eq!(log["creation_time"], "2026-01-02T03:04:05Z");
}

#[tokio::test]
async fn settings_are_rows_whatever_they_say() {
    let careful = replay(COLLECTOR, "ec2/settings.toml").await;
    let empty = replay(COLLECTOR, "ec2/empty.toml").await;
    let one = |seen: &Seen, table: &str| seen.table(table).first().cloned().unwrap_or_default();
    let both = |table: &str| [one(&careful, table), one(&empty, table)];
    assert_eq!(
        both("aws_ebs_encryption_by_default"),
        [
            json!({"ebs_encryption_by_default": true}),
            json!({"ebs_encryption_by_default": false})
        ]
    );
    assert_eq!(
        both("aws_ebs_snapshot_block_public_access"),
        [
            json!({"state": "block-all-sharing", "managed_by": "account"}),
            json!({"state": "unblocked", "managed_by": null})
        ]
    );
    assert_eq!(
        both("aws_ec2_instance_metadata_defaults"),
        [
            json!({
                "http_tokens": "required",
                "http_endpoint": "enabled",
                "http_put_response_hop_limit": 2,
                "http_tokens_enforced": null,
                "managed_by": "account",
            }),
            json!({
                "http_tokens": null,
                "http_endpoint": null,
                "http_put_response_hop_limit": null,
                "http_tokens_enforced": null,
                "managed_by": null,
            }),
        ]
    );
    assert_eq!(
        one(&careful, "aws_ebs_default_kms_key")["kms_key_id"],
        "arn:aws:kms:us-east-1:111122223333:key/a"
    );
    assert_eq!(
        one(&careful, "aws_ec2_image_block_public_access")["state"],
        "block-new-sharing"
    );
    assert_eq!(
        one(&careful, "aws_ec2_serial_console_access")["serial_console_access_enabled"],
        false
    );
    assert_eq!(
        one(&careful, "aws_vpc_block_public_access_options")["internet_gateway_block_mode"],
        "block-ingress"
    );
    assert_eq!(
        one(&empty, "aws_vpc_block_public_access_options")["internet_gateway_block_mode"],
        "off"
    );
    // Settings, and nothing else: 29 calls for a region, whatever is in it.
    assert_eq!(empty.rows.len(), 7);
    assert_eq!((empty.calls.len(), empty.errors.len()), (29, 0));
}

#[tokio::test]
async fn what_is_denied_throttled_or_unknown_there_leaves_no_row() {
    let seen = replay(COLLECTOR, "ec2/denied.toml").await;
    assert_eq!(
        errors(&seen),
        [
            json!(["ec2:DescribeSecurityGroupRules", null, "access_denied"]),
            json!(["ec2:GetEbsEncryptionByDefault", null, "access_denied"]),
            json!(["ec2:GetSnapshotBlockPublicAccessState", null, "not_supported"]),
            json!(["ec2:DescribeVolumes", null, "throttled"]),
        ]
    );
    assert_eq!(seen.table("aws_vpc_security_group").len(), 1);
    for table in [
        "aws_vpc_security_group_rule",
        "aws_ebs_encryption_by_default",
        "aws_ebs_snapshot_block_public_access",
    ] {
        assert!(seen.table(table).is_empty(), "{table}");
    }
}
