#!/usr/bin/env python3
"""Plant the organization that `standfast demo` shows, in a server started with --demo.

    serve.py --demo --management-account 111122223333 --port PORT
    seed_demo.py --endpoint http://127.0.0.1:PORT

A retailer part of the way to its readiness state: a security unit that works, one production account that has everything,
two with gaps, development without much, a sandbox that everybody forgot, and an account that came with an acquisition and
never moved into a unit. Prints what was created, as JSON. Two seedings give the same ids.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
import time
from typing import Any

import demo_data as data
import demo_identity as identity
import demo_network as net
import demo_organization as organization
import demo_watch as watch
from demo_identity import NAMESPACE
from planting import MANAGEMENT_KEYS, Account, Ground, Place, allow, policy

FSBP = "aws-foundational-security-best-practices/v/1.0.0"
CIS = "cis-aws-foundations-benchmark/v/1.2.0"
RULES = (
    "encrypted-volumes",
    "s3-bucket-ssl-requests-only",
    "iam-user-mfa-enabled",
    "rds-storage-encrypted",
    "required-tags",
)
WAF = ("AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet")
TRAIL_BUCKET, CONFIG_BUCKET, FLOW_BUCKET = "example-org-cloudtrail", "example-org-config", "example-org-flow-logs"
TRAIL_LOGS = f"{NAMESPACE}-cloudtrail"


class Story:
    """The accounts, and what most of them have in common."""

    def __init__(self, accounts: dict[str, Account]) -> None:
        self.accounts, self.management = accounts, accounts["management"]

    def places(self, name: str) -> list[Place]:
        """An account in each region, home first."""
        account = self.accounts[name]
        return [account.in_region(region) for region in account.ground.regions]

    def well_run(self, name: str, alarms_missing: tuple[str, ...] = ()) -> list[Place]:
        """An account that went through the whole bootstrapping; its places."""
        account, places = self.accounts[name], self.places(name)
        identity.root(account)
        identity.contacts(account, "SECURITY", "BILLING", "OPERATIONS")
        identity.settings(account, f"example-{name}", identity.STRONG)
        identity.federation(account)
        identity.break_glass_role(account, self.management.id)
        identity.support_role(account)
        for service, managed in (("config", "service-role/AWS_ConfigRole"), ("cloudtrail", None)):
            identity.service_role(account, f"{NAMESPACE}-role-{service}", service, managed)
        data.block_account(places[0])
        for place in places:
            net.remove_default_vpc(place)
            place.do("ec2", "enable_ebs_encryption_by_default")
            place.plant_answer(
                "ec2", "GetSnapshotBlockPublicAccessState", {"State": "block-all-sharing", "ManagedBy": "account"}
            )
            defaults = {
                "HttpTokens": "required",
                "HttpPutResponseHopLimit": 2,
                "HttpEndpoint": "enabled",
                "ManagedBy": "account",
            }
            place.plant_answer("ec2", "GetInstanceMetadataDefaults", {"AccountLevel": defaults})
            watch.config(place, CONFIG_BUCKET, rules=RULES)
            watch.guard_duty(
                place, ("S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION", "RUNTIME_MONITORING")
            )
            watch.security_hub(place, FSBP, CIS)
        self.watched(places[0], alarms_missing)
        return places

    def watched(self, place: Place, missing: tuple[str, ...] = ()) -> str:
        """A trail with alarms and event rules that tell the account's topic; the topic's ARN."""
        key = data.key(place, "cloudtrail")
        topic = net.topic(place, f"{NAMESPACE}-security", key, mail="security@example.com")
        watch.trail(place, f"{NAMESPACE}-trail", TRAIL_BUCKET, key_arn=key, log_group=TRAIL_LOGS)
        watch.alarms(place, TRAIL_LOGS, topic, missing)
        watch.event_rules(place, topic)
        return topic


def plant_management(story: Story) -> None:
    """Well bootstrapped, but a pipeline's administrator has a key that is more than a year old."""
    account = story.management
    home, _ = story.well_run("management")
    identity.break_glass_user(account)
    identity.user(account, "ci-deploy", keys=((413, 0.2),), managed="AdministratorAccess", owner="unknown")
    identity.group(account, "finance", "job-function/Billing")
    identity.user(
        account, "finance-export", console=True, mfa=False, password_age=320, password_unused=118, group="finance"
    )
    key = data.key(home, "s3")
    data.bucket(home, "example-billing-reports", key_arn=key, data_class="confidential", writers=("billingreports",))


