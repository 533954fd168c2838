//! The networks of Amazon EC2. A security group's item has no ids of rules: a rule is named after what it says.

use standfast_inventory::tables::vpc::{
    Ec2NetworkInterface, Vpc, VpcEip, VpcEndpoint, VpcFlowLog, VpcInternetGateway, VpcNatGateway, VpcNetworkAcl,
    VpcNetworkAclEntry, VpcRoute, VpcRouteTable, VpcSecurityGroup, VpcSecurityGroupRule, VpcSubnet,
};
use standfast_inventory::{Row, Scope, Table};

use super::Kind;
use crate::import::item::{Fields, Found, Item};
use crate::import::places::Place;

const fn kind(
    name: &'static str,
    tables: &'static [&'static Table],
    write: fn(&Item, &Place<'_>) -> Found<()>,
) -> Kind {
    Kind {
        name,
        scope: Scope::Region,
        tables,
        write,
    }
}

pub(super) const VPC: Kind = kind("AWS::EC2::VPC", &[Vpc::TABLE], vpc);
pub(super) const SUBNET: Kind = kind("AWS::EC2::Subnet", &[VpcSubnet::TABLE], subnet);
pub(super) const SECURITY_GROUP: Kind = kind(
    "AWS::EC2::SecurityGroup",
    &[VpcSecurityGroup::TABLE, VpcSecurityGroupRule::TABLE],
    security_group,
);
pub(super) const NETWORK_ACL: Kind = kind(
    "AWS::EC2::NetworkAcl",
    &[VpcNetworkAcl::TABLE, VpcNetworkAclEntry::TABLE],
    network_acl,
);
pub(super) const ROUTE_TABLE: Kind = kind(
    "AWS::EC2::RouteTable",
    &[VpcRouteTable::TABLE, VpcRoute::TABLE],
    route_table,
);
pub(super) const INTERNET_GATEWAY: Kind = kind(
    "AWS::EC2::InternetGateway",
    &[VpcInternetGateway::TABLE],
    internet_gateway,
);
pub(super) const NAT_GATEWAY: Kind = kind("AWS::EC2::NatGateway", &[VpcNatGateway::TABLE], nat_gateway);
pub(super) const ENDPOINT: Kind = kind("AWS::EC2::VPCEndpoint", &[VpcEndpoint::TABLE], endpoint);
pub(super) const FLOW_LOG: Kind = kind("AWS::EC2::FlowLog", &[VpcFlowLog::TABLE], flow_log);
pub(super) const INTERFACE: Kind = kind("AWS::EC2::NetworkInterface", &[Ec2NetworkInterface::TABLE], interface);
pub(super) const ADDRESS: Kind = kind("AWS::EC2::EIP", &[VpcEip::TABLE], address);

/// False for what another account shares with this one.
fn is_own(item: &Item) -> bool {
    item.fields()
        .text("ownerId")
        .is_none_or(|owner| owner == item.account_id)
}

fn vpc(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    if !is_own(item) {
        return Ok(());
    }
    let id = fields.need_text("vpcId")?;
    let mut cidr_blocks = fields.texts_of("cidrBlockAssociationSet", "cidrBlock");
    cidr_blocks.extend(fields.texts_of("ipv6CidrBlockAssociationSet", "ipv6CidrBlock"));
    cidr_blocks.extend(fields.text("cidrBlock"));
    cidr_blocks.sort();
    cidr_blocks.dedup();
    place.row(&Vpc {
        arn: item.ec2_arn(place.partition, "vpc", &id),
        cidr_block: fields.text("cidrBlock"),
        cidr_blocks,
        is_default: fields.need_flag("isDefault")?,
        state: fields.need_word("state")?,
        instance_tenancy: fields.word("instanceTenancy"),
        block_public_access_mode: None,
        tags: item.tags(),
        vpc_id: id,
    });
    Ok(())
}

