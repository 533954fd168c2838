//! What watches: trails, recorders, detectors, alarms, logs, topics and rules.

use standfast_inventory::tables::accessanalyzer::AccessanalyzerAnalyzer;
use standfast_inventory::tables::cloudtrail::{CloudtrailEventSelector, CloudtrailTrail, CloudtrailTrailStatus};
use standfast_inventory::tables::cloudwatch::CloudwatchAlarm;
use standfast_inventory::tables::config::{
    ConfigConfigurationRecorder, ConfigConfigurationRecorderStatus, ConfigDeliveryChannel, ConfigRule,
};
use standfast_inventory::tables::events::{EventbridgeBus, EventbridgeRule, EventbridgeTarget};
use standfast_inventory::tables::guardduty::{GuarddutyDetector, GuarddutyDetectorFeature};
use standfast_inventory::tables::logs::{CloudwatchLogGroup, CloudwatchLogMetricFilter};
use standfast_inventory::tables::securityhub::{SecurityhubHub, SecurityhubStandardsSubscription};
use standfast_inventory::tables::sns::{SnsTopic, SnsTopicAttributes, SnsTopicSubscription};

use crate::rows::{Place, Rows, document, object};

/// Shares of the kinds, in thousandths of all resources.
const ALARMS: u64 = 25;
const LOG_GROUPS: u64 = 40;
const TOPICS: u64 = 8;
const EVENT_RULES: u64 = 15;

/// What the metric filters of an account count, and with which pattern.
const SUBJECTS: [(&str, &str); 4] = [
    (
        "root-use",
        r#"{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }"#,
    ),
    (
        "unauthorized",
        r#"{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }"#,
    ),
    (
        "no-mfa",
        r#"{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }"#,
    ),
    (
        "sign-in-failures",
        r#"{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }"#,
    ),
];

fn topic(place: &Place, number: u64) -> String {
    place.arn("sns", &format!("baseline-alerts-{}", place.one_of(TOPICS, number)))
}

pub(crate) fn accessanalyzer(place: &Place, rows: &mut Rows) {
    if place.chance("analyzer", 0, 80) {
        rows.add::<AccessanalyzerAnalyzer>(object! {
            "arn": place.arn("access-analyzer", "analyzer/baseline"),
            "name": "baseline",
            "type": "ACCOUNT",
            "status": "ACTIVE",
            "created_at": place.before("analyzer", 0, 500),
            "tags": "{}",
        });
    }
}

pub(crate) fn cloudtrail(place: &Place, rows: &mut Rows) {
    if !place.home {
        return;
    }
    let arn = place.arn("cloudtrail", "trail/baseline");
    rows.add::<CloudtrailTrail>(object! {
        "arn": arn,
        "name": "baseline",
        "home_region": place.region,
        "is_multi_region_trail": true,
        "is_organization_trail": false,
        "include_global_service_events": true,
        "log_file_validation_enabled": place.chance("validation", 0, 90),
        "s3_bucket_name": "baseline-log-archive",
        "log_group_arn": place.arn("logs", "log-group:/app/0:*"),
        "cloudwatch_logs_role_arn": place.iam("role/baseline-role-cloudtrail"),
        "kms_key_id": place.chance("trail-key", 0, 80).then(|| place.arn("kms", "alias/baseline/app0")),
        "has_custom_event_selectors": false,
        "has_insight_selectors": false,
    });
    rows.add::<CloudtrailTrailStatus>(object! {
        "trail_arn": arn,
        "is_logging": place.chance("logging", 0, 95),
        "latest_delivery_time": place.at(0),
        "latest_delivery_error": "",
        "latest_cloudwatch_logs_delivery_time": place.at(0),
        "latest_cloudwatch_logs_delivery_error": "",
        "latest_digest_delivery_error": "",
    });
    rows.add::<CloudtrailEventSelector>(object! {
        "trail_arn": arn, "position": 0, "event_category": "Management", "read_write_type": "All", "conditions": [],
    });
}

pub(crate) fn cloudwatch(place: &Place, rows: &mut Rows) {
    for number in place.each(ALARMS) {
        let subject = usize::try_from(number).ok().and_then(|number| SUBJECTS.get(number));
        let name = subject.map_or_else(
            || format!("cpu-{number}"),
            |subject| format!("baseline-cwalarm-cis-{}", subject.0),
        );
        rows.add::<CloudwatchAlarm>(object! {
            "arn": place.arn("cloudwatch", &format!("alarm:{name}")),
            "name": name,
            "actions_enabled": place.chance("actions", number, 95),
            "alarm_actions": [topic(place, number)],
            "ok_actions": [],
            "insufficient_data_actions": [],
            "state_value": "OK",
            "namespace": if subject.is_some() { "CloudTrailMetrics" } else { "AWS/EC2" },
            "metric_name": subject.map_or("CPUUtilization", |subject| subject.0),
            "statistic": "Sum",
            "period": 300,
            "evaluation_periods": 1,
            "threshold": 1.0,
            "comparison_operator": "GreaterThanOrEqualToThreshold",
            "treat_missing_data": "notBreaching",
            "dimensions": "{}",
            "metrics": [],
        });
    }
}