def plant_log_archive(story: Story) -> None:
    """The buckets that every other account delivers to."""
    home, away = story.places("log-archive")
    key = data.key(home, "s3")
    logs = data.access_log_bucket(home, "example-org-access-logs")
    data.bucket(home, TRAIL_BUCKET, key_arn=key, log_bucket=logs, writers=("cloudtrail",), data_class="confidential")
    data.bucket(home, CONFIG_BUCKET, key_arn=key, log_bucket=logs, writers=("config",))
    # Nobody gave the flow logs an end: they are kept for ever, without versions.
    data.bucket(home, FLOW_BUCKET, versions=False, expires=False, writers=("delivery.logs",))
    data.bucket(away, "example-org-athena-results", tls=False, expires=True)
    story.well_run("log-archive", alarms_missing=("gateway-changes", "route-changes", "vpc-changes"))
    reader = {"managed": "AmazonS3ReadOnlyAccess", "owner": "siem"}
    identity.user(story.accounts["log-archive"], "siem-reader", keys=((188, 0.1),), **reader)


def plant_security(story: Story) -> None:
    """The audit account administers the security services of all the others."""
    members = [account for name, account in story.accounts.items() if name not in ("security-audit", "sandbox-legacy")]
    for place in story.well_run("security-audit"):
        # New accounts join GuardDuty by themselves in one region only.
        watch.guard_duty_administrator(place, members, "ALL" if place.region == place.account.ground.home else "NONE")
        watch.analyzer(place, f"{NAMESPACE}-organization", "ORGANIZATION")
        role = place.account.arn("role", f"{NAMESPACE}-role-config")
        sources = {"RoleArn": role, "AllAwsRegions": True}
        name = {"ConfigurationAggregatorName": f"{NAMESPACE}-aggregator"}
        place.do("config", "put_configuration_aggregator", OrganizationAggregationSource=sources, **name)
    watch.firewall_manager(story.places("security-audit")[0])


def plant_infrastructure(story: Story) -> None:
    """The network hub is in order; shared services run a build server from another time."""
    account = story.accounts["network"]
    for number, place in enumerate(story.well_run("network", alarms_missing=("nacl-changes",))):
        endpoints = ("s3", "dynamodb", "kms", "ssm", "ssmmessages", "secretsmanager", "sts", "logs")
        hub = net.network(place, "hub", f"10.{number}", flow_log_bucket=FLOW_BUCKET, endpoints=endpoints)
        net.deny_known_bad(place, hub.vpc)
        net.group(place, hub.vpc, f"{NAMESPACE}-sg-endpoints", (443, 443, "10.0.0.0/8"))
    identity.service_role(account, f"{NAMESPACE}-role-flowlogs", "vpc-flow-logs")
    account = story.accounts["shared-services"]
    home, away = story.well_run("shared-services", alarms_missing=("config-changes",))
    tools = net.network(home, "tools", "10.10", endpoints=("s3",))
    identity.service_role(account, "jenkins", "ec2", "AdministratorAccess")
    net.instance_profile(home, "jenkins")
    wide = net.group(home, tools.vpc, "jenkins", (22, 22, net.ANYWHERE), (8080, 8080, net.ANYWHERE))
    home.do("ec2", "create_key_pair", KeyName="ops-2019", count="ec2_key_pair")
    build = {"key_name": "ops-2019", "profile": "jenkins", "owner": "platform"}
    server = net.instance(home, "jenkins", tools.public[0], wide, v2=False, public=True, **build)
    disk = net.volume(home, server, 500, None)
    net.snapshot(home, disk, "jenkins before upgrade")
    net.image(home, server, "golden-linux-2023", public=True)
    data.parameter(home, "/golden/linux/ami", "ami-12c6146b")
    data.parameter(home, "/jenkins/admin-password", "placeholder")
    data.secret(home, "jenkins/github-token")
    # Two repositories of backups, one of them in the second region and never encrypted with a key of its own.
    data.bucket(home, "example-artifacts", key_arn=data.key(home, "s3"), log_bucket=None)
    data.bucket(away, "example-artifacts-replica", versions=True, tls=False, expires=False)


