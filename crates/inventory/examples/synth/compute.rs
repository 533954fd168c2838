//! Instances, their disks, functions and load balancers.

use standfast_inventory::tables::ec2::{
    EbsDefaultKmsKey, EbsEncryptionByDefault, EbsSnapshot, EbsSnapshotBlockPublicAccess, EbsVolume, Ec2Ami,
    Ec2ImageBlockPublicAccess, Ec2Instance, Ec2InstanceMetadataDefaults, Ec2KeyPair,
};
use standfast_inventory::tables::elbv2::{LoadBalancer, LoadBalancerAttributes, LoadBalancerListener, TargetGroup};
use standfast_inventory::tables::lambda::{LambdaFunction, LambdaFunctionPolicy};
use standfast_inventory::tables::ssm::{SsmManagedInstance, SsmParameter};

use crate::network::{group, subnet, vpc};
use crate::rows::{Place, Rows, document, object};

/// Shares of the kinds, in thousandths of all resources.
pub(crate) const INSTANCES: u64 = 90;
const VOLUMES: u64 = 130;
const SNAPSHOTS: u64 = 80;
const FUNCTIONS: u64 = 50;
const BALANCERS: u64 = 5;
const TARGET_GROUPS: u64 = 6;
const IMAGES: u64 = 4;
const KEY_PAIRS: u64 = 2;
const PARAMETERS: u64 = 35;

fn key(place: &Place, number: u64) -> String {
    place.arn("kms", &format!("key/{}", crate::data::key_id(place, number)))
}

pub(crate) fn ec2(place: &Place, rows: &mut Rows) {
    settings(place, rows);
    for number in place.each(INSTANCES) {
        let id = place.name("i", number);
        let running = place.chance("running", number, 85);
        rows.add::<Ec2Instance>(object! {
            "arn": place.arn("ec2", &format!("instance/{id}")),
            "instance_id": id,
            "instance_state": if running { "running" } else { "stopped" },
            "instance_type": "m6i.large",
            "image_id": place.name("ami", place.one_of(IMAGES, number)),
            "key_name": place.chance("key", number, 10).then_some("operations"),
            "launch_time": place.before("launch", number, 400),
            "state_transition_time": place.before("stop", number, 200),
            "vpc_id": vpc(place, number),
            "subnet_id": subnet(place, number),
            "private_ip_address": format!("10.0.{}.{}", number / 250 % 250, number % 250),
            "public_ip_address": place.chance("public", number, 6).then_some("203.0.113.7"),
            "ipv6_addresses": [],
            "security_group_ids": [group(place, number)],
            "network_interfaces": document!([{"NetworkInterfaceId": place.name("eni", number),
                "SubnetId": subnet(place, number), "VpcId": vpc(place, number), "Groups": [group(place, number)]}]),
            "iam_instance_profile_arn": place.chance("profile", number, 90)
                .then(|| place.iam("instance-profile/baseline-role-ec2")),
            "metadata_options": document!({"State": "applied", "HttpEndpoint": "enabled", "HttpPutResponseHopLimit": 2,
                "HttpTokens": if place.chance("imds", number, 88) { "required" } else { "optional" }}),
            "virtualization_type": "hvm",
            "platform_details": "Linux/UNIX",
            "monitoring_state": "disabled",
            "source_dest_check": true,
            "tags": place.tags("i", number),
        });
    }
    for number in place.each(VOLUMES) {
        let id = place.name("vol", number);
        let encrypted = place.chance("vol-encrypted", number, 92);
        let attached = number < place.each(INSTANCES).end;
        let instance = place.name("i", number);
        rows.add::<EbsVolume>(object! {
            "arn": place.arn("ec2", &format!("volume/{id}")),
            "volume_id": id,
            "state": if attached { "in-use" } else { "available" },
            "volume_type": "gp3",
            "size": 8 + place.dice("size", number) % 500,
            "encrypted": encrypted,
            "kms_key_id": encrypted.then(|| key(place, number)),
            "availability_zone": format!("{}a", place.region),
            "create_time": place.before("vol", number, 900),
            "attachments": if attached {
                document!([{"InstanceId": instance, "Device": "/dev/xvda", "State": "attached", "DeleteOnTermination": true}])
            } else { "[]".to_owned() },
            "tags": place.tags("vol", number),
        });
    }
    for number in place.each(SNAPSHOTS) {
        let id = place.name("snap", number);
        let encrypted = place.chance("snap-encrypted", number, 90);
        rows.add::<EbsSnapshot>(object! {
            "arn": place.arn("ec2", &format!("snapshot/{id}")),
            "snapshot_id": id,
            "volume_id": place.name("vol", place.one_of(VOLUMES, number)),
            "state": "completed",
            "encrypted": encrypted,
            "kms_key_id": encrypted.then(|| key(place, number)),
            "volume_size": 100,
            "start_time": place.before("snap", number, 700),
            "tags": "{}",
        });
    }
    for number in place.each(IMAGES) {
        let id = place.name("ami", number);
        rows.add::<Ec2Ami>(object! {
            "arn": place.arn("ec2", &format!("image/{id}")),
            "image_id": id,
            "name": format!("golden-{number}"),
            "state": "available",
            "public": place.chance("ami-public", number, 1),
            "creation_date": place.before("ami", number, 600),
            "imds_support": "v2.0",
            "snapshot_ids": [place.name("snap", place.one_of(SNAPSHOTS, number))],
            "tags": "{}",
        });
    }
    for number in place.each(KEY_PAIRS) {
        let id = place.name("key", number);
        rows.add::<Ec2KeyPair>(object! {
            "arn": place.arn("ec2", &format!("key-pair/{id}")),
            "key_pair_id": id,
            "key_name": format!("operations-{number}"),
            "key_type": "ed25519",
            "create_time": place.before("key", number, 900),
            "tags": "{}",
        });
    }
}

