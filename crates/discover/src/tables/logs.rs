//! Amazon CloudWatch Logs.

use aws_sdk_cloudwatchlogs::types::{LogGroup, MetricFilter, ResourcePolicy};
use jiff::Timestamp;
use standfast_inventory::Scope;
use standfast_inventory::tables::logs::{CloudwatchLogGroup, CloudwatchLogMetricFilter, CloudwatchLogResourcePolicy};

use super::Collector;
use crate::Cell;
use crate::cell::client;
use crate::parse;

pub(super) const COLLECTOR: Collector = Collector {
    service: "logs",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let logs = client!(cell, aws_sdk_cloudwatchlogs);
    let groups = cell.pages(
        "logs:DescribeLogGroups",
        None,
        logs.describe_log_groups().limit(50).into_paginator().send(),
        |page| {
            for row in page
                .log_groups
                .unwrap_or_default()
                .into_iter()
                .filter_map(|group| group_row(cell, group))
            {
                cell.row(&row);
            }
        },
    );
    let filters = cell.pages(
        "logs:DescribeMetricFilters",
        None,
        logs.describe_metric_filters().limit(50).into_paginator().send(),
        |page| {
            for row in page
                .metric_filters
                .unwrap_or_default()
                .into_iter()
                .filter_map(filter_row)
            {
                cell.row(&row);
            }
        },
    );
    futures::join!(groups, filters, read_policies(cell, &logs));
}

async fn read_policies(cell: &Cell, logs: &aws_sdk_cloudwatchlogs::Client) {
    let mut token = None;
    loop {
        let call = logs
            .describe_resource_policies()
            .limit(50)
            .set_next_token(token.take())
            .send();
        let Some(reply) = cell.call("logs:DescribeResourcePolicies", None, call).await else {
            return;
        };
        for row in reply
            .resource_policies
            .unwrap_or_default()
            .into_iter()
            .filter_map(|policy| policy_row(cell, policy))
        {
            cell.row(&row);
        }
        token = reply.next_token.filter(|token| !token.is_empty());
        if token.is_none() {
            return;
        }
    }
}

fn group_row(cell: &Cell, group: LogGroup) -> Option<CloudwatchLogGroup> {
    let name = group.log_group_name?;
    Some(CloudwatchLogGroup {
        arn: format!(
            "arn:{}:logs:{}:{}:log-group:{name}",
            cell.partition(),
            cell.region(),
            cell.account_id()
        ),
        name,
        expires: group.retention_in_days.is_some(),
        retention_in_days: group.retention_in_days.map(i64::from),
        kms_key_id: group.kms_key_id,
        log_group_class: group.log_group_class.map(|word| word.as_str().to_owned()),
        stored_bytes: group.stored_bytes,
        metric_filter_count: group.metric_filter_count.map(i64::from),
        data_protection_status: group.data_protection_status.map(|word| word.as_str().to_owned()),
        deletion_protection_enabled: group.deletion_protection_enabled.unwrap_or_default(),
        creation_time: moment(group.creation_time),
    })
}

fn filter_row(filter: MetricFilter) -> Option<CloudwatchLogMetricFilter> {
    // The service takes one transformation a filter.
    let transformation = filter.metric_transformations.unwrap_or_default().into_iter().next();
    Some(CloudwatchLogMetricFilter {
        name: filter.filter_name?,
        log_group_name: filter.log_group_name.unwrap_or_default(),
        filter_pattern: filter.filter_pattern.unwrap_or_default(),
        metric_transformation_name: transformation.as_ref().map(|metric| metric.metric_name.clone()),
        metric_transformation_namespace: transformation.as_ref().map(|metric| metric.metric_namespace.clone()),
        metric_transformation_value: transformation.map(|metric| metric.metric_value),
        creation_time: moment(filter.creation_time),
    })
}

fn policy_row(cell: &Cell, policy: ResourcePolicy) -> Option<CloudwatchLogResourcePolicy> {
    let policy_name = policy.policy_name?;
    Some(CloudwatchLogResourcePolicy {
        arn: format!(
            "arn:{}:logs:{}:{}:resource-policy:{policy_name}",
            cell.partition(),
            cell.region(),
            cell.account_id()
        ),
        policy_name,
        policy: parse::policy(&policy.policy_document?),
        last_updated_time: moment(policy.last_updated_time),
    })
}

fn moment(milliseconds: Option<i64>) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds?).ok()
}

#[cfg(test)]
mod tests;
