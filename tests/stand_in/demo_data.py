"""Keys, buckets, databases, secrets and certificates in the accounts of the recorded organization."""

from __future__ import annotations

from typing import Any

from demo_identity import NAMESPACE
from planting import FULL_BLOCK, Place, allow, deny_plain_http, policy, tags

MANAGE = ["kms:Create*", "kms:Describe*", "kms:Enable*", "kms:List*", "kms:Put*", "kms:Update*", "kms:Revoke*"]
MANAGE += [
    "kms:Disable*",
    "kms:Get*",
    "kms:Delete*",
    "kms:TagResource",
    "kms:ScheduleKeyDeletion",
    "kms:CancelKeyDeletion",
]
USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]


def key(place: Place, service: str, *, rotates: bool = True, separated: bool = True, anybody: bool = False) -> str:
    """The customer managed key of a service, `alias/baseline/SERVICE`; its ARN."""
    account = place.account
    manager = {"AWS": account.arn("role", f"{NAMESPACE}-saml-poweruser")}
    statements = [{"Sid": "Root", "Principal": {"AWS": f"arn:aws:iam::{account.id}:root"}, **allow("kms:*")}]
    if separated:
        service_only = {"StringEquals": {"kms:ViaService": f"{service}.{place.region}.amazonaws.com"}}
        statements.append({"Sid": "Manage", "Principal": manager, **allow(MANAGE)})
        user = {"AWS": account.arn("role", f"{NAMESPACE}-saml-securityresponse")}
        statements.append({"Sid": "Use", "Principal": user, **allow(USE, Condition=service_only)})
    if anybody:
        statements.append({"Sid": "Partners", "Principal": {"AWS": "*"}, **allow(["kms:Decrypt", "kms:DescribeKey"])})
    reply = place.do("kms", "create_key", Description=f"{service} data", Policy=policy(*statements), count="kms_key")
    arn = reply["KeyMetadata"]["Arn"]
    name = f"alias/{NAMESPACE}/{service}"
    place.do("kms", "create_alias", AliasName=name, TargetKeyId=reply["KeyMetadata"]["KeyId"], count="kms_alias")
    if rotates:
        place.do("kms", "enable_key_rotation", KeyId=arn)
    return arn


