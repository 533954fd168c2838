//! AWS CloudTrail.

use std::collections::BTreeSet;

use aws_sdk_cloudtrail::operation::get_event_selectors::GetEventSelectorsOutput;
use aws_sdk_cloudtrail::operation::get_trail_status::GetTrailStatusOutput;
use aws_sdk_cloudtrail::types::{AdvancedEventSelector, AdvancedFieldSelector, EventSelector, Trail};
use standfast_inventory::Scope;
use standfast_inventory::tables::cloudtrail::{
    CloudtrailEventSelector, CloudtrailInsightSelector, CloudtrailTrail, CloudtrailTrailStatus,
};

use super::Collector;
use crate::cell::client;
use crate::parse;
use crate::{Answer, Cell};

pub(super) const COLLECTOR: Collector = Collector {
    service: "cloudtrail",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let cloudtrail = client!(cell, aws_sdk_cloudtrail);
    // Without shadow trails, the organization's trail would be missing in member accounts.
    let described = cell
        .call(
            "cloudtrail:DescribeTrails",
            None,
            cloudtrail.describe_trails().include_shadow_trails(true).send(),
        )
        .await;
    let trails: Vec<CloudtrailTrail> = described
        .and_then(|reply| reply.trail_list)
        .unwrap_or_default()
        .into_iter()
        .filter_map(trail_row)
        .filter(|trail| trail.home_region == cell.region())
        .collect();
    cell.each(&trails, async |trail| {
        Box::pin(read_trail(cell, &cloudtrail, trail)).await;
    })
    .await;
}

async fn read_trail(cell: &Cell, cloudtrail: &aws_sdk_cloudtrail::Client, trail: &CloudtrailTrail) {
    let arn = trail.arn.as_str();
    cell.row(trail);
    let status = async {
        let call = cloudtrail.get_trail_status().name(arn).send();
        if let Some(reply) = cell.call("cloudtrail:GetTrailStatus", Some(arn), call).await {
            cell.row(&status_row(arn, reply));
        }
    };
    // Member accounts see the organization's trail and its status; what it logs is told to its owner alone.
    let own = arn.split(':').nth(4) == Some(cell.account_id());
    let selectors = async {
        if !own {
            return;
        }
        let call = cloudtrail.get_event_selectors().trail_name(arn).send();
        if let Some(reply) = cell.call("cloudtrail:GetEventSelectors", Some(arn), call).await {
            for row in selector_rows(arn, reply) {
                cell.row(&row);
            }
        }
    };
    let insights = async {
        if !own || !trail.has_insight_selectors {
            return;
        }
        let absent = &["InsightNotEnabledException"];
        let call = cloudtrail.get_insight_selectors().trail_name(arn).send();
        let answer = cell
            .ask("cloudtrail:GetInsightSelectors", Some(arn), absent, call)
            .await;
        if let Answer::Got(reply) = answer {
            for selector in reply.insight_selectors.unwrap_or_default() {
                if let Some(insight) = selector.insight_type {
                    cell.row(&CloudtrailInsightSelector {
                        trail_arn: arn.to_owned(),
                        insight_type: insight.as_str().to_owned(),
                    });
                }
            }
        }
    };
    futures::join!(status, selectors, insights);
}

fn trail_row(trail: Trail) -> Option<CloudtrailTrail> {
    Some(CloudtrailTrail {
        arn: trail.trail_arn?,
        name: trail.name.unwrap_or_default(),
        home_region: trail.home_region.unwrap_or_default(),
        is_multi_region_trail: trail.is_multi_region_trail.unwrap_or_default(),
        is_organization_trail: trail.is_organization_trail.unwrap_or_default(),
        include_global_service_events: trail.include_global_service_events.unwrap_or_default(),
        log_file_validation_enabled: trail.log_file_validation_enabled.unwrap_or_default(),
        s3_bucket_name: trail.s3_bucket_name.unwrap_or_default(),
        s3_key_prefix: trail.s3_key_prefix,
        sns_topic_arn: trail.sns_topic_arn,
        log_group_arn: trail.cloud_watch_logs_log_group_arn,
        cloudwatch_logs_role_arn: trail.cloud_watch_logs_role_arn,
        kms_key_id: trail.kms_key_id,
        has_custom_event_selectors: trail.has_custom_event_selectors.unwrap_or_default(),
        has_insight_selectors: trail.has_insight_selectors.unwrap_or_default(),
    })
}

