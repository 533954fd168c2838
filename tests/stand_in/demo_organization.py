"""Units, accounts, policies and Identity Center of the recorded organization."""

from __future__ import annotations

from typing import Any

from demo_identity import HUMAN_ROLES, NAMESPACE
from planting import Account, Ground, assume, compact, policy

MANAGEMENT = "111122223333"
#: Account name: its id and the path of units it lives in.
ACCOUNTS: dict[str, tuple[str, str]] = {
    "security-audit": ("222233334444", "Security"),
    "log-archive": ("333344445555", "Security"),
    "network": ("444455556666", "Infrastructure"),
    "shared-services": ("555566667777", "Infrastructure"),
    "shop-prod": ("666677778888", "Workloads/Production"),
    "payments-prod": ("777788889999", "Workloads/Production"),
    "data-prod": ("888899990000", "Workloads/Production"),
    "shop-dev": ("999900001111", "Workloads/Development"),
    "payments-dev": ("101112131415", "Workloads/Development"),
    "sandbox-ana": ("121314151617", "Sandbox"),
    "sandbox-legacy": ("131415161718", "Sandbox"),
    "acquired-brand": ("141516171819", ""),
}
UNITS = (
    "Security",
    "Infrastructure",
    "Workloads",
    "Workloads/Production",
    "Workloads/Development",
    "Sandbox",
    "Suspended",
)
EXEMPT = {"ArnNotLike": {"aws:PrincipalArn": [f"arn:aws:iam::*:role/{NAMESPACE}-role-automation"]}}


