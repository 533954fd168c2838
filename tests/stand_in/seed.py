#!/usr/bin/env python3
"""Plant a small organization with known faults, and print what is there and what a control has to find.

    seed.py --endpoint http://127.0.0.1:PORT [--scale N] [--members 4] [--regions us-east-1,eu-west-1]
            [--manifest FILE] [--reset] [--seed 42]

One management account and `--members` members, made with CreateAccount and entered with AssumeRole. `--scale` multiplies
what can be multiplied: 1 is some 200 resources an account, 20 some 3,000.

The manifest (JSON, on standard output or in FILE) holds the accounts, counts of what was planned and created, errors,
and the truth: rows of `std` (CIS-3.0.0 or FSBP), `check` (the framework's own id), `account`, `region` (`global` for what
has none), `resource`, `expect` (PASS or FAIL) and `why`. The same seed plants the same ids.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
import time
from pathlib import Path
from typing import Any

from planting import FULL_BLOCK, MANAGEMENT_KEYS, Account, Ground, assume, policy
from seed_iam import plant_iam
from seed_monitoring import plant_monitoring
from seed_network import plant_instances, plant_network, plant_security_groups, tell_what_aws_makes
from seed_storage import plant_buckets, plant_keys
from seed_workloads import plant_workload

NAMED_MEMBERS = ["security-audit", "log-archive", "workload-prod", "workload-dev"]
TRUSTED_SERVICES = [
    "guardduty.amazonaws.com",
    "securityhub.amazonaws.com",
    "config.amazonaws.com",
    "access-analyzer.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "config-multiaccountsetup.amazonaws.com",
]


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="plant a small AWS organization with known faults in the stand-in")
    parser.add_argument("--endpoint", default="http://127.0.0.1:5000")
    parser.add_argument("--scale", type=int, default=1, help="multiplies the resources of each account (default 1)")
    parser.add_argument(
        "--members", type=int, default=4, help="member accounts besides the management account (default 4)"
    )
    parser.add_argument(
        "--regions", default="us-east-1,eu-west-1", help="comma-separated; the first is the home region"
    )
    parser.add_argument("--manifest", type=Path, help="write the manifest here instead of to standard output")
    parser.add_argument("--reset", action="store_true", help="empty the server first")
    parser.add_argument("--seed", type=int, default=42, help="the same seed plants the same ids (default 42)")
    return parser.parse_args()


def plant_organization(management: Account, members: int) -> list[Account]:
    """The organization, its units, policies and accounts; all accounts, the management account first."""
    do = management.do
    do("organizations", "create_organization", FeatureSet="ALL", count="org")
    root = do("organizations", "list_roots")["Roots"][0]["Id"]
    do("organizations", "enable_policy_type", RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
    units = {}
    for name in ("Security", "Workloads", "Sandbox"):
        reply = do("organizations", "create_organizational_unit", ParentId=root, Name=name, count="ou")
        units[name] = reply["OrganizationalUnit"]["Id"]
    _plant_service_control_policies(management, root, units["Workloads"])
    accounts = [management]
    names = NAMED_MEMBERS + [f"workload-{number:03d}" for number in range(members)]
    for position, name in enumerate(names[:members]):
        reply = do(
            "organizations", "create_account", Email=f"aws+{name}@example.org", AccountName=name, count="account"
        )
        account_id = reply["CreateAccountStatus"]["AccountId"]
        unit = "Security" if position < 2 else "Workloads" if position < 4 else "Sandbox"
        do("organizations", "move_account", AccountId=account_id, SourceParentId=root, DestinationParentId=units[unit])
        accounts.append(assume(management, name, account_id))
    if len(accounts) > 1:
        for principal in TRUSTED_SERVICES:
            do("organizations", "enable_aws_service_access", ServicePrincipal=principal)
            do(
                "organizations",
                "register_delegated_administrator",
                AccountId=accounts[1].id,
                ServicePrincipal=principal,
            )
    return accounts


def _plant_service_control_policies(management: Account, root: str, workloads: str) -> None:
    def deny(sid: str, action: Any, **more: Any) -> dict[str, Any]:
        return {"Sid": sid, "Effect": "Deny", "Action": action, "Resource": "*", **more}

    is_root = {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}
    documents = {
        "DenyLeaveOrg": (root, deny("DenyLeave", "organizations:LeaveOrganization")),
        "DenyRootUser": (workloads, deny("DenyRoot", "*", Condition=is_root)),
        "ProtectCloudTrail": (workloads, deny("CT", ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"])),
    }
    for name, (target, statement) in documents.items():
        reply = management.do(
            "organizations",
            "create_policy",
            Name=name,
            Description=name,
            Type="SERVICE_CONTROL_POLICY",
            Content=policy(statement),
            count="scp",
        )
        if reply:
            policy_id = reply["Policy"]["PolicySummary"]["Id"]
            management.do("organizations", "attach_policy", PolicyId=policy_id, TargetId=target)


def plant_account_settings(account: Account, position: int) -> None:
    """What an account has once: its public access block and its security contact."""
    blocked = position % 2 == 0 and account.do(
        "s3control",
        "put_public_access_block",
        AccountId=account.id,
        PublicAccessBlockConfiguration=FULL_BLOCK,
        count="s3_account_bpa",
    )
    account.truth("global", "s3-account-bpa", blocked, f"account public access block={bool(blocked)}", fsbp="S3.1")
    contact = position < 3 and account.do(
        "account",
        "put_alternate_contact",
        AlternateContactType="SECURITY",
        EmailAddress="sec@example.org",
        Name="sec",
        PhoneNumber="+10000000",
        Title="CISO",
    )
    account.truth("global", "security-contact", contact, "security alternate contact", cis="1.2", fsbp="Account.1")


def plant_region(account: Account, position: int, number: int, scale: int) -> None:
    """Everything of one account in one region; `number` is the region's place in the list."""
    place = account.in_region(account.ground.regions[number])
    keys = plant_keys(place, scale)
    key = keys[0] if keys else "alias/aws/s3"
    logs = plant_buckets(place, scale, key)
    networks = plant_network(place, scale, number, logs)
    encrypted = number == 0 and position % 2 == 0
    if encrypted:
        place.do("ec2", "enable_ebs_encryption_by_default")
    place.truth("ebs-default-encryption", encrypted, "EBS encryption by default", cis="2.2.1", fsbp="EC2.7")
    groups: list[str] = []
    for unit in range(scale):
        groups += plant_security_groups(place, unit, networks)
        plant_instances(place, unit, networks, groups, key)
        plant_workload(place, unit, networks[0], key)
    tell_what_aws_makes(place, networks)
    plant_monitoring(place, position, number, key, logs)


