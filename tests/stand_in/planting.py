"""What the seeds share: clients of one account, calls that are counted, and rows of truth.

A seed talks to the stand-in as anybody talks to AWS, through boto3, and to `POST /_stand_in/...` for what has no API.
"""

from __future__ import annotations

import collections
import io
import json
import urllib.error
import urllib.request
import zipfile
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

CONFIG = Config(
    retries={"max_attempts": 1}, connect_timeout=5, read_timeout=120, max_pool_connections=2, inject_host_prefix=False
)
#: Any key that the server did not give out belongs to the management account.
MANAGEMENT_KEYS = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "secret"}
CIS, FSBP = "CIS-3.0.0", "FSBP"
FULL_BLOCK = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}


def compact(value: Any) -> str:
    """JSON without blanks, as the policies of real accounts come back."""
    return json.dumps(value, separators=(",", ":"))


def policy(*statements: dict[str, Any]) -> str:
    """A policy document."""
    return compact({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    """One Allow statement."""
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def trust(service: str) -> str:
    """The trust policy of a role that an AWS service assumes."""
    return policy({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"})


def deny_plain_http(bucket: str, principal: Any = "*") -> dict[str, Any]:
    """The statement that refuses requests without TLS."""
    return {
        "Sid": "TLS",
        "Effect": "Deny",
        "Principal": principal,
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def tags(**pairs: str) -> list[dict[str, str]]:
    """Tags in the form that most services take."""
    return [{"Key": key, "Value": value} for key, value in pairs.items()]


def lambda_archive() -> bytes:
    """A deployable function, the same bytes every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("lambda_function.py", date_time=(2024, 1, 1, 0, 0, 0))
        archive.writestr(entry, "def handler(event, context):\n    return 1\n")
    return buffer.getvalue()


class Ground:
    """The server that is planted in, and the record of what was planted."""

    def __init__(self, endpoint: str, regions: list[str]) -> None:
        if not endpoint.startswith(("http://127.0.0.1:", "http://localhost:", "http://[::1]:")):
            raise SystemExit(f"the endpoint `{endpoint}` is not on this machine; expected http://127.0.0.1:PORT")
        self.endpoint, self.regions, self.home = endpoint, regions, regions[0]
        self.calls: collections.Counter[str] = collections.Counter()
        self.planned: collections.Counter[tuple[str, str]] = collections.Counter()
        self.created: collections.Counter[tuple[str, str]] = collections.Counter()
        self.errors: list[dict[str, str]] = []
        self.truth: list[dict[str, Any]] = []

    def post(self, path: str, body: dict[str, Any] | None = None) -> bool:
        """POST to the server's own paths; whether it agreed."""
        data = json.dumps(body).encode() if body is not None else b""
        request = urllib.request.Request(self.endpoint + path, data=data, method="POST")
        try:
            return urllib.request.urlopen(request, timeout=30).status == 200
        except urllib.error.HTTPError as refusal:
            self.errors.append({"account": "-", "region": "-", "call": path, "error": refusal.read().decode()[:200]})
            return False

    def control(self, name: str, /, **wish: Any) -> bool:
        """One of the server's controls (controls.py)."""
        return self.post(f"/_stand_in/{name}", wish)

    def restart(self, seed: int, reset: bool) -> None:
        """Make the ids that the server draws repeatable, and forget earlier seeds if asked."""
        if reset:
            self.post("/moto-api/reset")
            self.control("reset")
        self.post(f"/moto-api/seed?a={seed}")


class Account:
    """One account of the organization, reached with its own keys."""

    def __init__(self, ground: Ground, name: str, account_id: str, keys: dict[str, str]) -> None:
        self.ground, self.name, self.id, self.keys = ground, name, account_id, keys
        self.clients: dict[tuple[str, str], Any] = {}

    def client(self, service: str, region: str) -> Any:
        """The boto3 client of a service in a region."""
        if (service, region) not in self.clients:
            client = boto3.client(
                service, region_name=region, endpoint_url=self.ground.endpoint, config=CONFIG, **self.keys
            )
            if service == "s3control":
                # boto3 puts `ACCOUNT.` before the host even of an endpoint of one's own.
                def strip(request: Any, **_: Any) -> None:
                    request.url = request.url.replace(f"//{self.id}.", "//", 1)

                client.meta.events.register("before-send.s3-control.*", strip)
            self.clients[service, region] = client
        return self.clients[service, region]

    def do(
        self, service: str, operation: str, region: str | None = None, count: str | None = None, **parameters: Any
    ) -> Any:
        """Call; on failure note it and return None. `count` is the kind of resource that the call creates."""
        region = region or self.ground.home
        self.ground.calls[f"{service}:{operation}"] += 1
        if count:
            self.ground.planned[self.id, count] += 1
        try:
            reply = getattr(self.client(service, region), operation)(**parameters)
        except (ClientError, BotoCoreError) as error:
            call = f"{service}:{operation}"
            self.ground.errors.append({"account": self.id, "region": region, "call": call, "error": str(error)[:200]})
            return None
        if count:
            self.ground.created[self.id, count] += 1
        return reply

    def truth(
        self,
        region: str,
        resource: str,
        good: object,
        why: str,
        cis: str | list[str] | None = None,
        fsbp: str | list[str] | None = None,
    ) -> None:
        """Say what a control of a framework has to find: PASS if `good`, else FAIL."""
        for standard, checks in ((CIS, cis), (FSBP, fsbp)):
            for check in [checks] if isinstance(checks, str) else checks or []:
                self.ground.truth.append(
                    {
                        "std": standard,
                        "check": check,
                        "account": self.id,
                        "region": region,
                        "resource": resource,
                        "expect": "PASS" if good else "FAIL",
                        "why": why,
                    }
                )

    def plant_answer(
        self, service: str, operation: str, reply: dict[str, Any], region: str | None = None, **match: Any
    ) -> None:
        """Have the server (with --demo) answer `operation` in this account with `reply`; see answers.py."""
        wish = {"service": service, "operation": operation, "account": self.id, "match": match, "reply": reply}
        if region:
            wish["region"] = region
        self.ground.control("answer", **wish)

    def arn(self, kind: str, name: str) -> str:
        """The ARN of something of IAM."""
        return f"arn:aws:iam::{self.id}:{kind}/{name}"

    def in_region(self, region: str) -> "Place":
        """The account in one region."""
        return Place(self, region)


class Place:
    """One account in one region: `do` and `truth` without repeating the region."""

    def __init__(self, account: Account, region: str) -> None:
        self.account, self.region = account, region

    def do(self, service: str, operation: str, count: str | None = None, **parameters: Any) -> Any:
        """`Account.do` here."""
        return self.account.do(service, operation, region=self.region, count=count, **parameters)

    def truth(self, resource: str, good: object, why: str, **checks: Any) -> None:
        """`Account.truth` here."""
        self.account.truth(self.region, resource, good, why, **checks)

    def arn(self, service: str, rest: str) -> str:
        """The ARN of something here."""
        return f"arn:aws:{service}:{self.region}:{self.account.id}:{rest}"

    def plant_answer(self, service: str, operation: str, reply: dict[str, Any], **match: Any) -> None:
        """`Account.plant_answer` here."""
        self.account.plant_answer(service, operation, reply, region=self.region, **match)

    def bucket_location(self) -> dict[str, Any]:
        """What CreateBucket wants outside us-east-1."""
        if self.region == "us-east-1":
            return {}
        return {"CreateBucketConfiguration": {"LocationConstraint": self.region}}


def assume(management: Account, name: str, account_id: str) -> Account:
    """The account `account_id`, through the role that Organizations makes in the accounts that it creates."""
    reply = management.do(
        "sts",
        "assume_role",
        RoleArn=f"arn:aws:iam::{account_id}:role/OrganizationAccountAccessRole",
        RoleSessionName="seed",
        DurationSeconds=43200,
    )["Credentials"]
    keys = {
        "aws_access_key_id": reply["AccessKeyId"],
        "aws_secret_access_key": reply["SecretAccessKey"],
        "aws_session_token": reply["SessionToken"],
    }
    account = Account(management.ground, name, account_id, keys)
    identity = account.do("sts", "get_caller_identity")
    if identity is None or identity["Account"] != account_id:
        raise SystemExit(f"the keys of account {account_id} belong to {identity}")
    return account