def plant_shop(story: Story) -> None:
    """The shop in production is what the others should become; its development account shows what they are."""
    account = story.accounts["shop-prod"]
    identity.service_role(account, f"{NAMESPACE}-role-shop", "ec2", "AmazonSSMManagedInstanceCore")
    identity.service_role(account, f"{NAMESPACE}-role-orders", "lambda", "service-role/AWSLambdaBasicExecutionRole")
    for number, place in enumerate(story.well_run("shop-prod")):
        keys = {service: data.key(place, service) for service in ("s3", "ebs", "rds", "secretsmanager")}
        logs = data.access_log_bucket(place, f"example-shop-access-logs-{place.region}")
        endpoints = ("s3", "dynamodb", "kms", "ssm", "secretsmanager", "sts", "logs")
        shop = net.network(place, "shop", f"10.{20 + number}", flow_log_bucket=FLOW_BUCKET, endpoints=endpoints)
        net.deny_known_bad(place, shop.vpc)
        groups = net.tiers(place, shop.vpc)
        certificate = data.certificate(place, "shop.example.com", 240)
        balancer = net.load_balancer(place, "shop", shop, groups["balancer"], certificate=certificate, log_bucket=logs)
        net.web_acl(place, f"{NAMESPACE}-waf-shop", balancer, WAF)
        profile = f"{NAMESPACE}-role-shop"
        if number == 0:
            net.instance_profile(place, profile)
        for position in range(3):
            subnet = shop.private[position % 2]
            server = net.instance(
                place, f"shop-{position + 1}", subnet, groups["application"], profile=profile, owner="shop"
            )
            disk = net.volume(place, server, 80, keys["ebs"])
            net.snapshot(place, disk, f"shop-{position + 1} nightly")
        data.database(place, "shop-orders", shop.private, groups["database"], key_arn=keys["rds"])
        data.secret(place, "shop/orders-db", keys["secretsmanager"], rotated_days_ago=11)
        data.secret(place, "shop/mail-provider", keys["secretsmanager"], rotated_days_ago=22)
        for name, kind in (("assets", "general"), ("orders", "confidential"), ("invoices", "confidential")):
            name = f"example-shop-{name}-{place.region}"
            data.bucket(place, name, key_arn=keys["s3"], log_bucket=logs, data_class=kind)
        for name in ("order-created", "order-paid"):
            net.function(place, name, f"{NAMESPACE}-role-orders")
            net.log_group(place, f"/aws/lambda/{name}")
        net.log_group(place, "/shop/application")
    _plant_shop_dev(story)