fn status_row(arn: &str, status: GetTrailStatusOutput) -> CloudtrailTrailStatus {
    CloudtrailTrailStatus {
        trail_arn: arn.to_owned(),
        is_logging: status.is_logging.unwrap_or_default(),
        latest_delivery_time: parse::maybe_timestamp(status.latest_delivery_time.as_ref()),
        latest_delivery_error: status.latest_delivery_error.unwrap_or_default(),
        latest_cloudwatch_logs_delivery_time: parse::maybe_timestamp(
            status.latest_cloud_watch_logs_delivery_time.as_ref(),
        ),
        latest_cloudwatch_logs_delivery_error: status.latest_cloud_watch_logs_delivery_error.unwrap_or_default(),
        latest_digest_delivery_time: parse::maybe_timestamp(status.latest_digest_delivery_time.as_ref()),
        latest_digest_delivery_error: status.latest_digest_delivery_error.unwrap_or_default(),
        start_logging_time: parse::maybe_timestamp(status.start_logging_time.as_ref()),
        stop_logging_time: parse::maybe_timestamp(status.stop_logging_time.as_ref()),
    }
}

fn selector_rows(arn: &str, reply: GetEventSelectorsOutput) -> Vec<CloudtrailEventSelector> {
    let basic = reply.event_selectors.unwrap_or_default();
    let advanced = reply.advanced_event_selectors.unwrap_or_default();
    let kinds = basic
        .into_iter()
        .flat_map(basic_rows)
        .chain(advanced.into_iter().flat_map(advanced_rows));
    (0..)
        .zip(kinds)
        .map(|(position, row)| CloudtrailEventSelector {
            trail_arn: arn.to_owned(),
            position,
            ..row
        })
        .collect()
}

fn basic_rows(selector: EventSelector) -> Vec<CloudtrailEventSelector> {
    let read_write_type = selector
        .read_write_type
        .map_or_else(|| "All".to_owned(), |kind| kind.as_str().to_owned());
    let row = |event_category: &str, resource_type, mut conditions: Vec<String>| {
        conditions.sort();
        CloudtrailEventSelector {
            trail_arn: String::new(),
            position: 0,
            name: None,
            event_category: event_category.to_owned(),
            read_write_type: read_write_type.clone(),
            resource_type,
            conditions,
        }
    };
    let mut rows = Vec::new();
    if selector.include_management_events.unwrap_or(true) {
        let excluded = selector.exclude_management_event_sources.unwrap_or_default();
        let conditions = excluded
            .iter()
            .map(|source| format!("eventSource notEquals {source}"))
            .collect();
        rows.push(row("Management", None, conditions));
    }
    for data in selector.data_resources.unwrap_or_default() {
        let values = data.values.unwrap_or_default();
        let conditions = if values.iter().any(|value| is_every_resource(value)) {
            Vec::new()
        } else {
            values
                .iter()
                .map(|value| format!("resources.ARN startsWith {value}"))
                .collect()
        };
        rows.push(row("Data", data.r#type, conditions));
    }
    rows
}

/// True for a value that stands for every resource of its type: `arn:aws:s3`, `arn:aws:s3:::`, `arn:aws:lambda`, `arn:aws:dynamodb`.
fn is_every_resource(value: &str) -> bool {
    let mut parts = value.split(':');
    parts.next() == Some("arn") && parts.skip(2).all(str::is_empty)
}

fn advanced_rows(selector: AdvancedEventSelector) -> Vec<CloudtrailEventSelector> {
    let mut categories = BTreeSet::new();
    let mut types = Vec::new();
    let mut read_write_type = "All";
    let mut conditions = Vec::new();
    for field in selector.field_selectors {
        let equals = field.equals.clone().unwrap_or_default();
        match field.field.as_str() {
            "eventCategory" => categories.extend(equals),
            "resources.type" => types = equals,
            "readOnly" => {
                read_write_type = if equals == ["true"] {
                    "ReadOnly"
                } else if equals == ["false"] {
                    "WriteOnly"
                } else {
                    "All"
                }
            }
            _ => conditions.extend(field_conditions(&field)),
        }
    }
    conditions.sort();
    let types: Vec<Option<String>> = if types.is_empty() {
        vec![None]
    } else {
        types.into_iter().map(Some).collect()
    };
    let mut rows = Vec::new();
    for event_category in &categories {
        for resource_type in &types {
            rows.push(CloudtrailEventSelector {
                trail_arn: String::new(),
                position: 0,
                name: selector.name.clone(),
                event_category: event_category.clone(),
                read_write_type: read_write_type.to_owned(),
                resource_type: resource_type.clone(),
                conditions: conditions.clone(),
            });
        }
    }
    rows
}

fn field_conditions(field: &AdvancedFieldSelector) -> Vec<String> {
    let operators = [
        ("equals", &field.equals),
        ("startsWith", &field.starts_with),
        ("endsWith", &field.ends_with),
        ("notEquals", &field.not_equals),
        ("notStartsWith", &field.not_starts_with),
        ("notEndsWith", &field.not_ends_with),
    ];
    operators
        .into_iter()
        .flat_map(|(operator, values)| {
            values
                .iter()
                .flatten()
                .map(move |value| format!("{} {operator} {value}", field.field))
        })
        .collect()
}

#[cfg(test)]
mod tests;
