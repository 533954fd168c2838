//! VPCs and what is in them.

use standfast_inventory::tables::vpc::{
    Ec2NetworkInterface, Vpc, VpcEip, VpcEndpoint, VpcFlowLog, VpcInternetGateway, VpcNatGateway, VpcNetworkAcl,
    VpcNetworkAclEntry, VpcRoute, VpcRouteTable, VpcSecurityGroup, VpcSecurityGroupRule, VpcSubnet,
};

use crate::compute::INSTANCES;
use crate::rows::{Place, Rows, document, object};

/// Shares of the kinds, in thousandths of all resources.
const VPCS: u64 = 4;
const SUBNETS: u64 = 24;
const GROUPS: u64 = 90;
const INTERFACES: u64 = 150;
const ROUTE_TABLES: u64 = 12;

/// Id of the VPC that something is in.
pub(crate) fn vpc(place: &Place, number: u64) -> String {
    place.name("vpc", place.one_of(VPCS, number))
}

/// Id of the subnet that something is in.
pub(crate) fn subnet(place: &Place, number: u64) -> String {
    place.name("subnet", place.one_of(SUBNETS, number))
}

/// Id of the security group of something.
pub(crate) fn group(place: &Place, number: u64) -> String {
    place.name("sg", place.one_of(GROUPS, number))
}

pub(crate) fn fill(place: &Place, rows: &mut Rows) {
    vpcs(place, rows);
    groups(place, rows);
    routes(place, rows);
    for number in place.each(INTERFACES) {
        let id = place.name("eni", number);
        let instance = (number < place.each(INSTANCES).end).then(|| place.name("i", number));
        rows.add::<Ec2NetworkInterface>(object! {
            "arn": place.arn("ec2", &format!("network-interface/{id}")),
            "network_interface_id": id,
            "status": "in-use",
            "interface_type": if instance.is_some() { "interface" } else { "lambda" },
            "vpc_id": vpc(place, number),
            "subnet_id": subnet(place, number),
            "security_group_ids": [group(place, number)],
            "requester_managed": instance.is_none(),
            "attached_instance_id": instance,
            "source_dest_check": true,
        });
    }
}

