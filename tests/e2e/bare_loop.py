#!/usr/bin/env python3
"""The yardstick of the benchmark: read with plain boto3 and threads what the truth rows of the seed need, and judge nothing.

    bare_loop.py --endpoint http://127.0.0.1:PORT [--regions us-east-1,eu-west-1] [--threads 8]

One account (that of the keys), all its users, policies, buckets, keys and so on, each with the detail calls without which
no control could decide. Prints JSON: `calls`, `failed` (by service, operation and error code: a bucket without a policy
counts here), `services`, `items`, `wall_seconds`, `client_cpu_seconds`, `max_rss_mb`.
"""

from __future__ import annotations

import argparse
import collections
import json
import resource
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Callable

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

KEYS = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "secret"}
GLOBAL = "us-east-1"
BUCKET_DETAILS = (
    "get_bucket_location",
    "get_bucket_policy",
    "get_bucket_acl",
    "get_public_access_block",
    "get_bucket_versioning",
    "get_bucket_encryption",
    "get_bucket_logging",
)


class Loop:
    """A pool of threads that call, and the counts of what they called."""

    def __init__(self, endpoint: str, threads: int) -> None:
        self.endpoint = endpoint
        self.config = Config(retries={"max_attempts": 3}, max_pool_connections=threads, inject_host_prefix=False)
        self.pool = ThreadPoolExecutor(threads)
        self.clients: dict[tuple[str, str], Any] = {}
        self.lock = threading.Lock()
        self.calls: collections.Counter[str] = collections.Counter()
        self.failed: collections.Counter[str] = collections.Counter()
        self.items = 0
        self.futures: collections.deque[Future[None]] = collections.deque()

    def client(self, service: str, region: str) -> Any:
        """One client for each service and region; making them is not safe in threads."""
        with self.lock:
            if (service, region) not in self.clients:
                self.clients[service, region] = boto3.client(
                    service, region_name=region, endpoint_url=self.endpoint, config=self.config, **KEYS
                )
            return self.clients[service, region]

    def call(self, service: str, region: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """One call; an empty reply if it fails."""
        with self.lock:
            self.calls[service] += 1
        try:
            return getattr(self.client(service, region), operation)(**parameters)
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "?")
        except BotoCoreError as error:
            code = type(error).__name__
        with self.lock:
            self.failed[f"{service}:{operation} {code}"] += 1
        return {}

    def all(self, service: str, region: str, operation: str, member: str, **parameters: Any) -> list[Any]:
        """All items of a listing, page by page."""
        client = self.client(service, region)
        items: list[Any] = []
        if not client.can_paginate(operation):
            items = self.call(service, region, operation, **parameters).get(member, [])
        else:
            try:
                for page in client.get_paginator(operation).paginate(**parameters):
                    with self.lock:
                        self.calls[service] += 1
                    items += page.get(member, [])
            except (ClientError, BotoCoreError) as error:
                with self.lock:
                    self.calls[service] += 1
                    self.failed[f"{service}:{operation} {type(error).__name__}"] += 1
        with self.lock:
            self.items += len(items)
        return items

    def start(self, work: Callable[..., None], *arguments: Any) -> None:
        """Do something in the pool."""
        self.futures.append(self.pool.submit(work, *arguments))

    def finish(self) -> None:
        """Wait for all that was started, and for what that started."""
        while self.futures:
            self.futures.popleft().result()

    def each(self, service: str, region: str, operation: str, parameter: str, values: list[Any]) -> None:
        """One detail call for each value."""
        for value in values:
            self.start(lambda value=value: self.call(service, region, operation, **{parameter: value}))


def read_account(loop: Loop) -> None:
    """What an account has once."""
    account = loop.call("sts", GLOBAL, "get_caller_identity")["Account"]
    loop.call("iam", GLOBAL, "generate_credential_report")
    loop.call("iam", GLOBAL, "get_credential_report")
    loop.call("iam", GLOBAL, "get_account_summary")
    loop.call("iam", GLOBAL, "get_account_password_policy")
    for member in ("UserDetailList", "Policies"):
        filters = ["User", "Role", "Group"] if member == "UserDetailList" else ["LocalManagedPolicy"]
        found = loop.all("iam", GLOBAL, "get_account_authorization_details", member, Filter=filters)
        if member == "UserDetailList":
            loop.each("iam", GLOBAL, "list_access_keys", "UserName", [user["UserName"] for user in found])
    support = "arn:aws:iam::aws:policy/AWSSupportAccess"
    loop.call("iam", GLOBAL, "list_entities_for_policy", PolicyArn=support)
    loop.call("account", GLOBAL, "get_alternate_contact", AlternateContactType="SECURITY")
    control = loop.client("s3control", GLOBAL)
    host = f"//{account}."
    control.meta.events.register("before-send.s3-control.*", lambda request, **_: _strip(request, host))
    loop.call("s3control", GLOBAL, "get_public_access_block", AccountId=account)
    for bucket in loop.all("s3", GLOBAL, "list_buckets", "Buckets"):
        for operation in BUCKET_DETAILS:
            loop.start(lambda name=bucket["Name"], operation=operation: loop.call("s3", GLOBAL, operation, Bucket=name))


def _strip(request: Any, host: str) -> None:
    request.url = request.url.replace(host, "//", 1)