def bucket(
    place: Place,
    name: str,
    *,
    key_arn: str | None = None,
    versions: bool = True,
    blocked: bool = True,
    tls: bool = True,
    public: bool = False,
    log_bucket: str | None = None,
    expires: bool = True,
    writers: tuple[str, ...] = (),
    data_class: str = "internal",
) -> None:
    """A bucket; `writers` are the AWS services that deliver logs to it."""
    do = place.do
    do("s3", "create_bucket", Bucket=name, **place.bucket_location(), count="s3_bucket")
    do("s3", "put_bucket_tagging", Bucket=name, Tagging={"TagSet": tags(**{"data-class": data_class})})
    if key_arn:
        default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key_arn}
        rule: dict[str, Any] = {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}
        do("s3", "put_bucket_encryption", Bucket=name, ServerSideEncryptionConfiguration={"Rules": [rule]})
    if versions:
        do("s3", "put_bucket_versioning", Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    if blocked:
        do("s3", "put_public_access_block", Bucket=name, PublicAccessBlockConfiguration=FULL_BLOCK)
    # moto looks into the policies of buckets that receive access logs, and understands only this form of "anybody".
    statements = [deny_plain_http(name, {"AWS": "*"})] if tls else []
    for service in writers:
        writer = {"Principal": {"Service": f"{service}.amazonaws.com"}}
        statements.append({**writer, **allow("s3:GetBucketAcl", f"arn:aws:s3:::{name}")})
        statements.append({**writer, **allow("s3:PutObject", f"arn:aws:s3:::{name}/*")})
    if public:
        statements.append({"Sid": "Website", "Principal": "*", **allow("s3:GetObject", f"arn:aws:s3:::{name}/*")})
    if statements:
        do("s3", "put_bucket_policy", Bucket=name, Policy=policy(*statements))
    if log_bucket:
        target = {"TargetBucket": log_bucket, "TargetPrefix": f"{name}/"}
        do("s3", "put_bucket_logging", Bucket=name, BucketLoggingStatus={"LoggingEnabled": target})
    if expires:
        archive = [{"Days": 90, "StorageClass": "GLACIER"}]
        rule = {"ID": "retention", "Status": "Enabled", "Filter": {"Prefix": ""}, "Transitions": archive}
        rules = {"Rules": [{**rule, "Expiration": {"Days": 365}}]}
        do("s3", "put_bucket_lifecycle_configuration", Bucket=name, LifecycleConfiguration=rules)


def access_log_bucket(place: Place, name: str) -> str:
    """The bucket that access logs go to; its name."""
    bucket(place, name, writers=("logging.s3",))
    return name


def block_account(place: Place) -> None:
    """S3 Block Public Access for the whole account."""
    place.do(
        "s3control", "put_public_access_block", AccountId=place.account.id, PublicAccessBlockConfiguration=FULL_BLOCK
    )


def database(
    place: Place,
    name: str,
    subnets: list[str],
    group_id: str,
    *,
    key_arn: str | None = None,
    public: bool = False,
    production: bool = True,
    upgrades: bool = True,
    force_tls: bool = True,
) -> None:
    """A PostgreSQL instance in a subnet group and with a parameter group of its own."""
    group = {"DBSubnetGroupName": f"{name}-subnets", "DBSubnetGroupDescription": name, "SubnetIds": subnets}
    place.do("rds", "create_db_subnet_group", **group, count="rds_subnet_group")
    parameters = f"{name}-parameters"
    family = {"DBParameterGroupFamily": "postgres16", "Description": name}
    place.do("rds", "create_db_parameter_group", DBParameterGroupName=parameters, **family, count="rds_parameter_group")
    force = {"ParameterName": "rds.force_ssl", "ParameterValue": "1" if force_tls else "0", "ApplyMethod": "immediate"}
    place.do("rds", "modify_db_parameter_group", DBParameterGroupName=parameters, Parameters=[force])
    place.do(
        "rds",
        "create_db_instance",
        DBInstanceIdentifier=name,
        DBInstanceClass="db.r6g.large" if production else "db.t3.medium",
        Engine="postgres",
        AllocatedStorage=100,
        MasterUsername="owner",
        MasterUserPassword="not-a-real-0ne",
        StorageEncrypted=key_arn is not None,
        PubliclyAccessible=public,
        MultiAZ=production,
        AutoMinorVersionUpgrade=upgrades,
        DBSubnetGroupName=f"{name}-subnets",
        DBParameterGroupName=parameters,
        VpcSecurityGroupIds=[group_id],
        BackupRetentionPeriod=14 if production else 0,
        DeletionProtection=production,
        **({"KmsKeyId": key_arn} if key_arn else {}),
        count="rds_instance",
    )


def public_database_snapshot(place: Place, database_name: str, name: str) -> None:
    """A snapshot that every AWS account may restore."""
    snapshot = {"DBSnapshotIdentifier": name}
    place.do("rds", "create_db_snapshot", DBInstanceIdentifier=database_name, **snapshot, count="rds_snapshot")
    place.do("rds", "modify_db_snapshot_attribute", AttributeName="restore", ValuesToAdd=["all"], **snapshot)


def file_system(place: Place, token: str, key_arn: str | None) -> None:
    """An EFS file system."""
    wish: dict[str, Any] = {"CreationToken": f"{token}-{place.region}", "Encrypted": key_arn is not None}
    wish |= {"KmsKeyId": key_arn} if key_arn else {}
    place.do("efs", "create_file_system", Tags=tags(Name=token), **wish, count="efs_fs")


def secret(place: Place, name: str, key_arn: str | None = None, rotated_days_ago: float | None = None) -> None:
    """A secret; it rotates every 30 days if it was ever rotated."""
    own = {"KmsKeyId": key_arn} if key_arn else {}
    place.do("secretsmanager", "create_secret", Name=name, SecretString="placeholder", **own, count="secret")
    if rotated_days_ago is not None:
        control = {"account": place.account.id, "region": place.region, "name": name, "rotation_days": 30}
        place.account.ground.control("secret", **control, rotated_days_ago=rotated_days_ago)


def parameter(place: Place, name: str, value: str, secure: bool = False) -> None:
    """A parameter in Parameter Store."""
    kind = "SecureString" if secure else "String"
    place.do("ssm", "put_parameter", Name=name, Value=value, Type=kind, count="ssm_parameter")


def certificate(place: Place, domain: str, days_left: float, method: str = "DNS") -> str:
    """A certificate of ACM that was issued 13 months before it ends; its ARN."""
    reply = place.do("acm", "request_certificate", DomainName=domain, ValidationMethod=method, count="acm_cert")
    arn = reply["CertificateArn"]
    wish = {"account": place.account.id, "region": place.region, "arn": arn, "days_left": days_left}
    place.account.ground.control("certificate", **wish, issued_days_ago=395 - days_left)
    return arn
