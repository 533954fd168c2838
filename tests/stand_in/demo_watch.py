"""Trails, alarms and the security services in the accounts of the recorded organization."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import demo_network as net
from demo_identity import NAMESPACE
from planting import Account, Place, compact

#: When Config last delivered: some hours before the seeding.
DELIVERED = (datetime.now(timezone.utc) - timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _named(*names: str) -> str:
    return "{" + "||".join(f"($.eventName={name})" for name in names) + "}"


#: Filter patterns by the name of the alarm that the baseline gives their subject.
PATTERNS = {
    "unauthorized-calls": '{($.errorCode="*UnauthorizedOperation")||($.errorCode="AccessDenied*")}',
    "signin-without-mfa": '{($.eventName="ConsoleLogin")&&($.additionalEventData.MFAUsed!="Yes")}',
    "root-use": '{$.userIdentity.type="Root"&&$.userIdentity.invokedBy NOT EXISTS&&$.eventType!="AwsServiceEvent"}',
    "iam-policy-changes": _named(
        *(
            "DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy"
        ).split(),
        *(
            "DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy"
        ).split(),
        *("DetachUserPolicy AttachGroupPolicy DetachGroupPolicy").split(),
    ),
    "cloudtrail-changes": _named("CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"),
    "signin-failures": '{($.eventName=ConsoleLogin)&&($.errorMessage="Failed authentication")}',
    "key-deletion": "{($.eventSource=kms.amazonaws.com)&&(($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion))}",
    "bucket-policy-changes": "{($.eventSource=s3.amazonaws.com)&&(($.eventName=PutBucketAcl)||($.eventName=PutBucketPolicy)"
    "||($.eventName=PutBucketCors)||($.eventName=PutBucketLifecycle)||($.eventName=PutBucketReplication)"
    "||($.eventName=DeleteBucketPolicy)||($.eventName=DeleteBucketCors)||($.eventName=DeleteBucketLifecycle)"
    "||($.eventName=DeleteBucketReplication))}",
    "config-changes": "{($.eventSource=config.amazonaws.com)&&(($.eventName=StopConfigurationRecorder)"
    "||($.eventName=DeleteDeliveryChannel)||($.eventName=PutDeliveryChannel)||($.eventName=PutConfigurationRecorder))}",
    "security-group-changes": _named(
        *("AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress").split(),
        *("RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup").split(),
    ),
    "nacl-changes": _named(
        *("CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry").split(),
        *("ReplaceNetworkAclEntry ReplaceNetworkAclAssociation").split(),
    ),
    "gateway-changes": _named(
        *("CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway").split(),
        *("DeleteInternetGateway DetachInternetGateway").split(),
    ),
    "route-changes": _named(
        *(
            "CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute"
        ).split(),
        "DisassociateRouteTable",
    ),
    "vpc-changes": _named(
        *("CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection").split(),
        *("DeleteVpcPeeringConnection RejectVpcPeeringConnection").split(),
    ),
}


def trail(
    place: Place,
    name: str,
    bucket: str,
    *,
    key_arn: str | None = None,
    everywhere: bool = True,
    validated: bool = True,
    log_group: str | None = None,
    data_events: bool = False,
    organization: bool = False,
) -> None:
    """A trail that is logging, and its log group if one is named."""
    more: dict[str, Any] = {"KmsKeyId": key_arn} if key_arn else {}
    if log_group:
        net.log_group(place, log_group)
        role = place.account.arn("role", f"{NAMESPACE}-role-cloudtrail")
        more["CloudWatchLogsLogGroupArn"] = place.arn("logs", f"log-group:{log_group}:*")
        more["CloudWatchLogsRoleArn"] = role
    place.do(
        "cloudtrail",
        "create_trail",
        Name=name,
        S3BucketName=bucket,
        IsMultiRegionTrail=everywhere,
        IncludeGlobalServiceEvents=True,
        EnableLogFileValidation=validated,
        IsOrganizationTrail=organization,
        **more,
        count="cloudtrail",
    )
    place.do("cloudtrail", "start_logging", Name=name)
    objects = [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}] if data_events else []
    selector = {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": objects}
    place.do("cloudtrail", "put_event_selectors", TrailName=name, EventSelectors=[selector])


def alarms(place: Place, log_group: str, topic_arn: str, missing: tuple[str, ...] = ()) -> None:
    """The alarms of the baseline on the trail's log group, but for those in `missing`."""
    for subject, pattern in PATTERNS.items():
        if subject in missing:
            continue
        name = f"{NAMESPACE}-cwalarm-cis-{subject}"
        metric = {"metricName": name, "metricNamespace": "Baseline", "metricValue": "1"}
        wish = {"logGroupName": log_group, "filterName": name, "filterPattern": pattern}
        place.do("logs", "put_metric_filter", metricTransformations=[metric], **wish, count="metric_filter")
        place.do(
            "cloudwatch",
            "put_metric_alarm",
            AlarmName=name,
            Namespace="Baseline",
            MetricName=name,
            Statistic="Sum",
            Period=300,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanOrEqualToThreshold",
            TreatMissingData="notBreaching",
            AlarmActions=[topic_arn],
            count="cw_alarm",
        )