def manifest(ground: Ground, arguments: argparse.Namespace, accounts: list[Account], seconds: float) -> dict[str, Any]:
    """What was planted, as JSON holds it."""
    faults = collections.Counter((row["std"], row["check"]) for row in ground.truth if row["expect"] == "FAIL")
    errors = collections.Counter(f"{error['call']}: {error['error'][:160]}" for error in ground.errors)
    return {
        "endpoint": ground.endpoint,
        "scale": arguments.scale,
        "regions": ground.regions,
        "seed": arguments.seed,
        "management_account": accounts[0].id,
        "accounts": [
            {
                "name": account.name,
                "id": account.id,
                "resources": sum(number for (owner, _), number in ground.created.items() if owner == account.id),
                "by_type": {kind: n for (owner, kind), n in sorted(ground.created.items()) if owner == account.id},
            }
            for account in accounts
        ],
        "planned": sum(ground.planned.values()),
        "created": sum(ground.created.values()),
        "api_calls": sum(ground.calls.values()),
        "seconds": round(seconds, 2),
        "errors_by_call": dict(errors),
        "truth_rows": len(ground.truth),
        "truth_fail_by_check": {f"{standard} {check}": number for (standard, check), number in sorted(faults.items())},
        "truth": ground.truth,
    }


def main() -> None:
    """Plant and report."""
    arguments = parse_arguments()
    ground = Ground(arguments.endpoint, arguments.regions.split(","))
    ground.restart(arguments.seed, arguments.reset)
    start = time.monotonic()
    management = Account(ground, "management", "-", MANAGEMENT_KEYS)
    management.id = management.do("sts", "get_caller_identity")["Account"]
    accounts = plant_organization(management, arguments.members)
    for position, account in enumerate(accounts):
        plant_iam(account, position, arguments.scale, management.id)
        plant_account_settings(account, position)
        for number in range(len(ground.regions)):
            plant_region(account, position, number, arguments.scale)
    report = manifest(ground, arguments, accounts, time.monotonic() - start)
    if arguments.manifest:
        arguments.manifest.write_text(json.dumps(report, indent=1))
        summary = {
            name: value for name, value in report.items() if name not in ("truth", "accounts", "truth_fail_by_check")
        }
        print(json.dumps(summary, indent=1), file=sys.stderr)
    else:
        print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
