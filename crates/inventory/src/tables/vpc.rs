//! The networks of Amazon EC2: VPCs and what is in them. What another account owns and shares is left to that account.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// A VPC.
    Vpc = "aws_vpc", "ec2:DescribeVpcs", Region, key [arn] {
        /// ARN of the VPC.
        arn: String,
        /// Id of the VPC.
        vpc_id: String,
        /// First IPv4 block.
        cidr_block: Option<String>,
        /// All blocks, IPv4 and IPv6, sorted.
        cidr_blocks: Vec<String>,
        /// True for the VPC that AWS made with the account.
        is_default: bool,
        /// `available` or `pending`.
        state: String,
        /// `default` or `dedicated`.
        instance_tenancy: Option<String>,
        /// What VPC block public access does here: `off`, `block-bidirectional` or `block-ingress`.
        block_public_access_mode: Option<String>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A subnet.
    VpcSubnet = "aws_vpc_subnet", "ec2:DescribeSubnets", Region, key [arn] {
        /// ARN of the subnet.
        arn: String,
        /// Id of the subnet.
        subnet_id: String,
        /// VPC.
        vpc_id: String,
        /// IPv4 block.
        cidr_block: Option<String>,
        /// Zone.
        availability_zone: Option<String>,
        /// True where interfaces that are made here get a public IPv4 address.
        map_public_ip_on_launch: bool,
        /// True where interfaces that are made here get an IPv6 address.
        assign_ipv6_address_on_creation: bool,
        /// True for the subnet of a zone in the default VPC.
        default_for_az: bool,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A security group.
    VpcSecurityGroup = "aws_vpc_security_group", "ec2:DescribeSecurityGroups", Region, key [arn] {
        /// ARN of the group.
        arn: String,
        /// Id of the group.
        group_id: String,
        /// Name; `default` for the one that every VPC is born with.
        group_name: String,
        /// Description.
        description: Option<String>,
        /// VPC.
        vpc_id: Option<String>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A rule of a security group; each source or destination is a rule of its own.
    VpcSecurityGroupRule = "aws_vpc_security_group_rule", "ec2:DescribeSecurityGroupRules", Region, key [arn] {
        /// ARN of the rule.
        arn: String,
        /// Id of the rule.
        security_group_rule_id: String,
        /// Group that it belongs to.
        group_id: String,
        /// False for what may come in, true for what may go out.
        is_egress: bool,
        /// `tcp`, `udp`, `icmp`, a number, or `-1` for all.
        ip_protocol: String,
        /// First port, or the ICMP type; -1 for all.
        from_port: Option<i64>,
        /// Last port, or the ICMP code; -1 for all.
        to_port: Option<i64>,
        /// IPv4 network, if the rule is about one.
        cidr_ipv4: Option<String>,
        /// IPv6 network, if the rule is about one.
        cidr_ipv6: Option<String>,
        /// Prefix list, if the rule is about one.
        prefix_list_id: Option<String>,
        /// Security group, if the rule is about one.
        referenced_group_id: Option<String>,
        /// Account of that group.
        referenced_user_id: Option<String>,
        /// Description.
        description: Option<String>,
    }
}

table! {
    /// A network ACL.
    VpcNetworkAcl = "aws_vpc_network_acl", "ec2:DescribeNetworkAcls", Region, key [arn] {
        /// ARN of the ACL.
        arn: String,
        /// Id of the ACL.
        network_acl_id: String,
        /// VPC.
        vpc_id: String,
        /// True for the one that every VPC is born with.
        is_default: bool,
        /// Subnets that it guards, sorted.
        subnet_ids: Vec<String>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// An entry of a network ACL. The entry with the lowest number that fits a packet decides.
    VpcNetworkAclEntry = "aws_vpc_network_acl_entry", "ec2:DescribeNetworkAcls", Region, key [network_acl_arn, egress, rule_number, cidr_block, ipv6_cidr_block] {
        /// ARN of the ACL.
        network_acl_arn: String,
        /// False for what comes in, true for what goes out.
        egress: bool,
        /// Number; 32767 and up are the closing denials.
        rule_number: i64,
        /// `allow` or `deny`.
        rule_action: String,
        /// Number of the protocol (`6` is TCP, `17` UDP), or `-1` for all.
        protocol: String,
        /// IPv4 network, if the entry is about one.
        cidr_block: Option<String>,
        /// IPv6 network, if the entry is about one.
        ipv6_cidr_block: Option<String>,
        /// First port; none for all.
        from_port: Option<i64>,
        /// Last port; none for all.
        to_port: Option<i64>,
    }
}

table! {
    /// A route table.
    VpcRouteTable = "aws_vpc_route_table", "ec2:DescribeRouteTables", Region, key [arn] {
        /// ARN of the route table.
        arn: String,
        /// Id of the route table.
        route_table_id: String,
        /// VPC.
        vpc_id: String,
        /// True for the table of subnets that have no other.
        is_main: bool,
        /// Subnets that use it by name, sorted.
        subnet_ids: Vec<String>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A route.
    VpcRoute = "aws_vpc_route", "ec2:DescribeRouteTables", Region, key [route_table_arn, destination_cidr_block, destination_ipv6_cidr_block, destination_prefix_list_id] {
        /// ARN of the route table.
        route_table_arn: String,
        /// Id of the route table.
        route_table_id: String,
        /// IPv4 network, if the route is for one.
        destination_cidr_block: Option<String>,
        /// IPv6 network, if the route is for one.
        destination_ipv6_cidr_block: Option<String>,
        /// Prefix list, if the route is for one.
        destination_prefix_list_id: Option<String>,
        /// `local`, or the id of an internet or virtual private gateway or of a gateway endpoint.
        gateway_id: Option<String>,
        /// NAT gateway.
        nat_gateway_id: Option<String>,
        /// Transit gateway.
        transit_gateway_id: Option<String>,
        /// Peering connection.
        vpc_peering_connection_id: Option<String>,
        /// Egress-only internet gateway.
        egress_only_internet_gateway_id: Option<String>,
        /// Interface.
        network_interface_id: Option<String>,
        /// `active` or `blackhole`.
        state: Option<String>,
        /// How it came to be: `CreateRouteTable`, `CreateRoute` or `EnableVgwRoutePropagation`.
        origin: Option<String>,
    }
}

table! {
    /// An internet gateway.
    VpcInternetGateway = "aws_vpc_internet_gateway", "ec2:DescribeInternetGateways", Region, key [arn] {
        /// ARN of the gateway.
        arn: String,
        /// Id of the gateway.
        internet_gateway_id: String,
        /// VPCs that it is attached to.
        attached_vpc_ids: Vec<String>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// An internet gateway for IPv6 that lets nothing in.
    VpcEgressOnlyInternetGateway = "aws_vpc_egress_only_internet_gateway", "ec2:DescribeEgressOnlyInternetGateways", Region, key [arn] {
        /// ARN of the gateway.
        arn: String,
        /// Id of the gateway.
        egress_only_internet_gateway_id: String,
        /// VPCs that it is attached to.
        attached_vpc_ids: Vec<String>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A NAT gateway.
    VpcNatGateway = "aws_vpc_nat_gateway", "ec2:DescribeNatGateways", Region, key [arn] {
        /// ARN of the gateway.
        arn: String,
        /// Id of the gateway.
        nat_gateway_id: String,
        /// `pending`, `failed`, `available`, `deleting` or `deleted`.
        state: String,
        /// VPC.
        vpc_id: Option<String>,
        /// Subnet.
        subnet_id: Option<String>,
        /// `public` or `private`.
        connectivity_type: Option<String>,
        /// Public addresses, sorted.
        public_ips: Vec<String>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A transit gateway.
    Ec2TransitGateway = "aws_ec2_transit_gateway", "ec2:DescribeTransitGateways", Region, key [arn] {
        /// ARN of the gateway.
        arn: String,
        /// Id of the gateway.
        transit_gateway_id: String,
        /// `pending`, `available`, `modifying`, `deleting` or `deleted`.
        state: String,
        /// Description.
        description: Option<String>,
        /// `enable` where other accounts' attachments need no consent.
        auto_accept_shared_attachments: Option<String>,
        /// `enable` where a new attachment uses the default route table.
        default_route_table_association: Option<String>,
        /// `enable` where a new attachment announces its routes to the default route table.
        default_route_table_propagation: Option<String>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A VPC endpoint.
    VpcEndpoint = "aws_vpc_endpoint", "ec2:DescribeVpcEndpoints", Region, key [arn] {
        /// ARN of the endpoint.
        arn: String,
        /// Id of the endpoint.
        vpc_endpoint_id: String,
        /// `Interface`, `Gateway`, `GatewayLoadBalancer` …
        vpc_endpoint_type: String,
        /// VPC.
        vpc_id: String,
        /// Service, such as `com.amazonaws.us-east-1.s3`.
        service_name: String,
        /// `available`, `pending` …, in small letters.
        state: String,
        /// True where the service's usual name leads to the endpoint.
        private_dns_enabled: Option<bool>,
        /// The policy of the endpoint.
        policy: Option<Json>,
        /// Subnets, sorted.
        subnet_ids: Vec<String>,
        /// Security groups, sorted.
        security_group_ids: Vec<String>,
        /// Route tables of a gateway endpoint, sorted.
        route_table_ids: Vec<String>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A peering connection between two VPCs, as one of its sides sees it.
    VpcPeeringConnection = "aws_vpc_peering_connection", "ec2:DescribeVpcPeeringConnections", Region, key [arn] {
        /// ARN of the connection.
        arn: String,
        /// Id of the connection.
        id: String,
        /// `active`, `pending-acceptance` …
        status_code: String,
        /// Account of the side that was asked.
        accepter_owner_id: Option<String>,
        /// VPC of the side that was asked.
        accepter_vpc_id: Option<String>,
        /// Blocks of the side that was asked, sorted.
        accepter_cidr_blocks: Vec<String>,
        /// Account of the side that asked.
        requester_owner_id: Option<String>,
        /// VPC of the side that asked.
        requester_vpc_id: Option<String>,
        /// Blocks of the side that asked, sorted.
        requester_cidr_blocks: Vec<String>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A flow log.
    VpcFlowLog = "aws_vpc_flow_log", "ec2:DescribeFlowLogs", Region, key [arn] {
        /// ARN of the flow log.
        arn: String,
        /// Id of the flow log.
        flow_log_id: String,
        /// VPC, subnet or interface whose traffic it records, an id.
        resource_id: String,
        /// `ACCEPT`, `REJECT` or `ALL`.
        traffic_type: Option<String>,
        /// `ACTIVE`.
        flow_log_status: String,
        /// `SUCCESS` or `FAILED`; none before the first delivery.
        deliver_logs_status: Option<String>,
        /// Why delivery failed.
        deliver_logs_error_message: Option<String>,
        /// `cloud-watch-logs`, `s3` or `kinesis-data-firehose`.
        log_destination_type: Option<String>,
        /// ARN of the destination.
        log_destination: Option<String>,
        /// Log group, for `cloud-watch-logs`.
        log_group_name: Option<String>,
        /// Seconds over which records are gathered.
        max_aggregation_interval: Option<i64>,
        /// When it was made.
        creation_time: Option<Timestamp>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// A network interface.
    Ec2NetworkInterface = "aws_ec2_network_interface", "ec2:DescribeNetworkInterfaces", Region, key [arn] {
        /// ARN of the interface.
        arn: String,
        /// Id of the interface.
        network_interface_id: String,
        /// `available`, `in-use` …
        status: String,
        /// `interface`, `nat_gateway`, `lambda`, `vpc_endpoint` …
        interface_type: Option<String>,
        /// VPC.
        vpc_id: Option<String>,
        /// Subnet.
        subnet_id: Option<String>,
        /// Security groups, sorted.
        security_group_ids: Vec<String>,
        /// Instance that it is attached to.
        attached_instance_id: Option<String>,
        /// Public IPv4 address.
        association_public_ip: Option<String>,
        /// False where traffic may pass that is not its own.
        source_dest_check: Option<bool>,
        /// True where an AWS service made it and looks after it.
        requester_managed: bool,
        /// Description.
        description: Option<String>,
    }
}

table! {
    /// An Elastic IP address.
    VpcEip = "aws_vpc_eip", "ec2:DescribeAddresses", Region, key [arn] {
        /// ARN of the address.
        arn: String,
        /// Id of the address.
        allocation_id: String,
        /// The address.
        public_ip: Option<String>,
        /// Id of its association; none where nothing uses it.
        association_id: Option<String>,
        /// Instance that uses it.
        instance_id: Option<String>,
        /// Interface that uses it.
        network_interface_id: Option<String>,
        /// Tags.
        tags: Json,
    }
}

table! {
    /// VPC block public access of a region.
    VpcBlockPublicAccessOptions = "aws_vpc_block_public_access_options", "ec2:DescribeVpcBlockPublicAccessOptions", Region, key [] {
        /// `off`, `block-bidirectional` or `block-ingress`.
        internet_gateway_block_mode: String,
        /// `default-state`, `update-in-progress` or `update-complete`.
        state: Option<String>,
        /// `account` or `declarative-policy`.
        managed_by: Option<String>,
    }
}
