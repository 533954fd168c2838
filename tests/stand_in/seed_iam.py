"""Users, groups, roles and policies of one account of the test organization."""

from __future__ import annotations

from typing import Any

from planting import Account, allow, policy, tags, trust

CONSOLE_USERS = (0, 1, 2, 3)
USERS_WITH_MFA = (0, 1, 4)
#: Active access keys by the user's place in its unit; the others have none.
KEYS = {2: 1, 3: 2, 4: 1, 5: 1}
USERS_WITH_OLD_KEYS = (3, 5)


def plant_iam(account: Account, position: int, scale: int, management_id: str) -> None:
    """Everything of IAM; accounts at even positions are configured well, those at odd ones badly."""
    _plant_password_policy(account, position)
    account.do("iam", "create_account_alias", AccountAlias=f"{account.name}-{account.id[-4:]}")
    for unit in range(scale):
        policies = _plant_policies(account, unit)
        for group in ("admins", "developers"):
            account.do("iam", "create_group", GroupName=f"{group}-{unit}", count="iam_group")
        for group, kind in (("admins", "admin-star"), ("developers", "readonly")):
            account.do("iam", "attach_group_policy", GroupName=f"{group}-{unit}", PolicyArn=policies[kind])
        for number in range(8):
            _plant_user(account, unit, number, policies)
        _plant_roles(account, unit, policies, management_id)
    _plant_support_role(account, position)


def _plant_password_policy(account: Account, position: int) -> None:
    strong = position % 2 == 0
    settings: dict[str, Any] = {"MinimumPasswordLength": 8}
    if strong:
        settings = dict.fromkeys(
            ("RequireSymbols", "RequireNumbers", "RequireUppercaseCharacters", "RequireLowercaseCharacters"), True
        )
        settings |= {"MinimumPasswordLength": 14, "AllowUsersToChangePassword": True}
        settings |= {"MaxPasswordAge": 90, "PasswordReusePrevention": 24}
    account.do("iam", "update_account_password_policy", **settings, count="iam_password_policy")
    why = "length 14, reuse 24" if strong else "length 8, no reuse prevention"
    account.truth("global", "password-policy", strong, why, cis=["1.8", "1.9"], fsbp="IAM.7")


def _plant_policies(account: Account, unit: int) -> dict[str, str]:
    """The customer managed policies of a unit: their ARNs by kind."""
    statements = {
        "readonly": allow(["s3:Get*", "s3:List*", "ec2:Describe*"]),
        "admin-star": allow("*"),
        "s3-write": allow(["s3:PutObject"], f"arn:aws:s3:::{account.name}-{unit}-data/*"),
        "iam-pass": allow(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]),
        "kms-all": allow(["kms:*"]),
        "notaction": {"Effect": "Allow", "NotAction": ["iam:*"], "Resource": "*"},
    }
    arns = {}
    for kind, statement in statements.items():
        name = f"{kind}-{unit}"
        reply = account.do(
            "iam", "create_policy", PolicyName=name, PolicyDocument=policy(statement), count="iam_policy"
        )
        arn = f"arn:aws:iam::{account.id}:policy/{name}"
        if reply:
            arns[kind] = reply["Policy"]["Arn"]
        good = kind != "admin-star"
        why = "customer policy " + ("has no *:*" if good else "allows *:*")
        account.truth("global", arn, good, why, cis="1.16", fsbp="IAM.1")
    return arns


