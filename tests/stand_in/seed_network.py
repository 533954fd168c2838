"""VPCs, security groups, network ACLs, instances and volumes of one account and region of the test organization."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planting import Place, tags

ANYWHERE = [{"CidrIp": "0.0.0.0/0"}]
ANYWHERE_V6 = [{"CidrIpv6": "::/0"}]


@dataclass(frozen=True)
class Network:
    """A VPC and its two subnets."""

    vpc: str
    subnets: tuple[str, str]


@dataclass(frozen=True)
class Group:
    """A security group to plant, and which controls it breaks."""

    name: str
    permission: dict[str, Any]
    breaks: tuple[str, ...] = ()


def _tcp(low: int, high: int, **ranges: Any) -> dict[str, Any]:
    return {"IpProtocol": "tcp", "FromPort": low, "ToPort": high, **ranges}


GROUPS = (
    Group("open22", _tcp(22, 22, IpRanges=ANYWHERE), ("EC2.13", "5.2")),
    Group("open3389", _tcp(3389, 3389, IpRanges=ANYWHERE), ("EC2.14", "5.2")),
    Group("open22v6", _tcp(20, 25, Ipv6Ranges=ANYWHERE_V6), ("EC2.13", "5.3")),
    Group("openall", {"IpProtocol": "-1", "IpRanges": ANYWHERE}, ("EC2.13", "EC2.14", "5.2")),
    Group("web", _tcp(443, 443, IpRanges=ANYWHERE)),
    Group("corp22", _tcp(22, 22, IpRanges=[{"CidrIp": "10.0.0.0/8"}])),
)


def plant_network(place: Place, scale: int, number: int, log_bucket: str) -> list[Network]:
    """Two VPCs and one more for every four units; every second has flow logs, the first an empty default group."""
    networks = []
    for position in range(2 + scale // 4):
        prefix = f"10.{(number * 100 + position) % 250}"
        vpc = place.do("ec2", "create_vpc", CidrBlock=f"{prefix}.0.0/16", count="ec2_vpc")["Vpc"]["VpcId"]
        subnets = []
        for third, zone in ((1, "a"), (2, "b")):
            block = {"CidrBlock": f"{prefix}.{third}.0/24", "AvailabilityZone": place.region + zone}
            reply = place.do("ec2", "create_subnet", VpcId=vpc, **block, count="ec2_subnet")
            subnets.append(reply["Subnet"]["SubnetId"])
        networks.append(Network(vpc, (subnets[0], subnets[1])))
        logged = position % 2 == 0
        if logged:
            log = {"ResourceType": "VPC", "TrafficType": "REJECT", "LogDestinationType": "s3"}
            destination = f"arn:aws:s3:::{log_bucket}"
            place.do(
                "ec2", "create_flow_logs", ResourceIds=[vpc], LogDestination=destination, **log, count="ec2_flow_log"
            )
        place.truth(vpc, logged, "flow logs", cis="3.7", fsbp="EC2.6")
        if position == 0:
            _plant_ways_out(place, vpc)
        _empty_default_group(place, vpc, empty=position == 0)
    return networks


def _plant_ways_out(place: Place, vpc: str) -> None:
    reply = place.do("ec2", "create_internet_gateway", count="ec2_igw")
    if reply:
        gateway = reply["InternetGateway"]["InternetGatewayId"]
        place.do("ec2", "attach_internet_gateway", InternetGatewayId=gateway, VpcId=vpc)
    service = f"com.amazonaws.{place.region}.s3"
    place.do("ec2", "create_vpc_endpoint", VpcId=vpc, ServiceName=service, VpcEndpointType="Gateway", count="ec2_vpce")


def _empty_default_group(place: Place, vpc: str, empty: bool) -> None:
    filters = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": ["default"]}]
    reply = place.do("ec2", "describe_security_groups", Filters=filters)
    for group in (reply or {}).get("SecurityGroups", [])[:1]:
        for direction, name in (("ingress", "IpPermissions"), ("egress", "IpPermissionsEgress")):
            if empty and group[name]:
                operation = f"revoke_security_group_{direction}"
                place.do("ec2", operation, GroupId=group["GroupId"], IpPermissions=group[name])
        place.truth(group["GroupId"], empty, "default SG restricts all traffic", cis="5.4", fsbp="EC2.2")


def plant_security_groups(place: Place, unit: int, networks: list[Network]) -> list[str]:
    """One security group of each kind, whose ids are returned, and two network ACLs."""
    vpc = networks[unit % len(networks)].vpc
    ids = []
    for group in GROUPS:
        name = {"GroupName": f"{group.name}-{unit}", "Description": group.name}
        reply = place.do("ec2", "create_security_group", VpcId=vpc, **name, count="ec2_sg")
        if not reply:
            continue
        ids.append(reply["GroupId"])
        place.do("ec2", "authorize_security_group_ingress", GroupId=reply["GroupId"], IpPermissions=[group.permission])
        for check in ("EC2.13", "EC2.14"):
            place.truth(reply["GroupId"], check not in group.breaks, group.name, fsbp=check)
        for check in ("5.2", "5.3"):
            place.truth(reply["GroupId"], check not in group.breaks, group.name, cis=check)
    for name, port in (("nacl-open", 22), ("nacl-ok", 443)):
        reply = place.do("ec2", "create_network_acl", VpcId=vpc, count="ec2_nacl")
        if not reply:
            continue
        acl = reply["NetworkAcl"]["NetworkAclId"]
        rule = {"RuleNumber": 100, "Protocol": "6", "RuleAction": "allow", "Egress": False, "CidrBlock": "0.0.0.0/0"}
        place.do("ec2", "create_network_acl_entry", NetworkAclId=acl, PortRange={"From": port, "To": port}, **rule)
        place.truth(acl, port != 22, name, cis="5.1", fsbp="EC2.21")
    return ids


def plant_instances(place: Place, unit: int, networks: list[Network], groups: list[str], key: str) -> None:
    """Four instances (metadata v2 or not, public or not), six volumes (encrypted or not), three snapshots (one public)."""
    subnet = networks[0].subnets[0]
    first = None
    for number in range(4):
        v2, public = number % 2 == 0, number >= 2
        own_group = len(groups) >= 6 and unit % len(networks) == 0
        interface = {
            "DeviceIndex": 0,
            "SubnetId": subnet,
            "Groups": [groups[-6 + number] if own_group else groups[0]],
            "AssociatePublicIpAddress": public,
        }
        reply = place.do(
            "ec2",
            "run_instances",
            ImageId="ami-12c6146b",
            InstanceType="t3.micro",
            MinCount=1,
            MaxCount=1,
            MetadataOptions={"HttpTokens": "required" if v2 else "optional", "HttpEndpoint": "enabled"},
            NetworkInterfaces=[interface],
            TagSpecifications=[{"ResourceType": "instance", "Tags": tags(Name=f"i-{unit}-{number}")}],
            count="ec2_instance",
        )
        if not reply:
            continue
        instance = reply["Instances"][0]["InstanceId"]
        first = first or instance
        place.truth(instance, v2, "IMDSv2 required" if v2 else "IMDSv1 allowed", cis="5.6", fsbp="EC2.8")
        place.truth(instance, not public, "public IP", fsbp="EC2.9")
    for number in range(6):
        _plant_volume(place, number, first, key)


def _plant_volume(place: Place, number: int, instance: str | None, key: str) -> None:
    encrypted, attached, public = number % 2 == 0, number < 3, number == 1
    reply = place.do(
        "ec2",
        "create_volume",
        AvailabilityZone=place.region + "a",
        Size=8 + number,
        Encrypted=encrypted,
        VolumeType="gp3",
        **({"KmsKeyId": key} if encrypted else {}),
        count="ec2_volume",
    )
    if not reply or not attached:
        return
    volume = reply["VolumeId"]
    place.do("ec2", "attach_volume", VolumeId=volume, InstanceId=instance, Device=f"/dev/sd{'fgh'[number]}")
    place.truth(volume, encrypted, f"encrypted={encrypted}, attached=True", fsbp="EC2.3")
    reply = place.do("ec2", "create_snapshot", VolumeId=volume, Description=f"snap {number}", count="ec2_snapshot")
    if not reply:
        return
    snapshot = reply["SnapshotId"]
    if public:
        grant = {"Attribute": "createVolumePermission", "OperationType": "add", "GroupNames": ["all"]}
        place.do("ec2", "modify_snapshot_attribute", SnapshotId=snapshot, **grant)
    place.truth(snapshot, not public, "public snapshot" if public else "private snapshot", fsbp="EC2.1")


def tell_what_aws_makes(place: Place, networks: list[Network]) -> None:
    """The truth about what nobody planted: the default VPC with its groups and ACLs, root volumes, automated snapshots."""
    planted = {network.vpc for network in networks}
    for vpc in (place.do("ec2", "describe_vpcs") or {}).get("Vpcs", []):
        if vpc["VpcId"] not in planted:
            place.truth(vpc["VpcId"], False, "default VPC: no flow logs", cis="3.7", fsbp="EC2.6")
    default = [{"Name": "group-name", "Values": ["default"]}]
    for group in (place.do("ec2", "describe_security_groups", Filters=default) or {}).get("SecurityGroups", []):
        if group["VpcId"] not in planted:
            place.truth(group["GroupId"], False, "default SG of the default VPC", cis="5.4", fsbp="EC2.2")
        place.truth(group["GroupId"], True, "default SG", cis=["5.2", "5.3"], fsbp=["EC2.13", "EC2.14"])
    default = [{"Name": "default", "Values": ["true"]}]
    for acl in (place.do("ec2", "describe_network_acls", Filters=default) or {}).get("NetworkAcls", []):
        place.truth(acl["NetworkAclId"], False, "default NACL allows everything", cis="5.1", fsbp="EC2.21")
    told = {row["resource"] for row in place.account.ground.truth if row["check"] == "EC2.3"}
    attached = [{"Name": "attachment.status", "Values": ["attached"]}]
    for volume in (place.do("ec2", "describe_volumes", Filters=attached) or {}).get("Volumes", []):
        if volume["VolumeId"] not in told and volume["Attachments"]:
            place.truth(volume["VolumeId"], False, "root volume, unencrypted", fsbp="EC2.3")
    for snapshot in (place.do("rds", "describe_db_snapshots") or {}).get("DBSnapshots", []):
        if snapshot["DBSnapshotIdentifier"].startswith("rds:"):
            place.truth(snapshot["DBSnapshotArn"], True, "automated snapshot, private", fsbp="RDS.1")