def _plant_shop_dev(story: Story) -> None:
    account = story.accounts["shop-dev"]
    home, away = story.places("shop-dev")
    identity.root(account, mfa=True, unused_days=35)
    identity.contacts(account, "BILLING")
    identity.settings(account, "example-shop-dev", {"MinimumPasswordLength": 8, "RequireNumbers": True})
    identity.federation(account, ("administrator", "poweruser", "readonly"))
    identity.break_glass_role(account, story.management.id, mfa=False)
    for name, mfa, unused in (("maria", True, 2), ("tom", False, 9), ("intern-2024", False, 260)):
        identity.user(
            account,
            name,
            console=True,
            mfa=mfa,
            password_unused=unused,
            password_age=300,
            managed="PowerUserAccess",
            owner="shop",
        )
    identity.user(account, "e2e-tests", keys=((131, 1), (402, 380)), inline=allow(["s3:*", "dynamodb:*"]), owner="shop")
    identity.service_role(account, "dev-lambda", "lambda", "AdministratorAccess")
    watch.guard_duty(home)
    watch.config(home, CONFIG_BUCKET, all_types=False)
    shop = net.network(home, "shop-dev", "10.30", empty_default_group=False)
    ssh = net.group(home, shop.vpc, "dev-ssh", (22, 22, net.ANYWHERE))
    web = net.group(home, shop.vpc, "dev-web", (80, 80, net.ANYWHERE), (443, 443, net.ANYWHERE))
    windows = net.group(home, shop.vpc, "dev-rdp", (3389, 3389, "::/0"))
    home.do("ec2", "create_key_pair", KeyName="shop-dev", count="ec2_key_pair")
    for position, group in enumerate((ssh, ssh, web, windows)):
        settings = {"v2": position == 2, "public": True, "key_name": "shop-dev", "environment": "dev", "owner": "shop"}
        server = net.instance(home, f"dev-{position + 1}", shop.public[0], group, **settings)
        net.volume(home, server, 40, None)
    net.volume(home, None, 200, None)
    data.database(home, "shop-dev", shop.public, web, public=True, production=False, upgrades=False, force_tls=False)
    net.load_balancer(home, "shop-dev", shop, web)
    data.secret(home, "shop-dev/db")
    data.parameter(home, "/shop-dev/db-password", "placeholder")
    for name in ("scratch", "uploads"):
        data.bucket(home, f"example-shop-dev-{name}", versions=False, blocked=False, tls=False, expires=False)
    net.function(home, "resize-images", "dev-lambda", runtime="python3.8", plain_secret=True)
    net.log_group(home, "/aws/lambda/resize-images", days=None)
    net.topic(home, "deployments")
    net.instance(
        away, "load-generator", _default_subnet(away), _default_group(away), v2=False, environment="dev", owner="shop"
    )


