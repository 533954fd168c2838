"""Networks, instances, load balancers and functions in the accounts of the recorded organization."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from demo_identity import NAMESPACE
from planting import Place, lambda_archive, policy, tags

ANYWHERE = "0.0.0.0/0"
CORPORATE = "198.51.100.0/24"
VISIBILITY = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True}
ARCHIVE = lambda_archive()


@dataclass(frozen=True)
class Network:
    """A VPC with its public and private subnets."""

    vpc: str
    public: list[str]
    private: list[str]


def remove_default_vpc(place: Place) -> None:
    """Delete the VPC that every account is born with, and all that hangs on it."""
    default = [{"Name": "is-default", "Values": ["true"]}]
    for vpc in (place.do("ec2", "describe_vpcs", Filters=default) or {}).get("Vpcs", []):
        inside = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
        for subnet in place.do("ec2", "describe_subnets", Filters=inside)["Subnets"]:
            place.do("ec2", "delete_subnet", SubnetId=subnet["SubnetId"])
        attached = [{"Name": "attachment.vpc-id", "Values": [vpc["VpcId"]]}]
        for gateway in place.do("ec2", "describe_internet_gateways", Filters=attached)["InternetGateways"]:
            name = {"InternetGatewayId": gateway["InternetGatewayId"]}
            place.do("ec2", "detach_internet_gateway", VpcId=vpc["VpcId"], **name)
            place.do("ec2", "delete_internet_gateway", **name)
        place.do("ec2", "delete_vpc", VpcId=vpc["VpcId"])


def network(
    place: Place,
    name: str,
    prefix: str,
    *,
    flow_log_bucket: str | None = None,
    endpoints: tuple[str, ...] = (),
    empty_default_group: bool = True,
) -> Network:
    """A VPC `PREFIX.0.0/16` with two public and two private subnets and an internet gateway."""
    labels = [{"ResourceType": "vpc", "Tags": tags(Name=name)}]
    vpc = place.do("ec2", "create_vpc", CidrBlock=f"{prefix}.0.0/16", TagSpecifications=labels, count="ec2_vpc")
    vpc_id = vpc["Vpc"]["VpcId"]
    subnets = []
    for third, zone in ((0, "a"), (1, "b"), (10, "a"), (11, "b")):
        block = {"CidrBlock": f"{prefix}.{third}.0/24", "AvailabilityZone": place.region + zone}
        subnets.append(
            place.do("ec2", "create_subnet", VpcId=vpc_id, **block, count="ec2_subnet")["Subnet"]["SubnetId"]
        )
    for subnet in subnets[:2]:
        place.do("ec2", "modify_subnet_attribute", SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
    _route_out(place, vpc_id, subnets[:2])
    if flow_log_bucket:
        log = {"ResourceType": "VPC", "TrafficType": "ALL", "LogDestinationType": "s3"}
        destination = f"arn:aws:s3:::{flow_log_bucket}"
        place.do(
            "ec2", "create_flow_logs", ResourceIds=[vpc_id], LogDestination=destination, **log, count="ec2_flow_log"
        )
    for service in endpoints:
        kind = {"VpcEndpointType": "Gateway"} if service in ("s3", "dynamodb") else {"VpcEndpointType": "Interface"}
        full = f"com.amazonaws.{place.region}.{service}"
        place.do("ec2", "create_vpc_endpoint", VpcId=vpc_id, ServiceName=full, **kind, count="ec2_vpce")
    if empty_default_group:
        _empty_default_group(place, vpc_id)
    return Network(vpc_id, subnets[:2], subnets[2:])


def _route_out(place: Place, vpc: str, subnets: list[str]) -> None:
    gateway = place.do("ec2", "create_internet_gateway", count="ec2_igw")["InternetGateway"]["InternetGatewayId"]
    place.do("ec2", "attach_internet_gateway", InternetGatewayId=gateway, VpcId=vpc)
    table = place.do("ec2", "create_route_table", VpcId=vpc, count="ec2_route_table")["RouteTable"]["RouteTableId"]
    place.do("ec2", "create_route", RouteTableId=table, DestinationCidrBlock=ANYWHERE, GatewayId=gateway)
    for subnet in subnets:
        place.do("ec2", "associate_route_table", RouteTableId=table, SubnetId=subnet)


def _empty_default_group(place: Place, vpc: str) -> None:
    filters = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": ["default"]}]
    for group in place.do("ec2", "describe_security_groups", Filters=filters)["SecurityGroups"]:
        for direction, name in (("ingress", "IpPermissions"), ("egress", "IpPermissionsEgress")):
            if group[name]:
                operation = f"revoke_security_group_{direction}"
                place.do("ec2", operation, GroupId=group["GroupId"], IpPermissions=group[name])


def group(place: Place, vpc: str, name: str, *rules: tuple[int, int, str]) -> str:
    """A security group; rules are first port, last port and where from (a network or another group)."""
    wish = {"GroupName": name, "Description": name, "VpcId": vpc}
    group_id: str = place.do("ec2", "create_security_group", **wish, count="ec2_sg")["GroupId"]
    for low, high, source in rules:
        permission: dict[str, Any] = {"IpProtocol": "tcp", "FromPort": low, "ToPort": high}
        if source.startswith("sg-"):
            permission["UserIdGroupPairs"] = [{"GroupId": source}]
        elif ":" in source:
            permission["Ipv6Ranges"] = [{"CidrIpv6": source}]
        else:
            permission["IpRanges"] = [{"CidrIp": source}]
        place.do("ec2", "authorize_security_group_ingress", GroupId=group_id, IpPermissions=[permission])
    return group_id


def tiers(place: Place, vpc: str) -> dict[str, str]:
    """The baseline's chain of groups: balancer, application, database, and the isolated one for incidents."""
    prefix = f"{NAMESPACE}-sg"
    balancer = group(place, vpc, f"{prefix}-balancer-public", (443, 443, ANYWHERE))
    application = group(place, vpc, f"{prefix}-application", (8080, 8080, balancer))
    data = group(place, vpc, f"{prefix}-database", (5432, 5432, application))
    isolated = group(place, vpc, f"{prefix}-isolated")
    return {"balancer": balancer, "application": application, "database": data, "isolated": isolated}


