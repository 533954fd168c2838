"""What AWS answers in an account that never used a feature, for operations that moto lacks.

Members are named as in the service model. A seed overrides any of these with `POST /_stand_in/answer`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

#: Regions that are on in every account, without asking.
STANDARD_REGIONS = (
    "us-east-1 us-east-2 us-west-1 us-west-2 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 "
    "ap-southeast-2 ca-central-1 eu-central-1 eu-west-1 eu-west-2 eu-west-3 eu-north-1 sa-east-1"
).split()
#: Some of those that an account has to opt in to.
OPTIONAL_REGIONS = (
    "af-south-1 ap-east-1 ap-southeast-3 eu-central-2 eu-south-1 il-central-1 me-central-1 me-south-1".split()
)


@dataclass(frozen=True)
class Refusal:
    """An error that is the ordinary answer of an account without the feature."""

    code: str
    message: str
    status: int = 400


Answer = dict[str, Any] | Refusal


def of(service: str, operation: str, account: str, region: str) -> Answer | None:
    """The ordinary answer of `operation`, or None where moto has one."""
    made = DEFAULTS.get((service, operation))
    return made(account, region) if callable(made) else made


def _regions(_: str, __: str) -> Answer:
    regions = [{"RegionName": name, "RegionOptStatus": "ENABLED_BY_DEFAULT"} for name in STANDARD_REGIONS]
    regions += [{"RegionName": name, "RegionOptStatus": "DISABLED"} for name in OPTIONAL_REGIONS]
    return {"Regions": sorted(regions, key=lambda region: region["RegionName"])}


def _no_firewall_administrator(account: str, region: str) -> Answer:
    message = f"No default admin could be found for account {account} in Region {region}"
    return Refusal("AccessDeniedException", message)


def _not_subscribed(account: str, _: str) -> Answer:
    return Refusal("InvalidAccessException", f"Account {account} is not subscribed to AWS Security Hub", 401)


def _ebs_key(account: str, region: str) -> Answer:
    return {"KmsKeyId": f"arn:aws:kms:{region}:{account}:alias/aws/ebs"}


def _vpc_block(account: str, region: str) -> Answer:
    options = {
        "AwsAccountId": account,
        "AwsRegion": region,
        "State": "default-state",
        "InternetGatewayBlockMode": "off",
    }
    return {"VpcBlockPublicAccessOptions": {**options, "ManagedBy": "account", "ExclusionsAllowed": "allowed"}}


def _account_information(account: str, _: str) -> Answer:
    return {"AccountId": account, "AccountName": f"account-{account}", "AccountCreatedDate": "2021-03-01T09:00:00Z"}


def _service_setting(account: str, region: str) -> Answer:
    """The setting that the security services ask for: whether documents may be shared with everybody."""
    name = "/ssm/documents/console/public-sharing-permission"
    setting = {"SettingId": name, "SettingValue": "Enable", "Status": "Default", "LastModifiedUser": "System"}
    arn = f"arn:aws:ssm:{region}:{account}:servicesetting{name}"
    return {"ServiceSetting": {**setting, "ARN": arn, "LastModifiedDate": 1609459200}}


DEFAULTS: dict[tuple[str, str], Answer | Callable[[str, str], Answer]] = {
    ("accessanalyzer", "GetFindingsStatistics"): {"findingsStatistics": []},
    ("accessanalyzer", "ListAnalyzers"): {"analyzers": []},
    ("accessanalyzer", "ListArchiveRules"): {"archiveRules": []},
    ("accessanalyzer", "ListFindings"): {"findings": []},
    ("accessanalyzer", "ListFindingsV2"): {"findings": []},
    ("account", "GetAccountInformation"): _account_information,
    ("account", "GetContactInformation"): Refusal("ResourceNotFoundException", "No contact information found.", 404),
    ("account", "ListRegions"): _regions,
    ("cloudtrail", "ListChannels"): {"Channels": []},
    ("cloudtrail", "ListEventDataStores"): {"EventDataStores": []},
    ("cloudtrail", "LookupEvents"): {"Events": []},
    ("config", "DescribeComplianceByConfigRule"): {"ComplianceByConfigRules": []},
    ("config", "DescribeConfigRuleEvaluationStatus"): {"ConfigRulesEvaluationStatus": []},
    ("config", "DescribeConformancePacks"): {"ConformancePackDetails": []},
    ("config", "DescribeDeliveryChannelStatus"): {"DeliveryChannelsStatus": []},
    ("config", "DescribeOrganizationConfigRules"): {"OrganizationConfigRules": []},
    ("config", "DescribeOrganizationConformancePacks"): {"OrganizationConformancePacks": []},
    ("config", "DescribeRemediationConfigurations"): {"RemediationConfigurations": []},
    ("ec2", "DescribeClientVpnEndpoints"): {"ClientVpnEndpoints": []},
    ("ec2", "DescribeVpcBlockPublicAccessOptions"): _vpc_block,
    ("ec2", "GetAllowedImagesSettings"): {"State": "disabled", "ManagedBy": "account"},
    ("ec2", "GetEbsDefaultKmsKeyId"): _ebs_key,
    ("ec2", "GetImageBlockPublicAccessState"): {
        "ImageBlockPublicAccessState": "block-new-sharing",
        "ManagedBy": "account",
    },
    ("ec2", "GetInstanceMetadataDefaults"): {"AccountLevel": {"ManagedBy": "account"}},
    ("ec2", "GetSerialConsoleAccessStatus"): {"SerialConsoleAccessEnabled": False, "ManagedBy": "account"},
    ("ec2", "GetSnapshotBlockPublicAccessState"): {"State": "unblocked", "ManagedBy": "account"},
    ("efs", "DescribeReplicationConfigurations"): Refusal("ReplicationNotFound", "No replications found.", 404),
    ("events", "ListEndpoints"): {"Endpoints": []},
    ("events", "ListEventSources"): {"EventSources": []},
    ("fms", "GetAdminAccount"): _no_firewall_administrator,
    ("fms", "ListMemberAccounts"): _no_firewall_administrator,
    ("fms", "ListPolicies"): _no_firewall_administrator,
    ("guardduty", "DescribeOrganizationConfiguration"): Refusal(
        "BadRequestException",
        "The request is rejected because the current account is not the GuardDuty delegated administrator.",
    ),
    ("guardduty", "ListMembers"): {"Members": []},
    ("guardduty", "ListPublishingDestinations"): {"Destinations": []},
    ("iam", "ListOrganizationsFeatures"): Refusal(
        "AccountNotManagementOrDelegatedAdministratorException",
        "The request was rejected because the account making the request is not the management account or delegated administrator.",
    ),
    ("kms", "DescribeCustomKeyStores"): {"CustomKeyStores": []},
    ("lambda", "ListFunctionUrlConfigs"): {"FunctionUrlConfigs": []},
    ("logs", "DescribeAccountPolicies"): {"accountPolicies": []},
    ("organizations", "DescribeResourcePolicy"): Refusal(
        "ResourcePolicyNotFoundException",
        "We can't find a resource policy request with the parameter that you specified.",
    ),
    ("organizations", "ListHandshakesForOrganization"): {"Handshakes": []},
    ("rds", "DescribeCertificates"): {"Certificates": []},
    ("rds", "DescribeOptionGroups"): {"OptionGroupsList": []},
    ("rds", "DescribePendingMaintenanceActions"): {"PendingMaintenanceActions": []},
    ("securityhub", "DescribeOrganizationConfiguration"): _not_subscribed,
    ("securityhub", "GetEnabledStandards"): _not_subscribed,
    ("securityhub", "ListFindingAggregators"): _not_subscribed,
    ("securityhub", "ListOrganizationAdminAccounts"): {"AdminAccounts": []},
    ("ssm", "DescribeInstanceInformation"): {"InstanceInformationList": []},
    ("ssm", "GetServiceSetting"): _service_setting,
    ("ssm", "ListAssociations"): {"Associations": []},
    ("ssm", "ListResourceComplianceSummaries"): {"ResourceComplianceSummaryItems": []},
    ("sso-admin", "GetPermissionsBoundaryForPermissionSet"): Refusal(
        "ResourceNotFoundException", "No permissions boundary is attached to the permission set."
    ),
    ("sso-admin", "ListApplications"): {"Applications": []},
    ("sso-admin", "ListTrustedTokenIssuers"): {"TrustedTokenIssuers": []},
    ("wafv2", "ListResourcesForWebACL"): {"ResourceArns": []},
}