fn settings(place: &Place, rows: &mut Rows) {
    rows.add::<EbsEncryptionByDefault>(object! {"ebs_encryption_by_default": place.chance("ebs-default", 0, 85)});
    rows.add::<EbsDefaultKmsKey>(object! {"kms_key_id": "alias/aws/ebs"});
    rows.add::<EbsSnapshotBlockPublicAccess>(object! {"state": "block-all-sharing", "managed_by": "account"});
    rows.add::<Ec2ImageBlockPublicAccess>(object! {"state": "block-new-sharing", "managed_by": "account"});
    rows.add::<Ec2InstanceMetadataDefaults>(object! {
        "http_tokens": place.chance("imds-default", 0, 70).then_some("required"),
        "managed_by": "account",
    });
}

pub(crate) fn lambda(place: &Place, rows: &mut Rows) {
    for number in place.each(FUNCTIONS) {
        let name = format!("job-{number}");
        let arn = place.arn("lambda", &format!("function:{name}"));
        rows.add::<LambdaFunction>(object! {
            "arn": arn,
            "name": name,
            "runtime": if place.chance("runtime", number, 85) { "python3.13" } else { "python3.8" },
            "package_type": "Zip",
            "role": place.iam(&format!("role/baseline-role-{number}")),
            "environment_variable_names": ["LOG_LEVEL", "TABLE"],
            "vpc_id": place.chance("lambda-vpc", number, 40).then(|| vpc(place, number)),
            "vpc_subnet_ids": [],
            "vpc_security_group_ids": [],
            "tracing_mode": "PassThrough",
            "layers": [],
            "log_group": format!("/aws/lambda/{name}"),
            "timeout": 30,
            "last_modified": place.before("lambda", number, 500),
        });
        if place.chance("lambda-policy", number, 50) {
            let public = place.chance("lambda-public", number, 3);
            rows.add::<LambdaFunctionPolicy>(object! {
                "function_arn": arn,
                "policy": document!({"Version": "2012-10-17", "Statement": [{
                    "Sid": "invoke", "Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": arn,
                    "Principal": if public { serde_json::json!("*") } else { serde_json::json!({"Service": "events.amazonaws.com"}) },
                    "Condition": if public { serde_json::json!({}) } else {
                        serde_json::json!({"StringEquals": {"AWS:SourceAccount": place.id()}})
                    },
                }]}),
            });
        }
    }
}