def config(
    place: Place, bucket: str, *, recording: bool = True, rules: tuple[str, ...] = (), all_types: bool = True
) -> None:
    """A Config recorder with its channel, started if `recording`, and managed rules."""
    scope: dict[str, Any] = {
        "allSupported": True,
        "includeGlobalResourceTypes": place.region == place.account.ground.home,
    }
    if not all_types:
        scope = {"allSupported": False, "includeGlobalResourceTypes": False, "resourceTypes": ["AWS::EC2::Instance"]}
    role = place.account.arn("role", f"{NAMESPACE}-role-config")
    recorder = {"name": "default", "roleARN": role, "recordingGroup": scope}
    place.do("config", "put_configuration_recorder", ConfigurationRecorder=recorder, count="config_recorder")
    channel = {"name": "default", "s3BucketName": bucket}
    place.do("config", "put_delivery_channel", DeliveryChannel=channel, count="config_channel")
    if recording:
        place.do("config", "start_configuration_recorder", ConfigurationRecorderName="default")
    status = {"lastStatus": "SUCCESS", "lastAttemptTime": DELIVERED, "lastSuccessfulTime": DELIVERED}
    channels = {"name": "default", "configHistoryDeliveryInfo": status, "configSnapshotDeliveryInfo": status}
    place.plant_answer("config", "DescribeDeliveryChannelStatus", {"DeliveryChannelsStatus": [channels]})
    for rule in rules:
        source = {"Owner": "AWS", "SourceIdentifier": rule.upper().replace("-", "_")}
        wish: dict[str, Any] = {"ConfigRuleName": f"{NAMESPACE}-{rule}", "Source": source}
        if rule == "required-tags":
            wish["InputParameters"] = compact({"tag1Key": "owner", "tag2Key": "environment"})
        place.do("config", "put_config_rule", ConfigRule=wish, count="config_rule")


def guard_duty(place: Place, features: tuple[str, ...] = ()) -> None:
    """A GuardDuty detector with the named features on."""
    listed = [{"Name": name, "Status": "ENABLED"} for name in features]
    frequency = "FIFTEEN_MINUTES"
    place.do(
        "guardduty",
        "create_detector",
        Enable=True,
        FindingPublishingFrequency=frequency,
        Features=listed,
        count="guardduty",
    )


def security_hub(place: Place, *standards: str) -> None:
    """Security Hub with its standards, named as in their ARNs: `cis-aws-foundations-benchmark/v/1.2.0`."""
    place.do("securityhub", "enable_security_hub", EnableDefaultStandards=False, count="securityhub")
    subscribed = []
    for standard in standards:
        # The first CIS standard has an ARN of its own kind, without a region.
        arn = place.arn("securityhub", f"standards/{standard}").replace(f":{place.account.id}:", "::")
        if standard == "cis-aws-foundations-benchmark/v/1.2.0":
            arn = f"arn:aws:securityhub:::ruleset/{standard}"
        subscription = place.arn("securityhub", f"subscription/{standard}")
        state = {"StandardsStatus": "READY", "StandardsInput": {}}
        subscribed.append({"StandardsSubscriptionArn": subscription, "StandardsArn": arn, **state})
    place.plant_answer("securityhub", "GetEnabledStandards", {"StandardsSubscriptions": subscribed})
    place.plant_answer("securityhub", "ListFindingAggregators", {"FindingAggregators": []})