fn subnet(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    if !is_own(item) {
        return Ok(());
    }
    let id = fields.need_text("subnetId")?;
    place.row(&VpcSubnet {
        arn: item.ec2_arn(place.partition, "subnet", &id),
        vpc_id: fields.need_text("vpcId")?,
        cidr_block: fields.text("cidrBlock"),
        availability_zone: fields.text("availabilityZone"),
        map_public_ip_on_launch: fields.need_flag("mapPublicIpOnLaunch")?,
        assign_ipv6_address_on_creation: fields.need_flag("assignIpv6AddressOnCreation")?,
        default_for_az: fields.need_flag("defaultForAz")?,
        tags: item.tags(),
        subnet_id: id,
    });
    Ok(())
}

fn security_group(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    if !is_own(item) {
        return Ok(());
    }
    let id = fields.need_text("groupId")?;
    let mut rules = Vec::new();
    for (path, is_egress) in [("ipPermissions", false), ("ipPermissionsEgress", true)] {
        for permission in fields.need_list(path)? {
            rule_rows(item, place, &id, is_egress, permission, &mut rules)?;
        }
    }
    place.row(&VpcSecurityGroup {
        arn: item.ec2_arn(place.partition, "security-group", &id),
        group_name: fields.need_text("groupName")?,
        description: fields.text("description"),
        vpc_id: fields.text("vpcId"),
        tags: item.tags(),
        group_id: id,
    });
    rules.sort_by(|left, right| left.arn.cmp(&right.arn));
    rules.dedup_by(|left, right| left.arn == right.arn);
    for rule in &rules {
        place.row(rule);
    }
    Ok(())
}

fn rule_rows(
    item: &Item,
    place: &Place<'_>,
    group_id: &str,
    is_egress: bool,
    permission: Fields<'_>,
    rules: &mut Vec<VpcSecurityGroupRule>,
) -> Found<()> {
    let ip_protocol = permission.need_text("ipProtocol")?;
    // All protocols have all ports, which the service writes as -1.
    let whole = (ip_protocol == "-1").then_some(-1);
    let from_port = permission.number("fromPort").or(whole);
    let to_port = permission.number("toPort").or(whole);
    let blank = VpcSecurityGroupRule {
        arn: String::new(),
        security_group_rule_id: String::new(),
        group_id: group_id.to_owned(),
        is_egress,
        ip_protocol,
        from_port,
        to_port,
        cidr_ipv4: None,
        cidr_ipv6: None,
        prefix_list_id: None,
        referenced_group_id: None,
        referenced_user_id: None,
        description: None,
    };
    let before = rules.len();
    let mut add = |source: &str, rule: VpcSecurityGroupRule| {
        let way = if is_egress { "egress" } else { "ingress" };
        let port = |port: Option<i64>| port.map_or_else(|| "all".to_owned(), |port| port.to_string());
        let (from, to) = (port(from_port), port(to_port));
        let id = format!("{group_id}:{way}:{}:{from}-{to}:{source}", rule.ip_protocol);
        rules.push(VpcSecurityGroupRule {
            arn: item.ec2_arn(place.partition, "security-group-rule", &id),
            security_group_rule_id: id,
            ..rule
        });
    };
    let mut plain = Vec::new();
    for range in permission.list("ipv4Ranges") {
        let cidr = range.need_text("cidrIp")?;
        add(
            &cidr.clone(),
            VpcSecurityGroupRule {
                cidr_ipv4: Some(cidr.clone()),
                description: range.text("description"),
                ..blank.clone()
            },
        );
        plain.push(cidr);
    }
    // An older form, which has the same networks without descriptions.
    for cidr in permission
        .texts("ipRanges")
        .into_iter()
        .filter(|cidr| !plain.contains(cidr))
    {
        add(
            &cidr.clone(),
            VpcSecurityGroupRule {
                cidr_ipv4: Some(cidr),
                ..blank.clone()
            },
        );
    }
    for range in permission.list("ipv6Ranges") {
        let cidr = range.need_text("cidrIpv6")?;
        add(
            &cidr.clone(),
            VpcSecurityGroupRule {
                cidr_ipv6: Some(cidr),
                description: range.text("description"),
                ..blank.clone()
            },
        );
    }
    for list in permission.list("prefixListIds") {
        let id = list.need_text("prefixListId")?;
        add(
            &id.clone(),
            VpcSecurityGroupRule {
                prefix_list_id: Some(id),
                description: list.text("description"),
                ..blank.clone()
            },
        );
    }
    for pair in permission.list("userIdGroupPairs") {
        let id = pair.need_text("groupId")?;
        add(
            &id.clone(),
            VpcSecurityGroupRule {
                referenced_group_id: Some(id),
                referenced_user_id: pair.text("userId"),
                description: pair.text("description"),
                ..blank.clone()
            },
        );
    }
    // A permission of a form that is not known here must not vanish.
    if rules.len() == before {
        return Err("the sources of a rule".to_owned());
    }
    Ok(())
}

