"""Trails, Config, GuardDuty, Security Hub and alarms of one account and region of the test organization."""

from __future__ import annotations

from planting import Place, allow, compact, policy
from seed_storage import create_bucket, log_accesses, tell_bucket


def _any_of(*names: str) -> str:
    return "||".join(f"($.eventName={name})" for name in names)


def _from(source: str, *names: str) -> str:
    return f"{{($.eventSource={source}.amazonaws.com) && ({_any_of(*names)})}}"


#: Filter patterns by the requirement of CIS 3.0 that they answer.
FILTERS = {
    "4.1": '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
    "4.2": '{($.eventName="ConsoleLogin") && ($.additionalEventData.MFAUsed !="Yes")}',
    "4.3": '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
    "4.4": "{"
    + _any_of("DeleteGroupPolicy", "DeleteRolePolicy", "PutRolePolicy", "CreatePolicy", "AttachRolePolicy")
    + "}",
    "4.5": "{" + _any_of("CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging") + "}",
    "4.6": '{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}',
    "4.7": _from("kms", "DisableKey", "ScheduleKeyDeletion"),
    "4.8": _from("s3", "PutBucketAcl", "PutBucketPolicy", "DeleteBucketPolicy"),
    "4.9": _from("config", "StopConfigurationRecorder", "DeleteDeliveryChannel"),
    "4.10": "{" + _any_of("AuthorizeSecurityGroupIngress", "CreateSecurityGroup", "DeleteSecurityGroup") + "}",
    "4.11": "{" + _any_of("CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl") + "}",
    "4.12": "{" + _any_of("CreateCustomerGateway", "AttachInternetGateway", "DeleteInternetGateway") + "}",
    "4.13": "{" + _any_of("CreateRoute", "CreateRouteTable", "DeleteRoute") + "}",
    "4.14": "{" + _any_of("CreateVpc", "DeleteVpc", "AcceptVpcPeeringConnection") + "}",
}
LOG_GROUP = "aws-cloudtrail-logs"


def plant_monitoring(place: Place, position: int, number: int, key: str, log_bucket: str) -> None:
    """What watches the account; the trail and its alarms are in the home region (`number` 0) only."""
    if number == 0:
        _plant_trail(place, position, key, log_bucket)
    _plant_config(place, position, number)
    detects = not (position == 4 and number == 1) and position != 3
    if detects:
        place.do(
            "guardduty", "create_detector", Enable=True, FindingPublishingFrequency="FIFTEEN_MINUTES", count="guardduty"
        )
    place.truth("guardduty", detects, "detector enabled", fsbp="GuardDuty.1")
    hub = position != 4
    if hub:
        place.do("securityhub", "enable_security_hub", EnableDefaultStandards=True, count="securityhub")
    place.truth("securityhub", hub, "Security Hub enabled", cis="4.16")
    analyzer = place.do("accessanalyzer", "create_analyzer", analyzerName="org", type="ACCOUNT", count="accessanalyzer")
    place.truth("accessanalyzer", analyzer, "analyzer (the stand-in has none)", cis="1.20", fsbp="IAM.28")
    root_login = {"detail-type": ["AWS Console Sign In via CloudTrail"], "detail": {"userIdentity": {"type": ["Root"]}}}
    place.do(
        "events", "put_rule", Name="root-login", EventPattern=compact(root_login), State="ENABLED", count="events_rule"
    )
    place.do("backup", "create_backup_vault", BackupVaultName="main", count="backup_vault")


