"""People and their credentials in the accounts of the recorded organization."""

from __future__ import annotations

from typing import Any

from planting import Account, allow, policy, tags, trust

NAMESPACE = "baseline"
STRONG = {
    "MinimumPasswordLength": 14,
    "RequireSymbols": True,
    "RequireNumbers": True,
    "RequireUppercaseCharacters": True,
    "RequireLowercaseCharacters": True,
    "AllowUsersToChangePassword": True,
    "MaxPasswordAge": 90,
    "PasswordReusePrevention": 24,
}
HUMAN_ROLES = {
    "administrator": "AdministratorAccess",
    "readonly": "job-function/ViewOnlyAccess",
    "billing": "job-function/Billing",
    "poweruser": "PowerUserAccess",
    "systemadministrator": "job-function/SystemAdministrator",
    "securityaudit": "SecurityAudit",
    "securityresponse": "AdministratorAccess",
}
#: Metadata of an identity provider, with a made-up certificate of the length that IAM asks for.
SAML_METADATA = (
    '<?xml version="1.0"?><EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" '
    'entityID="https://idp.example.com/saml"><IDPSSODescriptor '
    'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">'
    f"<X509Certificate>{'QUJD' * 220}</X509Certificate></KeyDescriptor></IDPSSODescriptor></EntityDescriptor>"
)


def root(account: Account, mfa: bool = True, keys: int = 0, unused_days: float | None = 210) -> None:
    """The root user of the account."""
    account.ground.control("root", account=account.id, mfa=mfa, keys=keys, unused_days=unused_days)


def contacts(account: Account, *kinds: str) -> None:
    """Alternate contacts, each a distribution list."""
    for kind in kinds:
        purpose = kind.lower()
        account.do(
            "account",
            "put_alternate_contact",
            AlternateContactType=kind,
            EmailAddress=f"{NAMESPACE}-aws-{account.name}-{purpose}@example.com",
            Name=f"{purpose.title()} on call",
            PhoneNumber="+1-555-0100",
            Title=purpose.title(),
        )


def settings(account: Account, alias: str | None, password_policy: dict[str, Any] | None) -> None:
    """Alias and password policy."""
    if alias:
        account.do("iam", "create_account_alias", AccountAlias=alias)
    if password_policy:
        account.do("iam", "update_account_password_policy", **password_policy)


def federation(account: Account, roles: tuple[str, ...] = tuple(HUMAN_ROLES)) -> None:
    """The identity provider and the roles that people take through it."""
    provider = account.do(
        "iam",
        "create_saml_provider",
        Name=f"{NAMESPACE}-idp-workforce",
        SAMLMetadataDocument=SAML_METADATA,
        count="iam_saml",
    )
    audience = {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    arn = provider["SAMLProviderArn"] if provider else ""
    document = policy(
        {"Effect": "Allow", "Principal": {"Federated": arn}, "Action": "sts:AssumeRoleWithSAML", "Condition": audience}
    )
    for position, name in enumerate(roles):
        role(account, f"{NAMESPACE}-saml-{name}", document, HUMAN_ROLES[name], unused_days=1 + 3 * position)


def role(
    account: Account, name: str, document: str, managed: str | None = None, unused_days: float | None = None
) -> None:
    """A role with one AWS managed policy."""
    account.do("iam", "create_role", RoleName=name, AssumeRolePolicyDocument=document, count="iam_role")
    if managed:
        account.do("iam", "attach_role_policy", RoleName=name, PolicyArn=f"arn:aws:iam::aws:policy/{managed}")
    if unused_days is not None:
        account.ground.control("role", account=account.id, role=name, unused_days=unused_days)


def service_role(account: Account, name: str, service: str, managed: str | None = None) -> None:
    """A role that an AWS service takes."""
    role(account, name, trust(f"{service}.amazonaws.com"), managed, unused_days=1)


def break_glass_role(account: Account, management_id: str, mfa: bool = True) -> None:
    """The role for emergencies, which only the one user of the management account may take."""
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{management_id}:user/{NAMESPACE}-user-breakglass"},
        "Action": "sts:AssumeRole",
    }
    if mfa:
        statement["Condition"] = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    role(account, f"{NAMESPACE}-role-breakglass", policy(statement), "AdministratorAccess")


def support_role(account: Account) -> None:
    """Who may open support cases."""
    role(account, f"{NAMESPACE}-role-support", trust("support.amazonaws.com"), "AWSSupportAccess")


def user(
    account: Account,
    name: str,
    *,
    console: bool = False,
    mfa: bool = False,
    password_age: float = 40,
    password_unused: float | None = 3,
    keys: tuple[tuple[float, float], ...] = (),
    managed: str | None = None,
    inline: dict[str, Any] | None = None,
    group: str | None = None,
    owner: str = "platform",
) -> None:
    """An IAM user; `keys` are pairs of age and days since the last use, `password_unused` None is never."""
    do = account.do
    do("iam", "create_user", UserName=name, Tags=tags(owner=owner), count="iam_user")
    ages: dict[str, float] = {"age_days": max([password_age + 1] + [age + 1 for age, _ in keys])}
    if console:
        do("iam", "create_login_profile", UserName=name, Password="Correct-h0rse-battery!", PasswordResetRequired=False)
        ages["password_age_days"] = password_age
        if password_unused is not None:
            ages["password_unused_days"] = password_unused
    account.ground.control("user", account=account.id, user=name, **ages)
    if mfa:
        reply = do("iam", "create_virtual_mfa_device", VirtualMFADeviceName=name, count="iam_mfa")
        serial = reply["VirtualMFADevice"]["SerialNumber"]
        codes = {"AuthenticationCode1": "234567", "AuthenticationCode2": "987654"}
        do("iam", "enable_mfa_device", UserName=name, SerialNumber=serial, **codes)
    for age, unused in keys:
        reply = do("iam", "create_access_key", UserName=name, count="iam_access_key")
        key = reply["AccessKey"]["AccessKeyId"]
        account.ground.control("access-key", account=account.id, key=key, age_days=age, unused_days=unused)
    if managed:
        do("iam", "attach_user_policy", UserName=name, PolicyArn=f"arn:aws:iam::aws:policy/{managed}")
    if inline:
        do("iam", "put_user_policy", UserName=name, PolicyName="inline", PolicyDocument=policy(inline))
    if group:
        do("iam", "add_user_to_group", UserName=name, GroupName=group)


def group(account: Account, name: str, managed: str) -> None:
    """A group with one AWS managed policy."""
    account.do("iam", "create_group", GroupName=name, count="iam_group")
    account.do("iam", "attach_group_policy", GroupName=name, PolicyArn=f"arn:aws:iam::aws:policy/{managed}")


def customer_policy(account: Account, name: str, *statements: dict[str, Any]) -> str:
    """A customer managed policy; its ARN."""
    account.do("iam", "create_policy", PolicyName=name, PolicyDocument=policy(*statements), count="iam_policy")
    return account.arn("policy", name)


def break_glass_user(account: Account) -> None:
    """The one permanent user that the baseline wants: it may take the emergency roles and nothing else."""
    name = f"{NAMESPACE}-user-breakglass"
    may = allow("sts:AssumeRole", f"arn:aws:iam::*:role/{NAMESPACE}-role-breakglass")
    user(account, name, console=True, mfa=True, password_unused=180, password_age=30, inline=may, owner="security")