fn network_acl(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    if !is_own(item) {
        return Ok(());
    }
    let id = fields.need_text("networkAclId")?;
    let arn = item.ec2_arn(place.partition, "network-acl", &id);
    let mut entries = Vec::new();
    for entry in fields.need_list("entries")? {
        entries.push(VpcNetworkAclEntry {
            network_acl_arn: arn.clone(),
            egress: entry.need_flag("egress")?,
            rule_number: entry.need_number("ruleNumber")?,
            rule_action: entry.need_word("ruleAction")?,
            protocol: entry.need_text("protocol")?,
            cidr_block: entry.text("cidrBlock"),
            ipv6_cidr_block: entry.text("ipv6CidrBlock"),
            from_port: entry.number("portRange.from"),
            to_port: entry.number("portRange.to"),
        });
    }
    place.row(&VpcNetworkAcl {
        arn,
        vpc_id: fields.need_text("vpcId")?,
        is_default: fields.need_flag("isDefault")?,
        subnet_ids: fields.texts_of("associations", "subnetId"),
        tags: item.tags(),
        network_acl_id: id,
    });
    for entry in &entries {
        place.row(entry);
    }
    Ok(())
}

fn route_table(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    if !is_own(item) {
        return Ok(());
    }
    let id = fields.need_text("routeTableId")?;
    let arn = item.ec2_arn(place.partition, "route-table", &id);
    let associations: Vec<Fields<'_>> = fields.need_list("associations")?;
    let routes: Vec<VpcRoute> = fields
        .need_list("routes")?
        .into_iter()
        .map(|route| VpcRoute {
            route_table_arn: arn.clone(),
            route_table_id: id.clone(),
            destination_cidr_block: route.text("destinationCidrBlock"),
            destination_ipv6_cidr_block: route.text("destinationIpv6CidrBlock"),
            destination_prefix_list_id: route.text("destinationPrefixListId"),
            gateway_id: route.text("gatewayId"),
            nat_gateway_id: route.text("natGatewayId"),
            transit_gateway_id: route.text("transitGatewayId"),
            vpc_peering_connection_id: route.text("vpcPeeringConnectionId"),
            egress_only_internet_gateway_id: route.text("egressOnlyInternetGatewayId"),
            network_interface_id: route.text("networkInterfaceId"),
            state: route.word("state"),
            origin: route.word("origin"),
        })
        .collect();
    place.row(&VpcRouteTable {
        arn,
        vpc_id: fields.need_text("vpcId")?,
        is_main: associations.iter().any(|one| one.flag("main") == Some(true)),
        subnet_ids: fields.texts_of("associations", "subnetId"),
        tags: item.tags(),
        route_table_id: id,
    });
    for route in &routes {
        place.row(route);
    }
    Ok(())
}