pub(crate) fn elbv2(place: &Place, rows: &mut Rows) {
    for number in place.each(BALANCERS) {
        let name = format!("web-{number}");
        let suffix = format!("app/{name}/{:016x}", place.dice("lb", number));
        let arn = place.arn("elasticloadbalancing", &format!("loadbalancer/{suffix}"));
        rows.add::<LoadBalancer>(object! {
            "arn": arn,
            "name": name,
            "type": "application",
            "scheme": if place.chance("lb-public", number, 50) { "internet-facing" } else { "internal" },
            "state_code": "active",
            "vpc_id": vpc(place, number),
            "availability_zones": [format!("{}a", place.region), format!("{}b", place.region)],
            "security_groups": [group(place, number)],
            "dns_name": format!("{name}.example.org"),
            "created_time": place.before("lb", number, 900),
        });
        rows.add::<LoadBalancerAttributes>(object! {
            "load_balancer_arn": arn,
            "deletion_protection_enabled": place.chance("lb-protected", number, 70),
            "access_logs_s3_enabled": place.chance("lb-logged", number, 80),
            "drop_invalid_header_fields_enabled": place.chance("lb-headers", number, 75),
            "desync_mitigation_mode": "defensive",
            "attributes": "{}",
        });
        for port in [80, 443] {
            let redirects = place.chance("lb-redirect", number, 90);
            let safe = port == 443;
            rows.add::<LoadBalancerListener>(object! {
                "arn": place.arn("elasticloadbalancing", &format!("listener/{suffix}/{port:016x}")),
                "load_balancer_arn": arn,
                "port": port,
                "protocol": if safe { "HTTPS" } else { "HTTP" },
                "ssl_policy": safe.then_some("ELBSecurityPolicy-TLS13-1-2-2021-06"),
                "certificate_arn": safe.then(|| crate::data::certificate(place, number)),
                "default_action_types": [if safe || !redirects { "forward" } else { "redirect" }],
                "redirect_protocol": (!safe && redirects).then_some("HTTPS"),
                "redirect_status_code": (!safe && redirects).then_some("HTTP_301"),
            });
        }
    }
    for number in place.each(TARGET_GROUPS) {
        let suffix = format!("web-{number}/{:016x}", place.dice("tg", number));
        rows.add::<TargetGroup>(object! {
            "arn": place.arn("elasticloadbalancing", &format!("targetgroup/{suffix}")),
            "target_group_name": format!("web-{number}"),
            "protocol": if place.chance("tg-tls", number, 60) { "HTTPS" } else { "HTTP" },
            "port": 443,
            "target_type": "instance",
            "health_check_protocol": "HTTPS",
            "health_check_enabled": true,
            "vpc_id": vpc(place, number),
            "load_balancer_arns": [],
        });
    }
}

pub(crate) fn ssm(place: &Place, rows: &mut Rows) {
    for number in place.each(PARAMETERS) {
        let name = format!("/app/setting-{number}");
        rows.add::<SsmParameter>(object! {
            "arn": place.arn("ssm", &format!("parameter{name}")),
            "name": name,
            "type": if place.chance("secure", number, 60) { "SecureString" } else { "String" },
            "tier": "Standard",
            "data_type": "text",
            "last_modified_date": place.before("parameter", number, 600),
            "version": 1,
        });
    }
    for number in place.each(INSTANCES) {
        if !place.chance("managed", number, 90) {
            continue;
        }
        let id = place.name("i", number);
        rows.add::<SsmManagedInstance>(object! {
            "arn": place.arn("ec2", &format!("instance/{id}")),
            "instance_id": id,
            "resource_type": "EC2Instance",
            "ping_status": "Online",
            "last_ping_date_time": place.at(0),
            "platform_name": "Amazon Linux",
            "platform_type": "Linux",
        });
    }
}