def plant_payments(story: Story) -> None:
    """Payments in production is nearly there: a certificate about to end, a secret that never rotated, HTTP in the clear."""
    account = story.accounts["payments-prod"]
    identity.service_role(account, f"{NAMESPACE}-role-payments", "ec2", "AmazonSSMManagedInstanceCore")
    for number, place in enumerate(story.well_run("payments-prod", alarms_missing=("key-deletion",))):
        keys = {service: data.key(place, service) for service in ("s3", "ebs", "rds")}
        shop = net.network(
            place,
            "payments",
            f"10.{40 + number}",
            flow_log_bucket=FLOW_BUCKET if number == 0 else None,
            endpoints=("s3", "kms"),
        )
        groups = net.tiers(place, shop.vpc)
        certificate = data.certificate(place, "pay.example.com", 12 if number == 0 else 200, "EMAIL")
        old = "ELBSecurityPolicy-2016-08"
        settings: dict[str, Any] = (
            {"certificate": certificate, "tls_policy": old, "redirect": False}
            if number == 0
            else {"certificate": certificate}
        )
        net.load_balancer(place, "payments", shop, groups["balancer"], **settings)
        net.web_acl(place, f"{NAMESPACE}-waf-payments", None, ())
        for position in range(2):
            server = net.instance(
                place, f"payments-{position + 1}", shop.private[position], groups["application"], owner="payments"
            )
            net.volume(place, server, 60, keys["ebs"])
        data.database(
            place, "payments-ledger", shop.private, groups["database"], key_arn=keys["rds"], force_tls=number == 0
        )
        data.secret(place, "payments/ledger-db", keys["rds"], rotated_days_ago=9)
        data.secret(place, "payments/card-network")
        data.bucket(place, f"example-payments-exports-{place.region}", key_arn=keys["s3"], data_class="confidential")
        net.log_group(place, "/payments/application", days=7)
    account = story.accounts["payments-dev"]
    home, away = story.places("payments-dev")
    identity.root(account, unused_days=None)
    identity.contacts(account, "SECURITY")
    identity.settings(account, "example-payments-dev", identity.STRONG)
    identity.federation(account, ("administrator", "poweruser"))
    identity.user(account, "payments-ci", keys=((97, 0.5),), managed="AmazonEC2FullAccess", owner="payments")
    watch.config(home, CONFIG_BUCKET)
    watch.guard_duty(home)
    watch.security_hub(home, FSBP)
    data.block_account(home)
    dev = net.network(home, "payments-dev", "10.50", empty_default_group=False)
    application = net.group(home, dev.vpc, "payments-dev", (8443, 8443, net.CORPORATE), (22, 22, net.CORPORATE))
    server = net.instance(home, "payments-dev-1", dev.private[0], application, environment="dev", owner="payments")
    net.volume(home, server, 30, None)
    data.database(
        home, "payments-dev", dev.private, application, key_arn=data.key(home, "rds", rotates=False), production=False
    )
    data.parameter(home, "/payments-dev/api-key", "placeholder", secure=True)
    data.bucket(away, "example-payments-dev-fixtures", blocked=False, tls=False, expires=False)


def plant_data(story: Story) -> None:
    """The data platform: a bucket for the world to read, a snapshot for the world to copy, a key that everybody may use."""
    account = story.accounts["data-prod"]
    identity.service_role(account, "etl", "lambda", "service-role/AWSLambdaBasicExecutionRole")
    identity.customer_policy(account, "etl-everything", allow("*"))
    account.do("iam", "attach_role_policy", RoleName="etl", PolicyArn=account.arn("policy", "etl-everything"))
    home, away = story.well_run("data-prod", alarms_missing=tuple(watch.PATTERNS)[6:])
    keys = {
        "s3": data.key(home, "s3", rotates=False, separated=False),
        "rds": data.key(home, "rds", rotates=False, anybody=True),
    }
    # Somebody turned the account's block off to publish the open data, and a bucket of exports went public with it.
    account.do("s3control", "delete_public_access_block", AccountId=account.id)
    data.bucket(home, "example-data-open", blocked=False, public=True, tls=False, data_class="general")
    data.bucket(
        home, "example-data-exports", blocked=False, public=True, tls=False, versions=False, data_class="confidential"
    )
    for name in ("raw", "curated", "models"):
        data.bucket(home, f"example-data-{name}", key_arn=keys["s3"], data_class="confidential", expires=name == "raw")
    lake = net.network(home, "lake", "10.60", flow_log_bucket=FLOW_BUCKET, endpoints=("s3",))
    warehouse = net.group(home, lake.vpc, "warehouse", (5432, 5432, net.CORPORATE), (0, 65535, "10.0.0.0/8"))
    data.database(home, "warehouse", lake.private, warehouse, key_arn=keys["rds"], upgrades=False)
    data.public_database_snapshot(home, "warehouse", "warehouse-for-vendor")
    data.file_system(home, "notebooks", None)
    data.file_system(home, "feature-store", keys["rds"])
    server = net.instance(home, "airflow", lake.private[0], warehouse, v2=False, owner="data")
    disk = net.volume(home, server, 250, None)
    net.snapshot(home, disk, "airflow share", public=True)
    net.function(home, "ingest", "etl", runtime="python3.8")
    net.function(home, "publish-open-data", "etl", public=True)
    net.topic(home, "dataset-updates", anybody=True)
    data.secret(home, "warehouse/loader", keys["rds"], rotated_days_ago=74)
    data.certificate(home, "data.example.com", 63)
    net.log_group(home, "/aws/lambda/ingest", days=3)
    data.file_system(away, "replica", None)


