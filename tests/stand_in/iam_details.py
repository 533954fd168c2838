#!/usr/bin/env python3
"""Write what `aws iam get-account-authorization-details` prints, one file for each account of the organization.

    iam_details.py --endpoint http://127.0.0.1:PORT --output FOLDER

The AWS CLI puts pages together, decodes policy documents and writes moments as text: so does this.
"""

from __future__ import annotations

import argparse
import datetime
import json
import pathlib
from typing import Any

import boto3

KEYS = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "secret"}
LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")


def moment(value: Any) -> str:
    """A moment as the CLI writes it."""
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    raise TypeError(type(value))


def details(iam: Any) -> dict[str, list[Any]]:
    """All pages as one document."""
    found: dict[str, list[Any]] = {name: [] for name in LISTS}
    for page in iam.get_paginator("get_account_authorization_details").paginate():
        for name in LISTS:
            found[name].extend(page[name])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    settings = {"region_name": "us-east-1", "endpoint_url": arguments.endpoint}
    sts = boto3.client("sts", **settings, **KEYS)
    caller = sts.get_caller_identity()["Account"]
    organizations = boto3.client("organizations", **settings, **KEYS)
    for page in organizations.get_paginator("list_accounts").paginate():
        for account in page["Accounts"]:
            keys = KEYS
            if account["Id"] != caller:
                role = f"arn:aws:iam::{account['Id']}:role/OrganizationAccountAccessRole"
                assumed = sts.assume_role(RoleArn=role, RoleSessionName="details")["Credentials"]
                keys = {
                    "aws_access_key_id": assumed["AccessKeyId"],
                    "aws_secret_access_key": assumed["SecretAccessKey"],
                    "aws_session_token": assumed["SessionToken"],
                }
            document = details(boto3.client("iam", **settings, **keys))
            path = arguments.output / f"{account['Id']}.json"
            path.write_text(json.dumps(document, default=moment, indent=4))


if __name__ == "__main__":
    main()
