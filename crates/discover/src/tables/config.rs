//! AWS Config.

use aws_sdk_config::types::{
    ConfigRule as Rule, ConfigurationAggregator, ConfigurationRecorder, ConfigurationRecorderStatus, DeliveryChannel,
    DeliveryChannelStatus,
};
use standfast_inventory::Scope;
use standfast_inventory::tables::config::{
    ConfigConfigurationAggregator, ConfigConfigurationRecorder, ConfigConfigurationRecorderStatus,
    ConfigConformancePack, ConfigDeliveryChannel, ConfigDeliveryChannelStatus, ConfigRetentionConfiguration,
    ConfigRule,
};

use super::Collector;
use crate::Cell;
use crate::cell::client;
use crate::parse;

pub(super) const COLLECTOR: Collector = Collector {
    service: "config",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let config = client!(cell, aws_sdk_config);
    futures::join!(
        read_recorders(cell, &config),
        read_channels(cell, &config),
        read_rules(cell, &config),
        read_aggregators(cell, &config),
    );
}

async fn read_recorders(cell: &Cell, config: &aws_sdk_config::Client) {
    let recorders = cell.call(
        "config:DescribeConfigurationRecorders",
        None,
        config.describe_configuration_recorders().send(),
    );
    let statuses = cell.call(
        "config:DescribeConfigurationRecorderStatus",
        None,
        config.describe_configuration_recorder_status().send(),
    );
    let (recorders, statuses) = futures::join!(recorders, statuses);
    for recorder in recorders
        .and_then(|reply| reply.configuration_recorders)
        .unwrap_or_default()
    {
        cell.row(&recorder_row(cell, recorder));
    }
    for status in statuses
        .and_then(|reply| reply.configuration_recorders_status)
        .unwrap_or_default()
    {
        cell.row(&recorder_status_row(status));
    }
}

async fn read_channels(cell: &Cell, config: &aws_sdk_config::Client) {
    let channels = cell.call(
        "config:DescribeDeliveryChannels",
        None,
        config.describe_delivery_channels().send(),
    );
    let statuses = cell.call(
        "config:DescribeDeliveryChannelStatus",
        None,
        config.describe_delivery_channel_status().send(),
    );
    let (channels, statuses) = futures::join!(channels, statuses);
    for channel in channels.and_then(|reply| reply.delivery_channels).unwrap_or_default() {
        cell.row(&channel_row(cell, channel));
    }
    for status in statuses
        .and_then(|reply| reply.delivery_channels_status)
        .unwrap_or_default()
    {
        cell.row(&channel_status_row(status));
    }
}

async fn read_rules(cell: &Cell, config: &aws_sdk_config::Client) {
    let rules = cell.pages(
        "config:DescribeConfigRules",
        None,
        config.describe_config_rules().into_paginator().send(),
        |page| {
            for rule in page.config_rules.unwrap_or_default() {
                if let Some(row) = rule_row(rule) {
                    cell.row(&row);
                }
            }
        },
    );
    let packs = cell.pages(
        "config:DescribeConformancePacks",
        None,
        config.describe_conformance_packs().limit(20).into_paginator().send(),
        |page| {
            for pack in page.conformance_pack_details.unwrap_or_default() {
                cell.row(&ConfigConformancePack {
                    arn: pack.conformance_pack_arn,
                    name: pack.conformance_pack_name,
                    created_by: pack.created_by,
                    last_update_requested_time: parse::maybe_timestamp(pack.last_update_requested_time.as_ref()),
                });
            }
        },
    );
    futures::join!(rules, packs);
}

async fn read_aggregators(cell: &Cell, config: &aws_sdk_config::Client) {
    let aggregators = cell.pages(
        "config:DescribeConfigurationAggregators",
        None,
        config
            .describe_configuration_aggregators()
            .limit(100)
            .into_paginator()
            .send(),
        |page| {
            for aggregator in page.configuration_aggregators.unwrap_or_default() {
                if let Some(row) = aggregator_row(aggregator) {
                    cell.row(&row);
                }
            }
        },
    );
    let retention = cell.pages(
        "config:DescribeRetentionConfigurations",
        None,
        config.describe_retention_configurations().into_paginator().send(),
        |page| {
            for retention in page.retention_configurations.unwrap_or_default() {
                cell.row(&ConfigRetentionConfiguration {
                    name: retention.name,
                    retention_period_in_days: i64::from(retention.retention_period_in_days),
                });
            }
        },
    );
    futures::join!(aggregators, retention);
}

fn named_arn(cell: &Cell, kind: &str, name: &str) -> String {
    format!(
        "arn:{}:config:{}:{}:{kind}/{name}",
        cell.partition(),
        cell.region(),
        cell.account_id()
    )
}