def plant_sandboxes(story: Story) -> None:
    """One sandbox is lived in; the other was forgotten with its root user's keys in it."""
    account = story.accounts["sandbox-ana"]
    home, _ = story.places("sandbox-ana")
    identity.root(account, unused_days=61)
    identity.settings(account, "example-sandbox-ana", {"MinimumPasswordLength": 10})
    identity.customer_policy(account, "experiments", allow("*"))
    identity.user(
        account,
        "ana",
        console=True,
        mfa=False,
        keys=((64, 1), (12, 3)),
        password_age=64,
        password_unused=0.3,
        owner="ana",
    )
    attach = {"UserName": "ana", "PolicyArn": account.arn("policy", "experiments")}
    account.do("iam", "attach_user_policy", **attach)
    watch.guard_duty(home)
    group = net.group(home, _default_vpc(home), "launch-wizard-1", (22, 22, net.ANYWHERE), (3389, 3389, net.ANYWHERE))
    net.instance(
        home, "gpu-test", _default_subnet(home), group, v2=False, public=True, environment="sandbox", owner="ana"
    )
    data.bucket(home, "example-ana-scratch", versions=False, blocked=False, tls=False, expires=False)
    account = story.accounts["sandbox-legacy"]
    home, away = story.places("sandbox-legacy")
    identity.root(account, mfa=False, keys=1, unused_days=4)
    for name, age, unused in (("old-admin", 1210, 610), ("contractor", 905, 700), ("backup-script", 1480, 0.1)):
        keys = ((age, unused),)
        identity.user(
            account,
            name,
            console=name != "backup-script",
            password_age=age,
            password_unused=unused,
            keys=keys,
            managed="AdministratorAccess",
            owner="unknown",
        )
    anybody = policy({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"})
    identity.role(account, "partner-access", anybody, "ReadOnlyAccess", unused_days=402)
    for place in (home, away):
        wide = net.group(place, _default_vpc(place), "everything", (0, 65535, net.ANYWHERE))
        for position in range(2):
            server = net.instance(
                place,
                f"unnamed-{position + 1}",
                _default_subnet(place),
                wide,
                v2=False,
                public=True,
                environment="sandbox",
                owner="unknown",
            )
            net.volume(place, server, 100, None)
    data.bucket(home, "example-legacy-backups", versions=False, blocked=False, tls=False, expires=False, public=True)
    data.certificate(home, "legacy.example.com", -21, "EMAIL")


def plant_acquired(story: Story) -> None:
    """Came with an acquisition two years ago, never moved into a unit, runs a shop of its own."""
    account = story.accounts["acquired-brand"]
    home, away = story.places("acquired-brand")
    identity.root(account, mfa=False, unused_days=19)
    identity.contacts(account, "BILLING")
    identity.settings(account, None, None)
    identity.group(account, "Administrators", "AdministratorAccess")
    for name, mfa, age in (("lee", True, 760), ("kim", False, 760), ("support", False, 510)):
        identity.user(
            account,
            name,
            console=True,
            mfa=mfa,
            password_age=age,
            password_unused=age / 100,
            group="Administrators",
            owner="brand",
        )
    identity.user(account, "wordpress", keys=((760, 0.1),), inline=allow(["s3:*", "ses:*"]), owner="brand")
    identity.user(account, "old-cdn", keys=((900, 640),), managed="CloudFrontFullAccess", owner="brand")
    bucket = "example-brand-trail"
    data.bucket(home, bucket, versions=False, blocked=False, tls=False, expires=False, writers=("cloudtrail",))
    watch.trail(home, "default", bucket, everywhere=False, validated=False)
    brand = net.network(away, "brand", "172.20", empty_default_group=False)
    web = net.group(away, brand.vpc, "web", (80, 80, net.ANYWHERE), (443, 443, net.ANYWHERE), (22, 22, net.ANYWHERE))
    for position in range(2):
        server = net.instance(
            away, f"wordpress-{position + 1}", brand.public[0], web, v2=False, public=True, owner="brand"
        )
        net.volume(away, server, 60, None)
    net.load_balancer(
        away, "brand", brand, web, certificate=data.certificate(away, "brand.example.net", 27), redirect=False
    )
    data.database(away, "brand", brand.public, web, public=True, production=False, upgrades=False, force_tls=False)
    data.bucket(away, "example-brand-media", blocked=False, public=True, versions=False, tls=False, expires=False)
    data.secret(away, "brand/db")
    net.log_group(away, "/brand/web", days=None)


def _default_vpc(place: Place) -> str:
    filters = [{"Name": "is-default", "Values": ["true"]}]
    vpc: str = place.do("ec2", "describe_vpcs", Filters=filters)["Vpcs"][0]["VpcId"]
    return vpc


def _default_subnet(place: Place) -> str:
    filters = [{"Name": "vpc-id", "Values": [_default_vpc(place)]}]
    subnets = place.do("ec2", "describe_subnets", Filters=filters)["Subnets"]
    subnet: str = min(subnets, key=lambda subnet: subnet["AvailabilityZone"])["SubnetId"]
    return subnet


def _default_group(place: Place) -> str:
    filters = [{"Name": "vpc-id", "Values": [_default_vpc(place)]}, {"Name": "group-name", "Values": ["default"]}]
    group: str = place.do("ec2", "describe_security_groups", Filters=filters)["SecurityGroups"][0]["GroupId"]
    return group


def main() -> None:
    """Plant and report; status 1 if any call failed."""
    parser = argparse.ArgumentParser(description="plant the organization that `standfast demo` shows")
    parser.add_argument("--endpoint", default="http://127.0.0.1:5000")
    parser.add_argument(
        "--regions", default="us-east-1,eu-west-1", help="comma-separated, two; the first is the home region"
    )
    parser.add_argument("--seed", type=int, default=42, help="the same seed plants the same ids (default 42)")
    arguments = parser.parse_args()
    ground = Ground(arguments.endpoint, arguments.regions.split(","))
    ground.restart(arguments.seed, reset=True)
    start = time.monotonic()
    management = Account(ground, "management", organization.MANAGEMENT, MANAGEMENT_KEYS)
    identity_reply = management.do("sts", "get_caller_identity")
    if identity_reply["Account"] != management.id:
        raise SystemExit(f"start the server with --demo --management-account {management.id}")
    story = Story(organization.plant(ground, management))
    # The archive first: others deliver to its buckets.
    for plant in (
        plant_log_archive,
        plant_security,
        plant_management,
        plant_infrastructure,
        plant_shop,
        plant_payments,
        plant_data,
    ):
        plant(story)
    plant_sandboxes(story)
    plant_acquired(story)
    reached = [
        account
        for name, account in story.accounts.items()
        if name not in ("management", "sandbox-legacy", "acquired-brand")
    ]
    organization.bootstrap_stack_set(management, reached)
    counts: collections.Counter[str] = collections.Counter()
    for (_, kind), number in ground.created.items():
        counts[kind] += number
    report = {
        "accounts": {name: account.id for name, account in story.accounts.items()},
        "regions": ground.regions,
        "resources": dict(sorted(counts.items())),
        "created": sum(counts.values()),
        "api_calls": sum(ground.calls.values()),
        "seconds": round(time.monotonic() - start, 1),
        "errors": ground.errors,
    }
    print(json.dumps(report, indent=1))
    sys.exit(1 if ground.errors else 0)


if __name__ == "__main__":
    main()