pub(crate) fn logs(place: &Place, rows: &mut Rows) {
    for number in place.each(LOG_GROUPS) {
        let name = format!("/app/{number}");
        let expires = place.chance("expires", number, 85);
        rows.add::<CloudwatchLogGroup>(object! {
            "arn": place.arn("logs", &format!("log-group:{name}")),
            "name": name,
            "expires": expires,
            "retention_in_days": expires.then_some(30),
            "kms_key_id": place.chance("log-key", number, 60).then(|| place.arn("kms", "alias/baseline/app0")),
            "log_group_class": "STANDARD",
            "stored_bytes": place.dice("bytes", number) % 1_000_000_000,
            "metric_filter_count": if number == 0 { SUBJECTS.len() } else { 0 },
            "deletion_protection_enabled": false,
            "creation_time": place.before("log-group", number, 900),
        });
    }
    for (subject, pattern) in SUBJECTS {
        rows.add::<CloudwatchLogMetricFilter>(object! {
            "name": subject,
            "log_group_name": "/app/0",
            "filter_pattern": pattern,
            "metric_transformation_name": subject,
            "metric_transformation_namespace": "CloudTrailMetrics",
            "metric_transformation_value": "1",
            "creation_time": place.before(subject, 0, 900),
        });
    }
}

pub(crate) fn config(place: &Place, rows: &mut Rows) {
    if !place.chance("config", 0, 92) {
        return;
    }
    rows.add::<ConfigConfigurationRecorder>(object! {
        "arn": place.arn("config", "configuration-recorder/default"),
        "name": "default",
        "role_arn": place.iam("role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"),
        "all_supported": true,
        "include_global_resource_types": place.home,
        "recording_strategy": "ALL_SUPPORTED_RESOURCE_TYPES",
        "resource_types": [],
        "excluded_resource_types": [],
        "recording_frequency": "CONTINUOUS",
    });
    rows.add::<ConfigConfigurationRecorderStatus>(object! {
        "recorder_name": "default", "recording": place.chance("recording", 0, 95), "last_status": "SUCCESS",
    });
    rows.add::<ConfigDeliveryChannel>(object! {
        "name": "default", "arn": place.arn("config", "delivery-channel/default"), "s3_bucket_name": "baseline-log-archive",
    });
    for rule in ["encrypted-volumes", "restricted-ssh", "required-tags"] {
        rows.add::<ConfigRule>(object! {
            "arn": place.arn("config", &format!("config-rule/{rule}")),
            "name": rule,
            "rule_state": "ACTIVE",
            "source_owner": "AWS",
            "source_identifier": rule.to_uppercase().replace('-', "_"),
        });
    }
}

pub(crate) fn events(place: &Place, rows: &mut Rows) {
    rows.add::<EventbridgeBus>(object! {"arn": place.arn("events", "event-bus/default"), "name": "default"});
    for number in place.each(EVENT_RULES) {
        let name = format!("rule-{number}");
        let arn = place.arn("events", &format!("rule/{name}"));
        rows.add::<EventbridgeRule>(object! {
            "arn": arn,
            "name": name,
            "event_bus_name": "default",
            "state": "ENABLED",
            "event_pattern": document!({"source": [if number == 0 { "aws.securityhub" } else { "aws.ec2" }]}),
        });
        rows.add::<EventbridgeTarget>(object! {
            "rule_arn": arn, "target_id": "topic", "target_arn": topic(place, number),
        });
    }
}

pub(crate) fn guardduty(place: &Place, rows: &mut Rows) {
    if !place.chance("detector", 0, 90) {
        return;
    }
    let id = format!("{:016x}", place.dice("detector", 0));
    let arn = place.arn("guardduty", &format!("detector/{id}"));
    rows.add::<GuarddutyDetector>(object! {
        "arn": arn,
        "detector_id": id,
        "status": "ENABLED",
        "finding_publishing_frequency": "FIFTEEN_MINUTES",
        "created_at": place.before("detector", 0, 900),
        "tags": "{}",
    });
    for feature in ["S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "RUNTIME_MONITORING"] {
        rows.add::<GuarddutyDetectorFeature>(object! {
            "detector_arn": arn,
            "name": feature,
            "additional": "",
            "status": if place.chance(feature, 0, 80) { "ENABLED" } else { "DISABLED" },
        });
    }
}

pub(crate) fn securityhub(place: &Place, rows: &mut Rows) {
    if !place.chance("hub", 0, 88) {
        return;
    }
    rows.add::<SecurityhubHub>(object! {
        "hub_arn": place.arn("securityhub", "hub/default"),
        "auto_enable_controls": true,
        "control_finding_generator": "SECURITY_CONTROL",
        "subscribed_at": place.before("hub", 0, 900),
    });
    for standard in [
        "cis-aws-foundations-benchmark/v/3.0.0",
        "aws-foundational-security-best-practices/v/1.0.0",
    ] {
        rows.add::<SecurityhubStandardsSubscription>(object! {
            "standards_subscription_arn": place.arn("securityhub", &format!("subscription/{standard}")),
            "standards_arn": format!("arn:aws:securityhub:{}::standards/{standard}", place.region),
            "standards_status": "READY",
            "standards_input": "{}",
        });
    }
}

pub(crate) fn sns(place: &Place, rows: &mut Rows) {
    for number in place.each(TOPICS) {
        let arn = topic(place, number);
        rows.add::<SnsTopic>(object! {"topic_arn": arn, "arn": arn, "name": format!("baseline-alerts-{number}")});
        rows.add::<SnsTopicAttributes>(object! {
            "topic_arn": arn,
            "owner": place.id(),
            "kms_master_key_id": place.chance("topic-key", number, 70).then_some("alias/baseline/app0"),
            "policy": document!({"Version": "2012-10-17", "Statement": [{
                "Sid": "tls", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": arn,
                "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}),
            "subscriptions_confirmed": 1,
            "subscriptions_pending": 0,
            "fifo_topic": false,
        });
        rows.add::<SnsTopicSubscription>(object! {
            "subscription_arn": format!("{arn}:{:016x}", place.dice("subscription", number)),
            "topic_arn": arn,
            "protocol": "email",
            "endpoint": "security@example.org",
            "confirmed": place.chance("confirmed", number, 90),
        });
    }
}