def deny_known_bad(place: Place, vpc: str) -> None:
    """The baseline's network ACL: it refuses known bad addresses and administration ports, then allows the rest."""
    acl = place.do("ec2", "create_network_acl", VpcId=vpc, count="ec2_nacl")["NetworkAcl"]["NetworkAclId"]
    name = {"Resources": [acl], "Tags": tags(Name=f"{NAMESPACE}-nacl-perimeter")}
    place.do("ec2", "create_tags", **name)
    entries = ((100, "deny", "203.0.113.0/24", None), (110, "deny", ANYWHERE, 22), (120, "deny", ANYWHERE, 3389))
    for number, action, source, port in entries:
        ports = {"Protocol": "6", "PortRange": {"From": port, "To": port}} if port else {"Protocol": "-1"}
        rule = {"RuleNumber": number, "RuleAction": action, "CidrBlock": source, "Egress": False}
        place.do("ec2", "create_network_acl_entry", NetworkAclId=acl, **rule, **ports)
    allow = {"RuleNumber": 1000, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": ANYWHERE}
    for egress in (False, True):
        place.do("ec2", "create_network_acl_entry", NetworkAclId=acl, Egress=egress, **allow)


def instance(
    place: Place,
    name: str,
    subnet: str,
    group_id: str,
    *,
    v2: bool = True,
    public: bool = False,
    key_name: str | None = None,
    profile: str | None = None,
    environment: str = "prod",
    owner: str = "platform",
) -> str:
    """An instance; its id."""
    interface = {"DeviceIndex": 0, "SubnetId": subnet, "Groups": [group_id], "AssociatePublicIpAddress": public}
    more: dict[str, Any] = {"KeyName": key_name} if key_name else {}
    more |= {"IamInstanceProfile": {"Name": profile}} if profile else {}
    reply = place.do(
        "ec2",
        "run_instances",
        ImageId="ami-12c6146b",
        InstanceType="m6i.large" if environment == "prod" else "t3.small",
        MinCount=1,
        MaxCount=1,
        MetadataOptions={"HttpTokens": "required" if v2 else "optional", "HttpEndpoint": "enabled"},
        NetworkInterfaces=[interface],
        TagSpecifications=[{"ResourceType": "instance", "Tags": tags(Name=name, environment=environment, owner=owner)}],
        **more,
        count="ec2_instance",
    )
    instance_id: str = reply["Instances"][0]["InstanceId"]
    return instance_id


def instance_profile(place: Place, name: str) -> str:
    """The profile of a role by its own name, which must be there; its name."""
    place.do("iam", "create_instance_profile", InstanceProfileName=name, count="iam_instance_profile")
    place.do("iam", "add_role_to_instance_profile", InstanceProfileName=name, RoleName=name)
    return name


def volume(place: Place, instance_id: str | None, size: int, key_arn: str | None, device: str = "/dev/sdf") -> str:
    """A volume, attached if an instance is given; its id."""
    own = {"Encrypted": True, "KmsKeyId": key_arn} if key_arn else {"Encrypted": False}
    zone = place.region + "a"
    wish = {"AvailabilityZone": zone, "Size": size, "VolumeType": "gp3"}
    volume_id: str = place.do("ec2", "create_volume", **wish, **own, count="ec2_volume")["VolumeId"]
    if instance_id:
        place.do("ec2", "attach_volume", VolumeId=volume_id, InstanceId=instance_id, Device=device)
    return volume_id


def snapshot(place: Place, volume_id: str, description: str, public: bool = False) -> None:
    """A snapshot, shared with everybody if `public`."""
    reply = place.do("ec2", "create_snapshot", VolumeId=volume_id, Description=description, count="ec2_snapshot")
    if public:
        grant = {"Attribute": "createVolumePermission", "OperationType": "add", "GroupNames": ["all"]}
        place.do("ec2", "modify_snapshot_attribute", SnapshotId=reply["SnapshotId"], **grant)


def image(place: Place, instance_id: str, name: str, public: bool = False) -> None:
    """An image made of an instance, launchable by everybody if `public`."""
    reply = place.do("ec2", "create_image", InstanceId=instance_id, Name=name, count="ec2_image")
    if public:
        grant = {"Attribute": "launchPermission", "OperationType": "add", "UserGroups": ["all"]}
        place.do("ec2", "modify_image_attribute", ImageId=reply["ImageId"], **grant)


def load_balancer(
    place: Place,
    name: str,
    where: Network,
    group_id: str,
    *,
    certificate: str | None = None,
    tls_policy: str = "ELBSecurityPolicy-TLS13-1-2-2021-06",
    redirect: bool = True,
    log_bucket: str | None = None,
    internal: bool = False,
) -> str:
    """An application load balancer with a listener for HTTP, and one for HTTPS if there is a certificate; its ARN."""
    scheme = {"Scheme": "internal" if internal else "internet-facing", "Type": "application"}
    subnets = where.private if internal else where.public
    wish = {"Name": name, "Subnets": subnets, "SecurityGroups": [group_id]}
    balancers = place.do("elbv2", "create_load_balancer", **wish, **scheme, count="elbv2")["LoadBalancers"]
    arn: str = balancers[0]["LoadBalancerArn"]
    target = {"Name": f"{name}-targets", "Protocol": "HTTP", "Port": 8080, "VpcId": where.vpc}
    targets = place.do("elbv2", "create_target_group", **target, count="elbv2_tg")["TargetGroups"]
    forward = {"Type": "forward", "TargetGroupArn": targets[0]["TargetGroupArn"]}
    to_https = {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}
    first = {"Type": "redirect", "RedirectConfig": to_https} if redirect and certificate else forward
    place.do("elbv2", "create_listener", LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=[first])
    if certificate:
        tls = {"Protocol": "HTTPS", "Port": 443, "SslPolicy": tls_policy}
        certificates = [{"CertificateArn": certificate}]
        place.do(
            "elbv2", "create_listener", LoadBalancerArn=arn, Certificates=certificates, DefaultActions=[forward], **tls
        )
    if log_bucket:
        wanted = {"access_logs.s3.enabled": "true", "access_logs.s3.bucket": log_bucket}
        wanted |= {"deletion_protection.enabled": "true", "routing.http.drop_invalid_header_fields.enabled": "true"}
        attributes = [{"Key": name, "Value": value} for name, value in wanted.items()]
        place.do("elbv2", "modify_load_balancer_attributes", LoadBalancerArn=arn, Attributes=attributes)
    return arn


def web_acl(place: Place, name: str, protects: str | None, managed: tuple[str, ...]) -> None:
    """A web ACL of AWS's managed groups, in front of a load balancer if one is given."""
    rules = [
        {
            "Name": group_name,
            "Priority": priority,
            "Statement": {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": group_name}},
            "OverrideAction": {"None": {}},
            "VisibilityConfig": {**VISIBILITY, "MetricName": group_name},
        }
        for priority, group_name in enumerate(managed)
    ]
    wish = {"Scope": "REGIONAL", "DefaultAction": {"Allow": {}}, "VisibilityConfig": {**VISIBILITY, "MetricName": name}}
    reply = place.do("wafv2", "create_web_acl", Name=name, Rules=rules, **wish, count="wafv2_acl")
    arn = reply["Summary"]["ARN"]
    if protects:
        place.do("wafv2", "associate_web_acl", WebACLArn=arn, ResourceArn=protects)
        place.plant_answer("wafv2", "ListResourcesForWebACL", {"ResourceArns": [protects]}, WebACLArn=arn)


def function(
    place: Place, name: str, role: str, *, runtime: str = "python3.12", public: bool = False, plain_secret: bool = False
) -> None:
    """A Lambda function; `public` lets everybody invoke it, `plain_secret` puts a password into its environment."""
    variables = {"STAGE": "live"} | ({"DB_PASSWORD": "hunter2-example"} if plain_secret else {})
    place.do(
        "lambda",
        "create_function",
        FunctionName=name,
        Runtime=runtime,
        Role=place.account.arn("role", role),
        Handler="lambda_function.handler",
        Code={"ZipFile": ARCHIVE},
        Environment={"Variables": variables},
        count="lambda_fn",
    )
    if public:
        grant = {"StatementId": "everybody", "Action": "lambda:InvokeFunction", "Principal": "*"}
        place.do("lambda", "add_permission", FunctionName=name, **grant)


def topic(place: Place, name: str, key_arn: str | None = None, anybody: bool = False, mail: str | None = None) -> str:
    """An SNS topic; its ARN."""
    attributes = {"Attributes": {"KmsMasterKeyId": key_arn}} if key_arn else {}
    arn: str = place.do("sns", "create_topic", Name=name, **attributes, count="sns_topic")["TopicArn"]
    statement = {"Effect": "Allow", "Action": "sns:Publish", "Resource": arn}
    document = None
    if anybody:
        document = policy({**statement, "Principal": "*"})
    elif key_arn:
        tls = {"Bool": {"aws:SecureTransport": "false"}}
        service = {**statement, "Principal": {"Service": "cloudwatch.amazonaws.com"}}
        document = policy(service, {**statement, "Effect": "Deny", "Principal": "*", "Condition": tls})
    if document:
        place.do("sns", "set_topic_attributes", TopicArn=arn, AttributeName="Policy", AttributeValue=document)
    if mail:
        place.do("sns", "subscribe", TopicArn=arn, Protocol="email", Endpoint=mail)
    return arn


def log_group(place: Place, name: str, days: int | None = 30, key_arn: str | None = None) -> None:
    """A log group; `days` None keeps events for ever."""
    own = {"kmsKeyId": key_arn} if key_arn else {}
    place.do("logs", "create_log_group", logGroupName=name, **own, count="log_group")
    if days:
        place.do("logs", "put_retention_policy", logGroupName=name, retentionInDays=days)
