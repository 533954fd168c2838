//! Ways out of a VPC and between VPCs: gateways, endpoints, peering connections and public addresses.

use aws_sdk_ec2::types::{
    Address, EgressOnlyInternetGateway, InternetGateway, InternetGatewayAttachment, NatGateway, TransitGateway,
    VpcEndpoint as Endpoint, VpcPeeringConnection as Peering, VpcPeeringConnectionVpcInfo,
};
use standfast_inventory::tables::vpc::{
    Ec2TransitGateway, VpcEgressOnlyInternetGateway, VpcEip, VpcEndpoint, VpcInternetGateway, VpcNatGateway,
    VpcPeeringConnection,
};

use super::{arn, is_own, list, sorted, tags, word};
use crate::{Cell, parse};

pub(super) async fn collect(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    futures::join!(
        list!(
            cell,
            "ec2:DescribeInternetGateways",
            ec2.describe_internet_gateways().max_results(1000),
            internet_gateways,
            internet_gateway_row
        ),
        list!(
            cell,
            "ec2:DescribeEgressOnlyInternetGateways",
            ec2.describe_egress_only_internet_gateways().max_results(255),
            egress_only_internet_gateways,
            egress_only_row
        ),
        list!(
            cell,
            "ec2:DescribeNatGateways",
            ec2.describe_nat_gateways().max_results(1000),
            nat_gateways,
            nat_gateway_row
        ),
        list!(
            cell,
            "ec2:DescribeTransitGateways",
            ec2.describe_transit_gateways().max_results(1000),
            transit_gateways,
            transit_gateway_row
        ),
        list!(
            cell,
            "ec2:DescribeVpcEndpoints",
            ec2.describe_vpc_endpoints().max_results(1000),
            vpc_endpoints,
            endpoint_row
        ),
        list!(
            cell,
            "ec2:DescribeVpcPeeringConnections",
            ec2.describe_vpc_peering_connections().max_results(1000),
            vpc_peering_connections,
            peering_row
        ),
        addresses(cell, ec2),
    );
}

async fn addresses(cell: &Cell, ec2: &aws_sdk_ec2::Client) {
    let reply = cell
        .call("ec2:DescribeAddresses", None, ec2.describe_addresses().send())
        .await;
    for address in reply.and_then(|reply| reply.addresses).unwrap_or_default() {
        if let Some(row) = address_row(cell, address) {
            cell.row(&row);
        }
    }
}

fn attached(attachments: Option<Vec<InternetGatewayAttachment>>) -> Vec<String> {
    sorted(attachments.unwrap_or_default().into_iter().map(|one| one.vpc_id))
}

fn internet_gateway_row(cell: &Cell, gateway: InternetGateway) -> Option<VpcInternetGateway> {
    if !is_own(cell, gateway.owner_id()) {
        return None;
    }
    Some(VpcInternetGateway {
        arn: arn(cell, "internet-gateway", gateway.internet_gateway_id.as_deref()?),
        attached_vpc_ids: attached(gateway.attachments),
        tags: tags(gateway.tags.as_ref()),
        internet_gateway_id: gateway.internet_gateway_id?,
    })
}

fn egress_only_row(cell: &Cell, gateway: EgressOnlyInternetGateway) -> Option<VpcEgressOnlyInternetGateway> {
    let id = gateway.egress_only_internet_gateway_id?;
    Some(VpcEgressOnlyInternetGateway {
        arn: arn(cell, "egress-only-internet-gateway", &id),
        attached_vpc_ids: attached(gateway.attachments),
        tags: tags(gateway.tags.as_ref()),
        egress_only_internet_gateway_id: id,
    })
}

fn nat_gateway_row(cell: &Cell, gateway: NatGateway) -> Option<VpcNatGateway> {
    let addresses = gateway.nat_gateway_addresses.unwrap_or_default();
    Some(VpcNatGateway {
        arn: arn(cell, "natgateway", gateway.nat_gateway_id.as_deref()?),
        state: word(gateway.state).unwrap_or_default(),
        vpc_id: gateway.vpc_id,
        subnet_id: gateway.subnet_id,
        connectivity_type: word(gateway.connectivity_type),
        public_ips: sorted(addresses.into_iter().map(|address| address.public_ip)),
        tags: tags(gateway.tags.as_ref()),
        nat_gateway_id: gateway.nat_gateway_id?,
    })
}

