//! VPCs, subnets, security groups, network ACLs, route tables, interfaces and flow logs.

use aws_sdk_ec2::types::{
    BlockPublicAccessMode, FlowLog, NetworkAcl, NetworkAclEntry, NetworkInterface, Route, RouteTable, SecurityGroup,
    SecurityGroupRule, Subnet, Vpc as Ec2Vpc,
};
use standfast_inventory::tables::vpc::{
    Ec2NetworkInterface, Vpc, VpcFlowLog, VpcNetworkAcl, VpcNetworkAclEntry, VpcRoute, VpcRouteTable, VpcSecurityGroup,
    VpcSecurityGroupRule, VpcSubnet,
};

use super::{arn, is_own, list, sorted, tags, word};
use crate::{Cell, parse};

pub(super) async fn collect(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    futures::join!(
        list!(
            cell,
            "ec2:DescribeVpcs",
            ec2.describe_vpcs().max_results(1000),
            vpcs,
            vpc_row
        ),
        list!(
            cell,
            "ec2:DescribeSubnets",
            ec2.describe_subnets().max_results(1000),
            subnets,
            subnet_row
        ),
        list!(
            cell,
            "ec2:DescribeSecurityGroups",
            ec2.describe_security_groups().max_results(1000),
            security_groups,
            group_row
        ),
        list!(
            cell,
            "ec2:DescribeSecurityGroupRules",
            ec2.describe_security_group_rules().max_results(1000),
            security_group_rules,
            rule_row
        ),
        network_acls(cell, ec2),
        route_tables(cell, ec2),
        list!(
            cell,
            "ec2:DescribeFlowLogs",
            ec2.describe_flow_logs().max_results(1000),
            flow_logs,
            flow_log_row
        ),
        list!(
            cell,
            "ec2:DescribeNetworkInterfaces",
            ec2.describe_network_interfaces().max_results(1000),
            network_interfaces,
            interface_row
        ),
    );
}

async fn network_acls(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    let pages = ec2.describe_network_acls().max_results(1000).into_paginator().send();
    cell.pages("ec2:DescribeNetworkAcls", None, pages, |page| {
        for acl in page.network_acls.unwrap_or_default() {
            if !is_own(cell, acl.owner_id()) {
                continue;
            }
            let arn = acl
                .network_acl_id()
                .map(|id| arn(cell, "network-acl", id))
                .unwrap_or_default();
            for entry in acl.entries() {
                cell.row(&entry_row(&arn, entry));
            }
            if let Some(row) = acl_row(arn, acl) {
                cell.row(&row);
            }
        }
    })
    .await;
}

async fn route_tables(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    let pages = ec2.describe_route_tables().max_results(100).into_paginator().send();
    cell.pages("ec2:DescribeRouteTables", None, pages, |page| {
        for table in page.route_tables.unwrap_or_default() {
            if !is_own(cell, table.owner_id()) {
                continue;
            }
            let id = table.route_table_id().unwrap_or_default();
            let arn = arn(cell, "route-table", id);
            for route in table.routes() {
                cell.row(&route_row(&arn, id, route));
            }
            if let Some(row) = route_table_row(arn, table) {
                cell.row(&row);
            }
        }
    })
    .await;
}

fn vpc_row(cell: &Cell, vpc: Ec2Vpc) -> Option<Vpc> {
    if !is_own(cell, vpc.owner_id()) {
        return None;
    }
    let mut blocks: Vec<Option<String>> = vpc
        .cidr_block_association_set()
        .iter()
        .map(|one| one.cidr_block.clone())
        .collect();
    blocks.extend(
        vpc.ipv6_cidr_block_association_set()
            .iter()
            .map(|one| one.ipv6_cidr_block.clone()),
    );
    blocks.push(vpc.cidr_block.clone());
    let mode: Option<BlockPublicAccessMode> = vpc
        .block_public_access_states
        .as_ref()
        .and_then(|states| states.internet_gateway_block_mode.clone());
    Some(Vpc {
        arn: arn(cell, "vpc", vpc.vpc_id.as_deref()?),
        cidr_blocks: sorted(blocks),
        block_public_access_mode: word(mode),
        is_default: vpc.is_default.unwrap_or(false),
        state: word(vpc.state).unwrap_or_default(),
        instance_tenancy: word(vpc.instance_tenancy),
        tags: tags(vpc.tags.as_ref()),
        cidr_block: vpc.cidr_block,
        vpc_id: vpc.vpc_id?,
    })
}