def analyzer(place: Place, name: str, kind: str = "ACCOUNT") -> None:
    """An Access Analyzer; `kind` ORGANIZATION looks at all accounts."""
    summary = {
        "arn": place.arn("access-analyzer", f"analyzer/{name}"),
        "name": name,
        "type": kind,
        "createdAt": "2025-03-10T10:00:00Z",
        "status": "ACTIVE",
        "tags": {"owner": "security"},
    }
    place.plant_answer("accessanalyzer", "ListAnalyzers", {"analyzers": [summary]})


def event_rules(place: Place, topic_arn: str) -> None:
    """The events that the baseline wants somebody told about."""
    patterns = {
        "securityhub-findings": {"source": ["aws.securityhub"], "detail-type": ["Security Hub Findings - Imported"]},
        "exposed-access-keys": {
            "source": ["aws.health"],
            "detail": {"eventTypeCode": ["AWS_RISK_CREDENTIALS_EXPOSED"]},
        },
        "breakglass-signin": {
            "detail-type": ["AWS Console Sign In via CloudTrail"],
            "detail": {"userIdentity": {"userName": [f"{NAMESPACE}-user-breakglass"]}},
        },
        "account-creation": {"source": ["aws.organizations"], "detail": {"eventName": ["CreateAccountResult"]}},
        "scp-changes": {
            "source": ["aws.organizations"],
            "detail": {"eventName": ["AttachPolicy", "DetachPolicy", "UpdatePolicy", "DeletePolicy"]},
        },
        "config-compliance": {"source": ["aws.config"], "detail-type": ["Config Rules Compliance Change"]},
    }
    for subject, pattern in patterns.items():
        name = f"{NAMESPACE}-rule-{subject}"
        place.do("events", "put_rule", Name=name, EventPattern=compact(pattern), State="ENABLED", count="events_rule")
        place.do("events", "put_targets", Rule=name, Targets=[{"Id": "topic", "Arn": topic_arn}])


def guard_duty_administrator(place: Place, members: list[Account], enabled: str = "ALL") -> None:
    """What the delegated administrator of GuardDuty sees of its members."""
    plans = {
        "AutoEnable": enabled != "NONE",
        "MemberAccountLimitReached": False,
        "AutoEnableOrganizationMembers": enabled,
    }
    place.plant_answer("guardduty", "DescribeOrganizationConfiguration", plans)
    detectors = place.do("guardduty", "list_detectors")["DetectorIds"]
    rows = [
        {
            "AccountId": member.id,
            "MasterId": place.account.id,
            "AdministratorId": place.account.id,
            "Email": f"aws+{member.name}@example.com",
            "RelationshipStatus": "Enabled",
            "UpdatedAt": DELIVERED,
            "DetectorId": detectors[0] if detectors else "",
        }
        for member in members
    ]
    place.plant_answer("guardduty", "ListMembers", {"Members": rows})


def firewall_manager(place: Place) -> None:
    """Firewall Manager, administered from this account, with one policy for web ACLs."""
    place.plant_answer("fms", "GetAdminAccount", {"AdminAccount": place.account.id, "RoleStatus": "READY"})
    listed = {
        "PolicyArn": place.arn("fms", "policy/7a2e1c40-5d1f-4f0e-9a53-0c1f7a3d2b11"),
        "PolicyId": "7a2e1c40-5d1f-4f0e-9a53-0c1f7a3d2b11",
        "PolicyName": f"{NAMESPACE}-waf-public",
        "ResourceType": "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "SecurityServiceType": "WAFV2",
        "RemediationEnabled": False,
        "DeleteUnusedFMManagedResources": False,
        "PolicyStatus": "ACTIVE",
    }
    place.plant_answer("fms", "ListPolicies", {"PolicyList": [listed]})