fn transit_gateway_row(cell: &Cell, gateway: TransitGateway) -> Option<Ec2TransitGateway> {
    if !is_own(cell, gateway.owner_id()) {
        return None;
    }
    let id = gateway.transit_gateway_id?;
    let options = gateway.options;
    let options = options.as_ref();
    Some(Ec2TransitGateway {
        arn: gateway
            .transit_gateway_arn
            .unwrap_or_else(|| arn(cell, "transit-gateway", &id)),
        state: word(gateway.state).unwrap_or_default(),
        description: gateway.description.filter(|text| !text.is_empty()),
        auto_accept_shared_attachments: word(options.and_then(|one| one.auto_accept_shared_attachments())),
        default_route_table_association: word(options.and_then(|one| one.default_route_table_association())),
        default_route_table_propagation: word(options.and_then(|one| one.default_route_table_propagation())),
        tags: tags(gateway.tags.as_ref()),
        transit_gateway_id: id,
    })
}

fn endpoint_row(cell: &Cell, endpoint: Endpoint) -> Option<VpcEndpoint> {
    if !is_own(cell, endpoint.owner_id()) {
        return None;
    }
    Some(VpcEndpoint {
        arn: arn(cell, "vpc-endpoint", endpoint.vpc_endpoint_id.as_deref()?),
        vpc_endpoint_type: word(endpoint.vpc_endpoint_type).unwrap_or_default(),
        vpc_id: endpoint.vpc_id.unwrap_or_default(),
        service_name: endpoint.service_name.unwrap_or_default(),
        // The service writes `available` and `Available`, depending on the type.
        state: word(endpoint.state).unwrap_or_default().to_lowercase(),
        private_dns_enabled: endpoint.private_dns_enabled,
        policy: endpoint.policy_document.as_deref().map(parse::policy),
        subnet_ids: sorted(endpoint.subnet_ids.unwrap_or_default().into_iter().map(Some)),
        security_group_ids: sorted(endpoint.groups.unwrap_or_default().into_iter().map(|one| one.group_id)),
        route_table_ids: sorted(endpoint.route_table_ids.unwrap_or_default().into_iter().map(Some)),
        tags: tags(endpoint.tags.as_ref()),
        vpc_endpoint_id: endpoint.vpc_endpoint_id?,
    })
}

fn peering_row(cell: &Cell, peering: Peering) -> Option<VpcPeeringConnection> {
    let (accepter, requester) = (peering.accepter_vpc_info, peering.requester_vpc_info);
    Some(VpcPeeringConnection {
        arn: arn(
            cell,
            "vpc-peering-connection",
            peering.vpc_peering_connection_id.as_deref()?,
        ),
        status_code: word(peering.status.and_then(|status| status.code)).unwrap_or_default(),
        accepter_cidr_blocks: blocks(accepter.as_ref()),
        requester_cidr_blocks: blocks(requester.as_ref()),
        accepter_owner_id: accepter.as_ref().and_then(|side| side.owner_id.clone()),
        accepter_vpc_id: accepter.and_then(|side| side.vpc_id),
        requester_owner_id: requester.as_ref().and_then(|side| side.owner_id.clone()),
        requester_vpc_id: requester.and_then(|side| side.vpc_id),
        tags: tags(peering.tags.as_ref()),
        id: peering.vpc_peering_connection_id?,
    })
}

fn blocks(side: Option<&VpcPeeringConnectionVpcInfo>) -> Vec<String> {
    let Some(side) = side else { return Vec::new() };
    let ipv4 = side.cidr_block_set().iter().map(|block| block.cidr_block.clone());
    let ipv6 = side
        .ipv6_cidr_block_set()
        .iter()
        .map(|block| block.ipv6_cidr_block.clone());
    sorted(ipv4.chain(ipv6).chain([side.cidr_block.clone()]))
}

fn address_row(cell: &Cell, address: Address) -> Option<VpcEip> {
    let allocation_id = address.allocation_id?;
    Some(VpcEip {
        arn: arn(cell, "elastic-ip", &allocation_id),
        allocation_id,
        public_ip: address.public_ip,
        association_id: address.association_id.filter(|id| !id.is_empty()),
        instance_id: address.instance_id.filter(|id| !id.is_empty()),
        network_interface_id: address.network_interface_id.filter(|id| !id.is_empty()),
        tags: tags(address.tags.as_ref()),
    })
}