fn subnet_row(cell: &Cell, subnet: Subnet) -> Option<VpcSubnet> {
    if !is_own(cell, subnet.owner_id()) {
        return None;
    }
    Some(VpcSubnet {
        arn: arn(cell, "subnet", subnet.subnet_id.as_deref()?),
        vpc_id: subnet.vpc_id.unwrap_or_default(),
        cidr_block: subnet.cidr_block,
        availability_zone: subnet.availability_zone,
        map_public_ip_on_launch: subnet.map_public_ip_on_launch.unwrap_or(false),
        assign_ipv6_address_on_creation: subnet.assign_ipv6_address_on_creation.unwrap_or(false),
        default_for_az: subnet.default_for_az.unwrap_or(false),
        tags: tags(subnet.tags.as_ref()),
        subnet_id: subnet.subnet_id?,
    })
}

fn group_row(cell: &Cell, group: SecurityGroup) -> Option<VpcSecurityGroup> {
    if !is_own(cell, group.owner_id()) {
        return None;
    }
    Some(VpcSecurityGroup {
        arn: arn(cell, "security-group", group.group_id.as_deref()?),
        group_name: group.group_name.unwrap_or_default(),
        description: group.description,
        vpc_id: group.vpc_id,
        tags: tags(group.tags.as_ref()),
        group_id: group.group_id?,
    })
}

fn rule_row(cell: &Cell, rule: SecurityGroupRule) -> Option<VpcSecurityGroupRule> {
    if !is_own(cell, rule.group_owner_id()) {
        return None;
    }
    let (group, owner) = rule
        .referenced_group_info
        .map_or((None, None), |referenced| (referenced.group_id, referenced.user_id));
    Some(VpcSecurityGroupRule {
        arn: arn(cell, "security-group-rule", rule.security_group_rule_id.as_deref()?),
        group_id: rule.group_id.unwrap_or_default(),
        is_egress: rule.is_egress.unwrap_or(false),
        ip_protocol: rule.ip_protocol.unwrap_or_default(),
        from_port: rule.from_port.map(i64::from),
        to_port: rule.to_port.map(i64::from),
        cidr_ipv4: rule.cidr_ipv4,
        cidr_ipv6: rule.cidr_ipv6,
        prefix_list_id: rule.prefix_list_id,
        referenced_group_id: group,
        referenced_user_id: owner,
        description: rule.description,
        security_group_rule_id: rule.security_group_rule_id?,
    })
}

fn acl_row(arn: String, acl: NetworkAcl) -> Option<VpcNetworkAcl> {
    Some(VpcNetworkAcl {
        arn,
        vpc_id: acl.vpc_id.unwrap_or_default(),
        is_default: acl.is_default.unwrap_or(false),
        subnet_ids: sorted(
            acl.associations
                .unwrap_or_default()
                .into_iter()
                .map(|one| one.subnet_id),
        ),
        tags: tags(acl.tags.as_ref()),
        network_acl_id: acl.network_acl_id?,
    })
}