fn recorder_row(cell: &Cell, recorder: ConfigurationRecorder) -> ConfigConfigurationRecorder {
    let name = recorder.name.unwrap_or_default();
    let group = recorder.recording_group;
    let types = |types: Option<Vec<aws_sdk_config::types::ResourceType>>| {
        sorted(types.unwrap_or_default().iter().map(|word| word.as_str().to_owned()))
    };
    ConfigConfigurationRecorder {
        arn: recorder
            .arn
            .unwrap_or_else(|| named_arn(cell, "configuration-recorder", &name)),
        name,
        role_arn: recorder.role_arn,
        all_supported: group.as_ref().is_some_and(|group| group.all_supported),
        include_global_resource_types: group.as_ref().is_some_and(|group| group.include_global_resource_types),
        recording_strategy: group
            .as_ref()
            .and_then(|group| group.recording_strategy.as_ref()?.use_only.as_ref())
            .map(|strategy| strategy.as_str().to_owned()),
        resource_types: types(group.as_ref().and_then(|group| group.resource_types.clone())),
        excluded_resource_types: types(group.and_then(|group| {
            group
                .exclusion_by_resource_types
                .and_then(|exclusion| exclusion.resource_types)
        })),
        recording_frequency: recorder
            .recording_mode
            .map(|mode| mode.recording_frequency.as_str().to_owned()),
        service_principal: recorder.service_principal,
    }
}

fn recorder_status_row(status: ConfigurationRecorderStatus) -> ConfigConfigurationRecorderStatus {
    ConfigConfigurationRecorderStatus {
        recorder_name: status.name.unwrap_or_default(),
        recording: status.recording,
        last_status: status.last_status.map(|word| word.as_str().to_owned()),
        last_error_code: status.last_error_code,
        last_error_message: status.last_error_message,
        last_start_time: parse::maybe_timestamp(status.last_start_time.as_ref()),
        last_stop_time: parse::maybe_timestamp(status.last_stop_time.as_ref()),
    }
}

fn channel_row(cell: &Cell, channel: DeliveryChannel) -> ConfigDeliveryChannel {
    let name = channel.name.unwrap_or_default();
    ConfigDeliveryChannel {
        arn: named_arn(cell, "delivery-channel", &name),
        name,
        s3_bucket_name: channel.s3_bucket_name,
        s3_key_prefix: channel.s3_key_prefix,
        s3_kms_key_arn: channel.s3_kms_key_arn,
        sns_topic_arn: channel.sns_topic_arn,
        delivery_frequency: channel
            .config_snapshot_delivery_properties
            .and_then(|properties| properties.delivery_frequency)
            .map(|word| word.as_str().to_owned()),
    }
}

fn channel_status_row(status: DeliveryChannelStatus) -> ConfigDeliveryChannelStatus {
    let history = status.config_history_delivery_info;
    let snapshot = status.config_snapshot_delivery_info;
    let stream = status.config_stream_delivery_info;
    ConfigDeliveryChannelStatus {
        channel_name: status.name.unwrap_or_default(),
        history_last_status: history
            .as_ref()
            .and_then(|info| info.last_status.as_ref())
            .map(|word| word.as_str().to_owned()),
        history_last_error_code: history.as_ref().and_then(|info| info.last_error_code.clone()),
        history_last_successful_time: parse::maybe_timestamp(
            history.as_ref().and_then(|info| info.last_successful_time.as_ref()),
        ),
        snapshot_last_status: snapshot
            .as_ref()
            .and_then(|info| info.last_status.as_ref())
            .map(|word| word.as_str().to_owned()),
        snapshot_last_error_code: snapshot.and_then(|info| info.last_error_code),
        stream_last_status: stream
            .as_ref()
            .and_then(|info| info.last_status.as_ref())
            .map(|word| word.as_str().to_owned()),
        stream_last_error_code: stream.and_then(|info| info.last_error_code),
    }
}

fn rule_row(rule: Rule) -> Option<ConfigRule> {
    Some(ConfigRule {
        arn: rule.config_rule_arn?,
        name: rule.config_rule_name.unwrap_or_default(),
        rule_id: rule.config_rule_id,
        rule_state: rule.config_rule_state.map(|state| state.as_str().to_owned()),
        source_owner: rule.source.as_ref().map(|source| source.owner.as_str().to_owned()),
        source_identifier: rule.source.and_then(|source| source.source_identifier),
        input_parameters: rule.input_parameters.map(|text| parse::policy(&text)),
        maximum_execution_frequency: rule
            .maximum_execution_frequency
            .map(|frequency| frequency.as_str().to_owned()),
        created_by: rule.created_by,
        description: rule.description,
    })
}

fn aggregator_row(aggregator: ConfigurationAggregator) -> Option<ConfigConfigurationAggregator> {
    let organization = aggregator.organization_aggregation_source;
    let accounts = aggregator.account_aggregation_sources.unwrap_or_default();
    let all_aws_regions = match &organization {
        Some(source) => source.all_aws_regions,
        None => !accounts.is_empty() && accounts.iter().all(|source| source.all_aws_regions),
    };
    let regions = accounts
        .iter()
        .flat_map(|source| source.aws_regions.clone().unwrap_or_default())
        .chain(
            organization
                .as_ref()
                .and_then(|source| source.aws_regions.clone())
                .unwrap_or_default(),
        );
    Some(ConfigConfigurationAggregator {
        arn: aggregator.configuration_aggregator_arn?,
        name: aggregator.configuration_aggregator_name.unwrap_or_default(),
        is_organization: organization.is_some(),
        all_aws_regions,
        aws_regions: sorted(regions),
        account_ids: sorted(accounts.iter().flat_map(|source| source.account_ids.clone())),
        created_by: aggregator.created_by,
    })
}

fn sorted(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.collect();
    words.sort();
    words.dedup();
    words
}

#[cfg(test)]
mod tests;
