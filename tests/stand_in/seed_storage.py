"""KMS keys and S3 buckets of one account and region of the test organization."""

from __future__ import annotations

from typing import Any

from planting import FULL_BLOCK, Place, allow, compact, deny_plain_http, policy


def plant_keys(place: Place, scale: int) -> list[str]:
    """Three keys a unit: one rotates, one does not, one lets everybody decrypt. Their ARNs."""
    arns = []
    for unit in range(scale):
        for number, name in enumerate(("app", "data", "open")):
            root = f"arn:aws:iam::{place.account.id}:root"
            statements = [{"Sid": "root", "Principal": {"AWS": root}, **allow("kms:*")}]
            if name == "open":
                statements.append({"Sid": "any", "Principal": {"AWS": "*"}, **allow("kms:Decrypt")})
            document = compact({"Version": "2012-10-17", "Statement": statements})
            reply = place.do("kms", "create_key", Description=f"{name}-{unit}", Policy=document, count="kms_key")
            if not reply:
                continue
            key, arn = reply["KeyMetadata"]["KeyId"], reply["KeyMetadata"]["Arn"]
            arns.append(arn)
            place.do("kms", "create_alias", AliasName=f"alias/{name}-{unit}", TargetKeyId=key, count="kms_alias")
            rotates = number == 0
            if rotates:
                place.do("kms", "enable_key_rotation", KeyId=key)
            place.truth(arn, rotates, f"rotation {'on' if rotates else 'off'}", cis="3.6", fsbp="KMS.4")
            if name == "data" and unit == 0:
                grantee = f"arn:aws:iam::{place.account.id}:role/role-000-0"
                place.do("kms", "create_grant", KeyId=key, GranteePrincipal=grantee, Operations=["Decrypt"])
    return arns


def bucket_name(place: Place, suffix: str) -> str:
    """Bucket names are the world's: account and region make them unique."""
    return f"{place.account.name}-{place.account.id[-6:]}-{place.region}-{suffix}"


def create_bucket(place: Place, suffix: str) -> str:
    """An empty bucket with AWS's defaults as moto has them; its name."""
    name = bucket_name(place, suffix)
    place.do("s3", "create_bucket", Bucket=name, **place.bucket_location(), count="s3_bucket")
    return name


def tell_bucket(place: Place, name: str, hardened: bool = False, logged: bool = False, public: bool = False) -> None:
    """The truth rows of a bucket."""
    arn = f"arn:aws:s3:::{name}"
    place.truth(arn, hardened, "deny non-TLS policy", cis="2.1.1", fsbp="S3.5")
    place.truth(arn, hardened, "bucket-level public access block", cis="2.1.4", fsbp="S3.8")
    place.truth(arn, not public, "public read", fsbp="S3.2")
    place.truth(arn, hardened, "versioning", fsbp="S3.14")
    place.truth(arn, hardened, "SSE-KMS default", fsbp="S3.17")
    place.truth(arn, logged, "server access logging", fsbp="S3.9")


def harden(place: Place, name: str, key: str, log_bucket: str | None) -> None:
    """KMS encryption, versions, no public access, TLS only, a lifecycle, and access logs if a bucket for them is given."""
    do = place.do
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    rules: dict[str, Any] = {"Rules": [{"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}]}
    do("s3", "put_bucket_encryption", Bucket=name, ServerSideEncryptionConfiguration=rules)
    do("s3", "put_bucket_versioning", Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    do("s3", "put_public_access_block", Bucket=name, PublicAccessBlockConfiguration=FULL_BLOCK)
    do("s3", "put_bucket_policy", Bucket=name, Policy=policy(deny_plain_http(name)))
    if log_bucket:
        log_accesses(place, name, log_bucket, f"{name}/")
    lifecycle = {"Rules": [{"ID": "x", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 365}}]}
    do("s3", "put_bucket_lifecycle_configuration", Bucket=name, LifecycleConfiguration=lifecycle)


def log_accesses(place: Place, name: str, log_bucket: str, prefix: str) -> None:
    """Turn on server access logging of a bucket."""
    target = {"TargetBucket": log_bucket, "TargetPrefix": prefix}
    place.do("s3", "put_bucket_logging", Bucket=name, BucketLoggingStatus={"LoggingEnabled": target})


def plant_buckets(place: Place, scale: int, key: str) -> str:
    """The region's bucket for access logs, whose name is returned, and five buckets a unit."""
    logs = create_bucket(place, "access-logs")
    place.do("s3", "put_bucket_acl", Bucket=logs, ACL="log-delivery-write")
    tell_bucket(place, logs)
    for unit in range(scale):
        name = create_bucket(place, f"{unit:03d}-good")
        harden(place, name, key, logs)
        tell_bucket(place, name, hardened=True, logged=True)
        tell_bucket(place, create_bucket(place, f"{unit:03d}-plain"))
        name = create_bucket(place, f"{unit:03d}-pubpol")
        read = {"Sid": "pub", "Principal": "*", **allow("s3:GetObject", f"arn:aws:s3:::{name}/*")}
        place.do("s3", "put_bucket_policy", Bucket=name, Policy=policy(read))
        tell_bucket(place, name, public=True)
        name = create_bucket(place, f"{unit:03d}-pubacl")
        place.do("s3", "put_bucket_acl", Bucket=name, ACL="public-read")
        tell_bucket(place, name, public=True)
        name = create_bucket(place, f"{unit:03d}-nolog")
        harden(place, name, key, None)
        tell_bucket(place, name, hardened=True)
    return logs