def read_network(loop: Loop, region: str) -> None:
    """EC2 of one region."""
    for operation, member in (
        ("describe_vpcs", "Vpcs"),
        ("describe_flow_logs", "FlowLogs"),
        ("describe_security_groups", "SecurityGroups"),
        ("describe_network_acls", "NetworkAcls"),
        ("describe_instances", "Reservations"),
        ("describe_volumes", "Volumes"),
    ):
        loop.start(loop.all, "ec2", region, operation, member)
    loop.call("ec2", region, "get_ebs_encryption_by_default")
    snapshots = loop.all("ec2", region, "describe_snapshots", "Snapshots", OwnerIds=["self"])
    for snapshot in snapshots:
        wish = {"SnapshotId": snapshot["SnapshotId"], "Attribute": "createVolumePermission"}
        loop.start(lambda wish=wish: loop.call("ec2", region, "describe_snapshot_attribute", **wish))


def read_data(loop: Loop, region: str) -> None:
    """Keys, databases, file systems, secrets and tables of one region."""
    keys = [key["KeyId"] for key in loop.all("kms", region, "list_keys", "Keys")]
    loop.each("kms", region, "describe_key", "KeyId", keys)
    loop.each("kms", region, "get_key_rotation_status", "KeyId", keys)
    loop.start(loop.all, "rds", region, "describe_db_instances", "DBInstances")
    # Automated snapshots cannot be shared: only those that people made need the second call.
    snapshots = loop.all("rds", region, "describe_db_snapshots", "DBSnapshots", SnapshotType="manual")
    names = [snapshot["DBSnapshotIdentifier"] for snapshot in snapshots]
    loop.each("rds", region, "describe_db_snapshot_attributes", "DBSnapshotIdentifier", names)
    loop.start(loop.all, "efs", region, "describe_file_systems", "FileSystems")
    loop.start(loop.all, "secretsmanager", region, "list_secrets", "SecretList")
    tables = loop.all("dynamodb", region, "list_tables", "TableNames")
    loop.each("dynamodb", region, "describe_continuous_backups", "TableName", tables)
    loop.start(loop.all, "ecr", region, "describe_repositories", "repositories")


def read_workloads(loop: Loop, region: str) -> None:
    """Functions, load balancers, web ACLs and topics of one region."""
    functions = [function["FunctionName"] for function in loop.all("lambda", region, "list_functions", "Functions")]
    loop.each("lambda", region, "get_policy", "FunctionName", functions)
    balancers = loop.all("elbv2", region, "describe_load_balancers", "LoadBalancers")
    arns = [balancer["LoadBalancerArn"] for balancer in balancers]
    loop.each("elbv2", region, "describe_load_balancer_attributes", "LoadBalancerArn", arns)
    loop.each("elbv2", region, "describe_listeners", "LoadBalancerArn", arns)
    for acl in loop.all("wafv2", region, "list_web_acls", "WebACLs", Scope="REGIONAL"):
        wish = {"Name": acl["Name"], "Id": acl["Id"], "Scope": "REGIONAL"}
        loop.start(lambda wish=wish: loop.call("wafv2", region, "get_web_acl", **wish))
    topics = [topic["TopicArn"] for topic in loop.all("sns", region, "list_topics", "Topics")]
    loop.each("sns", region, "get_topic_attributes", "TopicArn", topics)


def read_monitoring(loop: Loop, region: str) -> None:
    """What watches one region."""
    for trail in loop.call("cloudtrail", region, "describe_trails", includeShadowTrails=False).get("trailList", []):
        loop.call("cloudtrail", region, "get_trail_status", Name=trail["TrailARN"])
        loop.call("cloudtrail", region, "get_event_selectors", TrailName=trail["TrailARN"])
    for operation in (
        "describe_configuration_recorders",
        "describe_configuration_recorder_status",
        "describe_delivery_channels",
    ):
        loop.call("config", region, operation)
    detectors = loop.all("guardduty", region, "list_detectors", "DetectorIds")
    loop.each("guardduty", region, "get_detector", "DetectorId", detectors)
    loop.call("securityhub", region, "describe_hub")
    loop.call("accessanalyzer", region, "list_analyzers")
    loop.all("logs", region, "describe_log_groups", "logGroups")
    loop.all("logs", region, "describe_metric_filters", "metricFilters")
    loop.all("cloudwatch", region, "describe_alarms", "MetricAlarms")


def main() -> None:
    """Read, and say what it took."""
    parser = argparse.ArgumentParser(description="read with plain boto3 what the truth rows of the seed need")
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--regions", default="us-east-1,eu-west-1")
    parser.add_argument("--threads", type=int, default=8)
    arguments = parser.parse_args()
    loop = Loop(arguments.endpoint, arguments.threads)
    start = time.monotonic()
    read_account(loop)
    for region in arguments.regions.split(","):
        for read in (read_network, read_data, read_workloads, read_monitoring):
            loop.start(read, loop, region)
    loop.finish()
    wall = time.monotonic() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    report = {
        "calls": sum(loop.calls.values()),
        "services": dict(sorted(loop.calls.items())),
        "failed": dict(sorted(loop.failed.items())),
        "items": loop.items,
        "wall_seconds": round(wall, 2),
        "client_cpu_seconds": round(usage.ru_utime + usage.ru_stime, 2),
        "max_rss_mb": round(usage.ru_maxrss / 1024),
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