def plant(ground: Ground, management: Account) -> dict[str, Account]:
    """Everything of Organizations and Identity Center; the accounts by name."""
    do = management.do
    do("organizations", "create_organization", FeatureSet="ALL", count="org")
    root = do("organizations", "list_roots")["Roots"][0]["Id"]
    units = {"": root}
    for path in UNITS:
        parent, _, name = path.rpartition("/")
        reply = do("organizations", "create_organizational_unit", ParentId=units[parent], Name=name, count="ou")
        units[path] = reply["OrganizationalUnit"]["Id"]
    do("organizations", "enable_policy_type", RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
    _guardrails(management, units)
    accounts = {"management": management}
    ground.control("next-accounts", ids=[account for account, _ in ACCOUNTS.values()])
    for name, (account_id, path) in ACCOUNTS.items():
        email = {"Email": f"aws+{name}@example.com"}
        reply = do("organizations", "create_account", AccountName=name, **email, count="account")
        if reply["CreateAccountStatus"]["AccountId"] != account_id:
            raise SystemExit(f"account `{name}` got another id than {account_id}: was the server started with --demo?")
        if path:
            move = {"SourceParentId": root, "DestinationParentId": units[path]}
            do("organizations", "move_account", AccountId=account_id, **move)
        accounts[name] = member = assume(management, name, account_id)
        # The role that Organizations makes: everybody with administrator's rights in the management account may take it.
        name = {"RoleName": "OrganizationAccountAccessRole"}
        administrator = "arn:aws:iam::aws:policy/AdministratorAccess"
        member.do("iam", "attach_role_policy", PolicyArn=administrator, **name)
        ground.control("role", account=account_id, role=name["RoleName"], unused_days=0.1)
    _delegations(management)
    _identity_center(management, accounts)
    return accounts


def _guardrails(management: Account, units: dict[str, str]) -> None:
    """The service control policies that are there. Missing: anything on Sandbox and on the account outside all units."""

    def deny(sid: str, actions: Any, **condition: Any) -> dict[str, Any]:
        return {"Sid": sid, "Effect": "Deny", "Action": actions, "Resource": "*", "Condition": {**EXEMPT, **condition}}

    trail = [
        "cloudtrail:DeleteTrail",
        "cloudtrail:StopLogging",
        "cloudtrail:UpdateTrail",
        "cloudtrail:PutEventSelectors",
    ]
    services = ["guardduty:DeleteDetector", "guardduty:DisassociateFromMasterAccount", "securityhub:DisableSecurityHub"]
    recorder = [
        "config:DeleteConfigurationRecorder",
        "config:StopConfigurationRecorder",
        "config:DeleteDeliveryChannel",
    ]
    leave = {"Sid": "Stay", "Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"}
    abroad = {"StringNotEquals": {"aws:RequestedRegion": ["us-east-1", "eu-west-1"]}}
    world = [
        "iam:*",
        "organizations:*",
        "route53:*",
        "cloudfront:*",
        "sts:*",
        "support:*",
        "waf:*",
        "wafv2:*",
        "budgets:*",
    ]
    regions = {
        "Sid": "Regions",
        "Effect": "Deny",
        "NotAction": world,
        "Resource": "*",
        "Condition": {**abroad, **EXEMPT},
    }
    as_root = deny("NoRoot", "*", StringLike={"aws:PrincipalArn": "arn:aws:iam::*:root"})
    policies = {
        "all": ("", [leave, deny("Trail", trail)]),
        "workloads": ("Workloads", [deny("Services", services), deny("Recorder", recorder), regions]),
        "production": ("Workloads/Production", [as_root, deny("NoUsers", ["iam:CreateUser", "iam:CreateAccessKey"])]),
        "security": (
            "Security",
            [as_root, deny("NoUsers", ["iam:CreateUser", "iam:CreateAccessKey"]), deny("Services", services)],
        ),
    }
    for name, (path, statements) in policies.items():
        wish = {
            "Name": f"{NAMESPACE}-guardrails-{name}",
            "Description": f"Guardrails: {name}",
            "Type": "SERVICE_CONTROL_POLICY",
        }
        reply = management.do("organizations", "create_policy", Content=policy(*statements), **wish, count="scp")
        policy_id = reply["Policy"]["PolicySummary"]["Id"]
        management.do("organizations", "attach_policy", PolicyId=policy_id, TargetId=units[path])


def _delegations(management: Account) -> None:
    audit = ACCOUNTS["security-audit"][0]
    services = ("guardduty", "securityhub", "config", "access-analyzer", "fms", "cloudtrail", "sso")
    for service in services:
        principal = f"{service}.amazonaws.com"
        management.do("organizations", "enable_aws_service_access", ServicePrincipal=principal)
    # moto knows few of the principals that may be delegated.
    row = {
        "Id": audit,
        "Arn": f"arn:aws:organizations::{MANAGEMENT}:account/o-exampleorgid/{audit}",
        "Email": "aws+security-audit@example.com",
        "Name": "security-audit",
        "Status": "ACTIVE",
        "JoinedMethod": "CREATED",
        "JoinedTimestamp": "2024-02-05T09:00:00Z",
        "DelegationEnabledDate": "2024-02-06T09:00:00Z",
    }
    described = management.do("organizations", "describe_account", AccountId=audit)
    row["Arn"] = described["Account"]["Arn"]
    management.plant_answer("organizations", "ListDelegatedAdministrators", {"DelegatedAdministrators": [row]})
    delegated = [
        {"ServicePrincipal": f"{service}.amazonaws.com", "DelegationEnabledDate": "2024-02-06T09:00:00Z"}
        for service in ("guardduty", "securityhub", "config", "access-analyzer", "fms")
    ]
    management.plant_answer("organizations", "ListDelegatedServicesForAccount", {"DelegatedServices": delegated})
    for region in management.ground.regions:
        management.do("guardduty", "enable_organization_admin_account", region=region, AdminAccountId=audit)
        admins = {"AdminAccounts": [{"AccountId": audit, "Status": "ENABLED"}]}
        management.plant_answer("securityhub", "ListOrganizationAdminAccounts", admins, region=region)
    # Root credentials of members are not managed centrally yet: the feature is known, and off.
    described = management.do("organizations", "describe_organization")
    features = {"OrganizationId": described["Organization"]["Id"], "EnabledFeatures": []}
    management.plant_answer("iam", "ListOrganizationsFeatures", features)


def _identity_center(management: Account, accounts: dict[str, Account]) -> None:
    """Permission sets for the human roles, and who has them where. moto shows an instance in every account; AWS does not."""
    instances = management.do("sso-admin", "list_instances")["Instances"]
    management.ground.control("answer", service="sso-admin", operation="ListInstances", reply={"Instances": []})
    instance = {**instances[0], "Name": "workforce", "Status": "ACTIVE", "OwnerAccountId": management.id}
    instance["CreatedDate"] = "2024-02-05T10:00:00Z"
    management.plant_answer("sso-admin", "ListInstances", {"Instances": [instance]}, region=management.ground.home)
    store, arn = instance["IdentityStoreId"], instance["InstanceArn"]
    groups = {}
    for name in ("platform", "security", "shop", "payments", "data", "finance"):
        reply = management.do("identitystore", "create_group", IdentityStoreId=store, DisplayName=f"aws-{name}")
        groups[name] = reply["GroupId"]
        for member in ("ana", "bo"):
            user_name = f"{name}.{member}"
            person = {"GivenName": user_name.split(".")[1].title(), "FamilyName": name.title()}
            mail = [{"Value": f"{user_name}@example.com", "Type": "work", "Primary": True}]
            wish = {"UserName": user_name, "Name": person, "DisplayName": " ".join(person.values()), "Emails": mail}
            reply = management.do("identitystore", "create_user", IdentityStoreId=store, **wish)
            member_id = {"MemberId": {"UserId": reply["UserId"]}}
            management.do(
                "identitystore", "create_group_membership", IdentityStoreId=store, GroupId=groups[name], **member_id
            )
    sets = {}
    for name, managed in HUMAN_ROLES.items():
        # Twelve hours for administrators is longer than the design allows.
        duration = "PT12H" if name == "administrator" else "PT4H"
        wish = {"Name": f"{NAMESPACE}-{name}", "Description": f"People's role: {name}", "SessionDuration": duration}
        reply = management.do("sso-admin", "create_permission_set", InstanceArn=arn, **wish, count="permission_set")
        sets[name] = reply["PermissionSet"]["PermissionSetArn"]
        policy_arn = {"ManagedPolicyArn": f"arn:aws:iam::aws:policy/{managed}"}
        if "/" in managed:
            # moto knows AWS's policies on the root path only.
            listed = {
                "AttachedManagedPolicies": [{"Name": managed.rpartition("/")[2], "Arn": policy_arn["ManagedPolicyArn"]}]
            }
            match = {"PermissionSetArn": sets[name]}
            management.plant_answer("sso-admin", "ListManagedPoliciesInPermissionSet", listed, **match)
            continue
        attach = {"InstanceArn": arn, "PermissionSetArn": sets[name]}
        management.do("sso-admin", "attach_managed_policy_to_permission_set", **attach, **policy_arn)
    assigned = [("platform", "administrator", tuple(accounts))]
    assigned += [("security", "securityaudit", tuple(accounts)), ("security", "securityresponse", tuple(accounts))]
    assigned += [("shop", "poweruser", ("shop-dev", "shop-prod")), ("payments", "poweruser", ("payments-dev",))]
    assigned += [("data", "poweruser", ("data-prod",)), ("finance", "billing", ("management",))]
    for group, permission_set, names in assigned:
        for name in names:
            target = {"TargetType": "AWS_ACCOUNT", "TargetId": accounts[name].id}
            principal = {"PrincipalType": "GROUP", "PrincipalId": groups[group]}
            wish = {"InstanceArn": arn, "PermissionSetArn": sets[permission_set], **target, **principal}
            management.do("sso-admin", "create_account_assignment", **wish, count="account_assignment")


def bootstrap_stack_set(management: Account, accounts: list[Account]) -> None:
    """The stack set that lays the baseline's topic into accounts; it has not reached those that were forgotten."""
    topic = {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": f"{NAMESPACE}-bootstrap"}}
    name = f"{NAMESPACE}-bootstrap"
    template = compact({"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Topic": topic}})
    wish = {"StackSetName": name, "Description": "What every account starts with", "PermissionModel": "SELF_MANAGED"}
    management.do("cloudformation", "create_stack_set", TemplateBody=template, **wish, count="stack_set")
    where = {"Accounts": [account.id for account in accounts], "Regions": [management.ground.home]}
    management.do("cloudformation", "create_stack_instances", StackSetName=name, **where)