def _plant_user(account: Account, unit: int, number: int, policies: dict[str, str]) -> None:
    do, name = account.do, f"user-{unit:03d}-{number}"
    arn = f"arn:aws:iam::{account.id}:user/{name}"
    do("iam", "create_user", UserName=name, Tags=tags(team=f"t{number}"), count="iam_user")
    if number in CONSOLE_USERS:
        password = {"Password": "Sup3r-Secret-Passw0rd!", "PasswordResetRequired": False}
        do("iam", "create_login_profile", UserName=name, **password)
    mfa = number in USERS_WITH_MFA
    if mfa:
        reply = do("iam", "create_virtual_mfa_device", VirtualMFADeviceName=name, count="iam_mfa")
        if reply:
            codes = {"AuthenticationCode1": "234567", "AuthenticationCode2": "987654"}
            serial = reply["VirtualMFADevice"]["SerialNumber"]
            do("iam", "enable_mfa_device", UserName=name, SerialNumber=serial, **codes)
    if number in CONSOLE_USERS:
        account.truth("global", arn, mfa, f"console password, mfa={mfa}", cis="1.10", fsbp="IAM.5")
    _plant_access_keys(account, name, arn, number)
    direct = number in (6, 7)
    if number == 6:
        do("iam", "attach_user_policy", UserName=name, PolicyArn=policies["readonly"])
    elif number == 7:
        do("iam", "put_user_policy", UserName=name, PolicyName="inline", PolicyDocument=policy(allow("s3:*")))
    else:
        group = "admins" if number == 0 else "developers"
        do("iam", "add_user_to_group", UserName=name, GroupName=f"{group}-{unit}")
    account.truth("global", arn, not direct, f"direct policy={direct}", cis="1.15", fsbp="IAM.2")


def _plant_access_keys(account: Account, name: str, arn: str, number: int) -> None:
    keys = KEYS.get(number, 0)
    old = False
    for _ in range(keys):
        reply = account.do("iam", "create_access_key", UserName=name, count="iam_access_key")
        if reply and number in USERS_WITH_OLD_KEYS:
            key = reply["AccessKey"]["AccessKeyId"]
            old = account.ground.control("access-key", account=account.id, key=key, age_days=200, unused_days=120)
    if keys:
        why = "access key created 200 days ago" if old else "fresh access key"
        account.truth("global", arn, not old, why, cis="1.14", fsbp="IAM.3")
        account.truth("global", arn, keys == 1, f"{keys} active access keys", cis="1.13")


def _plant_roles(account: Account, unit: int, policies: dict[str, str], management_id: str) -> None:
    anybody = policy({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"})
    partner = policy(
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{management_id}:root"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": "x-123"}},
        }
    )
    trusts = [trust("ec2.amazonaws.com"), trust("lambda.amazonaws.com"), trust("ec2.amazonaws.com")]
    trusts += [trust("ecs-tasks.amazonaws.com"), anybody, partner]
    trusts += [trust("config.amazonaws.com"), trust("rds.amazonaws.com")]
    for number, document in enumerate(trusts):
        name = f"role-{unit:03d}-{number}"
        account.do(
            "iam",
            "create_role",
            RoleName=name,
            AssumeRolePolicyDocument=document,
            Tags=tags(unit=str(unit)),
            count="iam_role",
        )
        if number in (0, 1):
            arn = policies[("s3-write", "iam-pass")[number]]
            account.do("iam", "attach_role_policy", RoleName=name, PolicyArn=arn)
        if number == 2:
            inline = {"PolicyName": "inline-star", "PolicyDocument": policy(allow("*"))}
            account.do("iam", "put_role_policy", RoleName=name, **inline)
        if number == 0:
            profile = {"InstanceProfileName": f"ip-{unit:03d}"}
            account.do("iam", "create_instance_profile", **profile, count="iam_instance_profile")
            account.do("iam", "add_role_to_instance_profile", **profile, RoleName=name)


def _plant_support_role(account: Account, position: int) -> None:
    attached = None
    if position % 2 == 0:
        document = trust("support.amazonaws.com")
        account.do("iam", "create_role", RoleName="aws-support", AssumeRolePolicyDocument=document, count="iam_role")
        arn = "arn:aws:iam::aws:policy/AWSSupportAccess"
        attached = account.do("iam", "attach_role_policy", RoleName="aws-support", PolicyArn=arn)
    why = "role with AWSSupportAccess" if attached else "no role with AWSSupportAccess"
    account.truth("global", "support-role", attached, why, cis="1.17")
