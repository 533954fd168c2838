//! Amazon CloudWatch alarms.

use aws_sdk_cloudwatch::types::{AlarmType, CompositeAlarm, MetricAlarm};
use standfast_inventory::Scope;
use standfast_inventory::tables::cloudwatch::{CloudwatchAlarm, CloudwatchCompositeAlarm};

use super::Collector;
use crate::Cell;
use crate::cell::client;
use crate::parse;

pub(super) const COLLECTOR: Collector = Collector {
    service: "cloudwatch",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let cloudwatch = client!(cell, aws_sdk_cloudwatch);
    // Without types, the service lists alarms on metrics only.
    let alarms = cloudwatch
        .describe_alarms()
        .alarm_types(AlarmType::MetricAlarm)
        .alarm_types(AlarmType::CompositeAlarm)
        .max_records(100)
        .into_paginator()
        .send();
    cell.pages("cloudwatch:DescribeAlarms", None, alarms, |page| {
        for row in page
            .metric_alarms
            .unwrap_or_default()
            .into_iter()
            .filter_map(metric_row)
        {
            cell.row(&row);
        }
        for row in page
            .composite_alarms
            .unwrap_or_default()
            .into_iter()
            .filter_map(composite_row)
        {
            cell.row(&row);
        }
    })
    .await;
}

fn metric_row(alarm: MetricAlarm) -> Option<CloudwatchAlarm> {
    let metrics = alarm.metrics.unwrap_or_default().into_iter().filter_map(|query| {
        let metric = query.metric_stat?.metric?;
        Some(format!("{}/{}", metric.namespace?, metric.metric_name?))
    });
    Some(CloudwatchAlarm {
        arn: alarm.alarm_arn?,
        name: alarm.alarm_name.unwrap_or_default(),
        alarm_description: alarm.alarm_description,
        actions_enabled: alarm.actions_enabled.unwrap_or_default(),
        alarm_actions: sorted(alarm.alarm_actions),
        ok_actions: sorted(alarm.ok_actions),
        insufficient_data_actions: sorted(alarm.insufficient_data_actions),
        state_value: alarm.state_value.map(|word| word.as_str().to_owned()),
        state_updated_timestamp: parse::maybe_timestamp(alarm.state_updated_timestamp.as_ref()),
        namespace: alarm.namespace,
        metric_name: alarm.metric_name,
        statistic: alarm.statistic.map(|word| word.as_str().to_owned()),
        period: alarm.period.map(i64::from),
        evaluation_periods: alarm.evaluation_periods.map(i64::from),
        datapoints_to_alarm: alarm.datapoints_to_alarm.map(i64::from),
        threshold: alarm.threshold,
        comparison_operator: alarm.comparison_operator.map(|word| word.as_str().to_owned()),
        treat_missing_data: alarm.treat_missing_data,
        dimensions: parse::tags(
            alarm
                .dimensions
                .iter()
                .flatten()
                .map(|dimension| (dimension.name.as_deref(), dimension.value.as_deref())),
        ),
        metrics: sorted(Some(metrics.collect())),
    })
}

fn composite_row(alarm: CompositeAlarm) -> Option<CloudwatchCompositeAlarm> {
    Some(CloudwatchCompositeAlarm {
        arn: alarm.alarm_arn?,
        name: alarm.alarm_name.unwrap_or_default(),
        alarm_description: alarm.alarm_description,
        alarm_rule: alarm.alarm_rule.unwrap_or_default(),
        actions_enabled: alarm.actions_enabled.unwrap_or_default(),
        alarm_actions: sorted(alarm.alarm_actions),
        state_value: alarm.state_value.map(|word| word.as_str().to_owned()),
    })
}

fn sorted(words: Option<Vec<String>>) -> Vec<String> {
    let mut words = words.unwrap_or_default();
    words.sort();
    words
}

#[cfg(test)]
mod tests;