fn internet_gateway(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let id = fields.need_text("internetGatewayId")?;
    place.row(&VpcInternetGateway {
        arn: item.ec2_arn(place.partition, "internet-gateway", &id),
        attached_vpc_ids: fields.texts_of("attachments", "vpcId"),
        tags: item.tags(),
        internet_gateway_id: id,
    });
    Ok(())
}

fn nat_gateway(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let id = fields.need_text("natGatewayId")?;
    place.row(&VpcNatGateway {
        arn: item.ec2_arn(place.partition, "natgateway", &id),
        state: fields.need_word("state")?,
        vpc_id: fields.text("vpcId"),
        subnet_id: fields.text("subnetId"),
        connectivity_type: fields.word("connectivityType"),
        public_ips: fields.texts_of("natGatewayAddresses", "publicIp"),
        tags: item.tags(),
        nat_gateway_id: id,
    });
    Ok(())
}

fn endpoint(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    if !is_own(item) {
        return Ok(());
    }
    let id = fields.need_text("vpcEndpointId")?;
    place.row(&VpcEndpoint {
        arn: item.ec2_arn(place.partition, "vpc-endpoint", &id),
        vpc_endpoint_type: fields.need_word("vpcEndpointType")?,
        vpc_id: fields.need_text("vpcId")?,
        service_name: fields.need_text("serviceName")?,
        state: fields.need_word("state")?.to_ascii_lowercase(),
        private_dns_enabled: fields.flag("privateDnsEnabled"),
        policy: Some(crate::parse::policy(&fields.need_text("policyDocument")?)),
        subnet_ids: fields.texts("subnetIds"),
        security_group_ids: fields.texts_of("groups", "groupId"),
        route_table_ids: fields.texts("routeTableIds"),
        tags: item.tags(),
        vpc_endpoint_id: id,
    });
    Ok(())
}

fn flow_log(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let id = fields.need_text("flowLogId")?;
    place.row(&VpcFlowLog {
        arn: item.ec2_arn(place.partition, "vpc-flow-log", &id),
        resource_id: fields.need_text("resourceId")?,
        traffic_type: Some(fields.need_word("trafficType")?),
        flow_log_status: fields.need_word("flowLogStatus")?,
        deliver_logs_status: fields.word("deliverLogsStatus"),
        deliver_logs_error_message: fields.text("deliverLogsErrorMessage"),
        log_destination_type: fields.word("logDestinationType"),
        log_destination: fields.text("logDestination"),
        log_group_name: fields.text("logGroupName"),
        max_aggregation_interval: fields.number("maxAggregationInterval"),
        creation_time: fields.moment("creationTime")?,
        tags: item.tags(),
        flow_log_id: id,
    });
    Ok(())
}

fn interface(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let id = fields.need_text("networkInterfaceId")?;
    fields.need_list("groups")?;
    place.row(&Ec2NetworkInterface {
        arn: item.ec2_arn(place.partition, "network-interface", &id),
        status: fields.need_word("status")?,
        interface_type: fields.word("interfaceType"),
        vpc_id: fields.text("vpcId"),
        subnet_id: fields.text("subnetId"),
        security_group_ids: fields.texts_of("groups", "groupId"),
        attached_instance_id: fields.text("attachment.instanceId"),
        association_public_ip: fields.text("association.publicIp"),
        source_dest_check: fields.flag("sourceDestCheck"),
        requester_managed: fields.need_flag("requesterManaged")?,
        description: fields.text("description"),
        network_interface_id: id,
    });
    Ok(())
}

fn address(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let id = fields.need_text("allocationId")?;
    place.row(&VpcEip {
        arn: item.ec2_arn(place.partition, "elastic-ip", &id),
        public_ip: fields.text("publicIp"),
        association_id: fields.text("associationId"),
        instance_id: fields.text("instanceId"),
        network_interface_id: fields.text("networkInterfaceId"),
        tags: item.tags(),
        allocation_id: id,
    });
    Ok(())
}