fn entry_row(network_acl_arn: &str, entry: &NetworkAclEntry) -> VpcNetworkAclEntry {
    VpcNetworkAclEntry {
        network_acl_arn: network_acl_arn.to_owned(),
        egress: entry.egress.unwrap_or(false),
        rule_number: entry.rule_number.map_or(0, i64::from),
        rule_action: word(entry.rule_action.as_ref()).unwrap_or_default(),
        protocol: entry.protocol.clone().unwrap_or_default(),
        cidr_block: entry.cidr_block.clone(),
        ipv6_cidr_block: entry.ipv6_cidr_block.clone(),
        from_port: entry.port_range.as_ref().and_then(|range| range.from).map(i64::from),
        to_port: entry.port_range.as_ref().and_then(|range| range.to).map(i64::from),
    }
}

fn route_table_row(arn: String, table: RouteTable) -> Option<VpcRouteTable> {
    let associations = table.associations.unwrap_or_default();
    Some(VpcRouteTable {
        arn,
        vpc_id: table.vpc_id.unwrap_or_default(),
        is_main: associations.iter().any(|one| one.main == Some(true)),
        subnet_ids: sorted(
            associations
                .into_iter()
                .map(|one| one.subnet_id.filter(|id| !id.is_empty())),
        ),
        tags: tags(table.tags.as_ref()),
        route_table_id: table.route_table_id?,
    })
}

fn route_row(route_table_arn: &str, route_table_id: &str, route: &Route) -> VpcRoute {
    VpcRoute {
        route_table_arn: route_table_arn.to_owned(),
        route_table_id: route_table_id.to_owned(),
        destination_cidr_block: route.destination_cidr_block.clone(),
        destination_ipv6_cidr_block: route.destination_ipv6_cidr_block.clone(),
        destination_prefix_list_id: route.destination_prefix_list_id.clone(),
        gateway_id: route.gateway_id.clone(),
        nat_gateway_id: route.nat_gateway_id.clone(),
        transit_gateway_id: route.transit_gateway_id.clone(),
        vpc_peering_connection_id: route.vpc_peering_connection_id.clone(),
        egress_only_internet_gateway_id: route.egress_only_internet_gateway_id.clone(),
        network_interface_id: route.network_interface_id.clone(),
        state: word(route.state.as_ref()),
        origin: word(route.origin.as_ref()),
    }
}

fn flow_log_row(cell: &Cell, log: FlowLog) -> Option<VpcFlowLog> {
    Some(VpcFlowLog {
        arn: arn(cell, "vpc-flow-log", log.flow_log_id.as_deref()?),
        resource_id: log.resource_id.unwrap_or_default(),
        traffic_type: word(log.traffic_type),
        flow_log_status: log.flow_log_status.unwrap_or_default(),
        deliver_logs_status: log.deliver_logs_status,
        deliver_logs_error_message: log.deliver_logs_error_message,
        log_destination_type: word(log.log_destination_type),
        log_destination: log.log_destination,
        log_group_name: log.log_group_name,
        max_aggregation_interval: log.max_aggregation_interval.map(i64::from),
        creation_time: parse::maybe_timestamp(log.creation_time.as_ref()),
        tags: tags(log.tags.as_ref()),
        flow_log_id: log.flow_log_id?,
    })
}

fn interface_row(cell: &Cell, interface: NetworkInterface) -> Option<Ec2NetworkInterface> {
    Some(Ec2NetworkInterface {
        arn: arn(cell, "network-interface", interface.network_interface_id.as_deref()?),
        status: word(interface.status).unwrap_or_default(),
        interface_type: word(interface.interface_type),
        vpc_id: interface.vpc_id,
        subnet_id: interface.subnet_id,
        security_group_ids: sorted(interface.groups.unwrap_or_default().into_iter().map(|one| one.group_id)),
        attached_instance_id: interface.attachment.and_then(|attachment| attachment.instance_id),
        association_public_ip: interface.association.and_then(|association| association.public_ip),
        source_dest_check: interface.source_dest_check,
        requester_managed: interface.requester_managed.unwrap_or(false),
        description: interface.description.filter(|text| !text.is_empty()),
        network_interface_id: interface.network_interface_id?,
    })
}