fn vpcs(place: &Place, rows: &mut Rows) {
    for number in place.each(VPCS) {
        let id = place.name("vpc", number);
        rows.add::<Vpc>(object! {
            "arn": place.arn("ec2", &format!("vpc/{id}")),
            "vpc_id": id,
            "cidr_block": format!("10.{}.0.0/16", number % 250),
            "cidr_blocks": [format!("10.{}.0.0/16", number % 250)],
            "is_default": number == 0 && place.chance("default-vpc", 0, 30),
            "state": "available",
            "instance_tenancy": "default",
            "tags": place.tags("vpc", number),
        });
        if place.chance("flow-log", number, 90) {
            let log = place.name("fl", number);
            rows.add::<VpcFlowLog>(object! {
                "arn": place.arn("ec2", &format!("vpc-flow-log/{log}")),
                "flow_log_id": log,
                "resource_id": id,
                "traffic_type": if place.chance("traffic", number, 90) { "ALL" } else { "ACCEPT" },
                "flow_log_status": "ACTIVE",
                "deliver_logs_status": "SUCCESS",
                "log_destination_type": "s3",
                "log_destination": "arn:aws:s3:::baseline-log-archive",
                "max_aggregation_interval": 600,
                "creation_time": place.before("flow-log", number, 900),
                "tags": "{}",
            });
        }
        let acl = place.name("acl", number);
        let acl_arn = place.arn("ec2", &format!("network-acl/{acl}"));
        rows.add::<VpcNetworkAcl>(object! {
            "arn": acl_arn,
            "network_acl_id": acl,
            "vpc_id": id,
            "is_default": false,
            "subnet_ids": place.each(SUBNETS)
                .filter(|other| vpc(place, *other) == id)
                .map(|other| place.name("subnet", other))
                .collect::<Vec<_>>(),
            "tags": "{}",
        });
        for (egress, rule, action, block) in [
            (
                false,
                100,
                "allow",
                if place.chance("acl", number, 15) {
                    "0.0.0.0/0"
                } else {
                    "10.0.0.0/8"
                },
            ),
            (false, 32767, "deny", "0.0.0.0/0"),
            (true, 100, "allow", "0.0.0.0/0"),
            (true, 32767, "deny", "0.0.0.0/0"),
        ] {
            rows.add::<VpcNetworkAclEntry>(object! {
                "network_acl_arn": acl_arn,
                "egress": egress,
                "rule_number": rule,
                "rule_action": action,
                "protocol": "-1",
                "cidr_block": block,
            });
        }
        for (position, service) in ["s3", "kms"].into_iter().enumerate() {
            let number = number * 2 + position as u64;
            let id = place.name("vpce", number);
            rows.add::<VpcEndpoint>(object! {
                "arn": place.arn("ec2", &format!("vpc-endpoint/{id}")),
                "vpc_endpoint_id": id,
                "vpc_endpoint_type": if service == "s3" { "Gateway" } else { "Interface" },
                "vpc_id": place.name("vpc", number / 2),
                "service_name": format!("com.amazonaws.{}.{service}", place.region),
                "state": "available",
                "private_dns_enabled": service != "s3",
                "policy": document!({"Version": "2012-10-17", "Statement": [
                    {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}),
                "subnet_ids": [],
                "security_group_ids": [],
                "route_table_ids": [],
                "tags": "{}",
            });
        }
    }
    for number in place.each(SUBNETS) {
        let id = place.name("subnet", number);
        rows.add::<VpcSubnet>(object! {
            "arn": place.arn("ec2", &format!("subnet/{id}")),
            "subnet_id": id,
            "vpc_id": vpc(place, number),
            "cidr_block": format!("10.{}.{}.0/24", number % 250, number % 200),
            "availability_zone": format!("{}{}", place.region, if number % 2 == 0 { "a" } else { "b" }),
            "map_public_ip_on_launch": place.chance("public-subnet", number, 10),
            "assign_ipv6_address_on_creation": false,
            "default_for_az": false,
            "tags": place.tags("subnet", number),
        });
    }
}

fn groups(place: &Place, rows: &mut Rows) {
    for number in place.each(GROUPS) {
        let id = place.name("sg", number);
        // The first of each VPC is the one that it is born with.
        let default = number < place.each(VPCS).end;
        rows.add::<VpcSecurityGroup>(object! {
            "arn": place.arn("ec2", &format!("security-group/{id}")),
            "group_id": id,
            "group_name": if default { "default".to_owned() } else { format!("baseline-sg-app{number}") },
            "description": "synthetic",
            "vpc_id": vpc(place, number),
            "tags": place.tags("sg", number),
        });
        if default && place.chance("default-closed", number, 80) {
            continue;
        }
        let open = place.chance("open", number, 8);
        for (position, (egress, protocol, port, block)) in [
            (false, "tcp", 443, "10.0.0.0/8"),
            (false, "tcp", 8443, "10.0.0.0/8"),
            (false, "tcp", 22, if open { "0.0.0.0/0" } else { "192.0.2.0/24" }),
            (true, "-1", -1, "0.0.0.0/0"),
        ]
        .into_iter()
        .enumerate()
        {
            let rule = place.name("sgr", number * 4 + position as u64);
            rows.add::<VpcSecurityGroupRule>(object! {
                "arn": place.arn("ec2", &format!("security-group-rule/{rule}")),
                "security_group_rule_id": rule,
                "group_id": id,
                "is_egress": egress,
                "ip_protocol": protocol,
                "from_port": port,
                "to_port": port,
                "cidr_ipv4": block,
            });
        }
    }
}

fn routes(place: &Place, rows: &mut Rows) {
    for number in place.each(ROUTE_TABLES) {
        let id = place.name("rtb", number);
        let arn = place.arn("ec2", &format!("route-table/{id}"));
        let main = number < place.each(VPCS).end;
        rows.add::<VpcRouteTable>(object! {
            "arn": arn,
            "route_table_id": id,
            "vpc_id": vpc(place, number),
            "is_main": main,
            "subnet_ids": if main { vec![] } else { vec![subnet(place, number)] },
            "tags": "{}",
        });
        let gateway = place.name("igw", place.one_of(VPCS, number));
        for (block, gateway) in [("10.0.0.0/16", "local"), ("0.0.0.0/0", gateway.as_str())] {
            let inside = gateway == "local";
            if !inside && number % 3 != 0 {
                continue;
            }
            rows.add::<VpcRoute>(object! {
                "route_table_arn": arn,
                "route_table_id": id,
                "destination_cidr_block": block,
                "gateway_id": gateway,
                "state": "active",
                "origin": if inside { "CreateRouteTable" } else { "CreateRoute" },
            });
        }
    }
    for number in place.each(VPCS) {
        let id = place.name("igw", number);
        rows.add::<VpcInternetGateway>(object! {
            "arn": place.arn("ec2", &format!("internet-gateway/{id}")),
            "internet_gateway_id": id,
            "attached_vpc_ids": [place.name("vpc", number)],
            "tags": "{}",
        });
        let id = place.name("nat", number);
        let address = format!("203.0.113.{}", number % 250);
        rows.add::<VpcNatGateway>(object! {
            "arn": place.arn("ec2", &format!("natgateway/{id}")),
            "nat_gateway_id": id,
            "state": "available",
            "vpc_id": place.name("vpc", number),
            "subnet_id": subnet(place, number),
            "connectivity_type": "public",
            "public_ips": [address],
            "tags": "{}",
        });
        let id = place.name("eipalloc", number);
        rows.add::<VpcEip>(object! {
            "arn": place.arn("ec2", &format!("elastic-ip/{id}")),
            "allocation_id": id,
            "public_ip": address,
            "association_id": place.chance("eip", number, 85).then(|| place.name("eipassoc", number)),
            "tags": "{}",
        });
    }
}