def _plant_trail(place: Place, position: int, key: str, log_bucket: str) -> None:
    good, bucket = position != 2, create_bucket(place, "cloudtrail")
    writer = {"Principal": {"Service": "cloudtrail.amazonaws.com"}}
    delivered = {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}
    prefix = f"arn:aws:s3:::{bucket}/AWSLogs/{place.account.id}/*"
    document = policy(
        {"Sid": "acl", **writer, **allow("s3:GetBucketAcl", f"arn:aws:s3:::{bucket}")},
        {"Sid": "put", **writer, **allow("s3:PutObject", prefix, Condition=delivered)},
    )
    place.do("s3", "put_bucket_policy", Bucket=bucket, Policy=document)
    if good:
        log_accesses(place, bucket, log_bucket, "ct/")
    tell_bucket(place, bucket, logged=good)
    why = "access logging on the CloudTrail bucket"
    place.truth(f"arn:aws:s3:::{bucket}", good, why, cis="3.4", fsbp="CloudTrail.7")
    place.do("logs", "create_log_group", logGroupName=LOG_GROUP, count="log_group")
    group = place.arn("logs", f"log-group:{LOG_GROUP}")
    place.truth(group, True, "no retention set: never expires", fsbp="CloudWatch.16")
    place.do("sns", "create_topic", Name="security-alarms", count="sns_topic")
    topic = place.arn("sns", "security-alarms")
    place.truth(topic, False, "SSE", fsbp="SNS.1")
    place.truth(topic, True, "default policy", fsbp="SNS.4")
    place.do("sns", "subscribe", TopicArn=topic, Protocol="email", Endpoint="sec@example.org")
    place.do(
        "cloudtrail",
        "create_trail",
        Name="main",
        S3BucketName=bucket,
        IsMultiRegionTrail=good,
        IncludeGlobalServiceEvents=True,
        EnableLogFileValidation=good,
        CloudWatchLogsLogGroupArn=f"{group}:*",
        CloudWatchLogsRoleArn=f"arn:aws:iam::{place.account.id}:role/role-000-6",
        **({"KmsKeyId": key} if good else {}),
        count="cloudtrail",
    )
    place.do("cloudtrail", "start_logging", Name="main")
    objects = [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}] if position == 0 else []
    selector = {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": objects}
    place.do("cloudtrail", "put_event_selectors", TrailName="main", EventSelectors=[selector])
    trail = place.arn("cloudtrail", "trail/main")
    place.truth("cloudtrail-multi-region", good, "multi-region trail logging", cis="3.1", fsbp="CloudTrail.1")
    place.truth(trail, good, "log file validation", cis="3.2", fsbp="CloudTrail.4")
    place.truth(trail, good, "SSE-KMS on trail", cis="3.5", fsbp="CloudTrail.2")
    place.truth(trail, True, "CloudWatch Logs integration", fsbp="CloudTrail.5")
    place.truth("s3-object-level-logging", objects, "data events", cis=["3.8", "3.9"])
    _plant_alarms(place, position, topic)


def _plant_alarms(place: Place, position: int, topic: str) -> None:
    for number, (check, pattern) in enumerate(FILTERS.items()):
        present = (position == 0 and number % 4 != 3) or (position == 1 and number < 5)
        if present:
            name = f"cis-{check}"
            metric = {"metricName": name, "metricNamespace": "CIS", "metricValue": "1"}
            place.do(
                "logs",
                "put_metric_filter",
                logGroupName=LOG_GROUP,
                filterName=name,
                filterPattern=pattern,
                metricTransformations=[metric],
                count="metric_filter",
            )
            place.do(
                "cloudwatch",
                "put_metric_alarm",
                AlarmName=name,
                Namespace="CIS",
                MetricName=name,
                Statistic="Sum",
                Period=300,
                EvaluationPeriods=1,
                Threshold=1,
                ComparisonOperator="GreaterThanOrEqualToThreshold",
                AlarmActions=[topic],
                count="cw_alarm",
            )
        place.truth(f"metric-filter-{check}", present, "metric filter + alarm", cis=check)


def _plant_config(place: Place, position: int, number: int) -> None:
    records = not (position == 2 and number == 1)
    if records:
        bucket = create_bucket(place, "config")
        tell_bucket(place, bucket)
        scope = {"allSupported": True, "includeGlobalResourceTypes": number == 0}
        role = f"arn:aws:iam::{place.account.id}:role/role-000-6"
        recorder = {"name": "default", "roleARN": role, "recordingGroup": scope}
        place.do("config", "put_configuration_recorder", ConfigurationRecorder=recorder, count="config_recorder")
        channel = {"name": "default", "s3BucketName": bucket}
        place.do("config", "put_delivery_channel", DeliveryChannel=channel, count="config_channel")
        place.do("config", "start_configuration_recorder", ConfigurationRecorderName="default")
        for name in ("s3-bucket-versioning-enabled", "encrypted-volumes"):
            source = {"Owner": "AWS", "SourceIdentifier": name.upper().replace("-", "_")}
            rule = {"ConfigRuleName": name, "Source": source}
            place.do("config", "put_config_rule", ConfigRule=rule, count="config_rule")
    place.truth("config-recorder", records, "recorder recording", cis="3.3", fsbp="Config.1")
