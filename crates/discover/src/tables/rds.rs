//! Amazon Relational Database Service.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_rds::types::{
    DbCluster, DbClusterSnapshot, DbInstance, DbProxy, DbSnapshot, EventSubscription, Filter, Parameter, Tag,
};
use futures::join;
use standfast_inventory::tables::rds::{
    RdsDbCluster, RdsDbClusterParameter, RdsDbClusterSnapshot, RdsDbClusterSnapshotAttribute, RdsDbEventSubscription,
    RdsDbInstance, RdsDbParameter, RdsDbProxy, RdsDbSnapshot, RdsDbSnapshotAttribute,
};
use standfast_inventory::{Json, Scope};

use super::Collector;
use crate::cell::client;
use crate::parse;
use crate::{Answer, Cell};

pub(super) const COLLECTOR: Collector = Collector {
    service: "rds",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

/// A parameter group can go away between the two calls.
const NO_GROUP: &[&str] = &["DBParameterGroupNotFound", "DBParameterGroupNotFoundFault"];

async fn collect(cell: &Cell) {
    let rds = client!(cell, aws_sdk_rds);
    join!(
        read_instances(cell, &rds),
        read_clusters(cell, &rds),
        read_snapshots(cell, &rds),
        read_cluster_snapshots(cell, &rds),
        read_subscriptions(cell, &rds),
        read_proxies(cell, &rds),
    );
}

/// The parameters that force TLS or turn auditing on, by engine.
fn security_parameters(engine: &str) -> &'static [&'static str] {
    match engine {
        "aurora-mysql" => &["require_secure_transport", "server_audit_logging"],
        "mysql" | "mariadb" => &["require_secure_transport"],
        "postgres" | "aurora-postgresql" => &["rds.force_ssl"],
        engine if engine.starts_with("sqlserver-") => &["rds.force_ssl"],
        _ => &[],
    }
}

async fn read_instances(cell: &Cell, rds: &aws_sdk_rds::Client) {
    let mut groups: BTreeMap<String, &[&str]> = BTreeMap::new();
    let pages = rds.describe_db_instances().max_records(100).into_paginator().send();
    cell.pages("rds:DescribeDBInstances", None, pages, |page| {
        for row in page
            .db_instances
            .unwrap_or_default()
            .into_iter()
            .filter_map(instance_row)
        {
            cell.row(&row);
            let names = security_parameters(&row.engine);
            // In a cluster the cluster's group decides.
            if row.db_cluster_identifier.is_none() && !names.is_empty() {
                groups.extend(row.db_parameter_groups.into_iter().map(|group| (group, names)));
            }
        }
    })
    .await;
    cell.each(groups, async |(group, names)| {
        read_parameters(cell, rds, &group, names).await;
    })
    .await;
}

async fn read_parameters(cell: &Cell, rds: &aws_sdk_rds::Client, group: &str, names: &[&str]) {
    let mut marker = None;
    loop {
        let request = rds
            .describe_db_parameters()
            .db_parameter_group_name(group)
            .filters(named(names))
            .set_marker(marker)
            .send();
        let Answer::Got(reply) = cell.ask("rds:DescribeDBParameters", None, NO_GROUP, request).await else {
            return;
        };
        for parameter in reply.parameters.unwrap_or_default() {
            let Some((parameter_name, parameter_value, source)) = wanted(parameter, names) else {
                continue;
            };
            cell.row(&RdsDbParameter {
                db_parameter_group_name: group.to_owned(),
                parameter_name,
                parameter_value,
                source,
            });
        }
        marker = reply.marker.filter(|marker| !marker.is_empty());
        if marker.is_none() {
            return;
        }
    }
}

async fn read_clusters(cell: &Cell, rds: &aws_sdk_rds::Client) {
    let mut groups: BTreeMap<String, &[&str]> = BTreeMap::new();
    let pages = rds.describe_db_clusters().max_records(100).into_paginator().send();
    cell.pages("rds:DescribeDBClusters", None, pages, |page| {
        for row in page.db_clusters.unwrap_or_default().into_iter().filter_map(cluster_row) {
            cell.row(&row);
            let names = security_parameters(&row.engine);
            if !names.is_empty() {
                groups.extend(row.db_cluster_parameter_group.map(|group| (group, names)));
            }
        }
    })
    .await;
    cell.each(groups, async |(group, names)| {
        read_cluster_parameters(cell, rds, &group, names).await;
    })
    .await;
}

async fn read_cluster_parameters(cell: &Cell, rds: &aws_sdk_rds::Client, group: &str, names: &[&str]) {
    let mut marker = None;
    loop {
        let request = rds
            .describe_db_cluster_parameters()
            .db_cluster_parameter_group_name(group)
            .filters(named(names))
            .set_marker(marker)
            .send();
        let Answer::Got(reply) = cell
            .ask("rds:DescribeDBClusterParameters", None, NO_GROUP, request)
            .await
        else {
            return;
        };
        for parameter in reply.parameters.unwrap_or_default() {
            let Some((parameter_name, parameter_value, source)) = wanted(parameter, names) else {
                continue;
            };
            cell.row(&RdsDbClusterParameter {
                db_cluster_parameter_group_name: group.to_owned(),
                parameter_name,
                parameter_value,
                source,
            });
        }
        marker = reply.marker.filter(|marker| !marker.is_empty());
        if marker.is_none() {
            return;
        }
    }
}

async fn read_snapshots(cell: &Cell, rds: &aws_sdk_rds::Client) {
    let mut manual = Vec::new();
    let pages = rds.describe_db_snapshots().max_records(100).into_paginator().send();
    cell.pages("rds:DescribeDBSnapshots", None, pages, |page| {
        for row in page
            .db_snapshots
            .unwrap_or_default()
            .into_iter()
            .filter_map(snapshot_row)
        {
            cell.row(&row);
            if can_be_shared(&row.r#type, row.status.as_deref()) {
                manual.push((row.arn, row.db_snapshot_identifier));
            }
        }
    })
    .await;
    cell.each(&manual, async |(arn, id)| {
        let request = rds.describe_db_snapshot_attributes().db_snapshot_identifier(id).send();
        let reply = cell.call("rds:DescribeDBSnapshotAttributes", Some(arn), request).await;
        if let Some(attributes) = reply.and_then(|reply| reply.db_snapshot_attributes_result) {
            let attributes = attributes.db_snapshot_attributes.unwrap_or_default();
            let pairs = attributes
                .into_iter()
                .map(|attribute| (attribute.attribute_name, attribute.attribute_values));
            cell.row(&RdsDbSnapshotAttribute {
                arn: arn.clone(),
                restore_account_ids: restore_account_ids(pairs),
            });
        }
    })
    .await;
}

async fn read_cluster_snapshots(cell: &Cell, rds: &aws_sdk_rds::Client) {
    let mut manual = Vec::new();
    let pages = rds
        .describe_db_cluster_snapshots()
        .max_records(100)
        .into_paginator()
        .send();
    cell.pages("rds:DescribeDBClusterSnapshots", None, pages, |page| {
        for row in page
            .db_cluster_snapshots
            .unwrap_or_default()
            .into_iter()
            .filter_map(cluster_snapshot_row)
        {
            cell.row(&row);
            if can_be_shared(&row.r#type, row.status.as_deref()) {
                manual.push((row.arn, row.db_cluster_snapshot_identifier));
            }
        }
    })
    .await;
    cell.each(&manual, async |(arn, id)| {
        let request = rds
            .describe_db_cluster_snapshot_attributes()
            .db_cluster_snapshot_identifier(id)
            .send();
        let reply = cell
            .call("rds:DescribeDBClusterSnapshotAttributes", Some(arn), request)
            .await;
        if let Some(attributes) = reply.and_then(|reply| reply.db_cluster_snapshot_attributes_result) {
            let attributes = attributes.db_cluster_snapshot_attributes.unwrap_or_default();
            let pairs = attributes
                .into_iter()
                .map(|attribute| (attribute.attribute_name, attribute.attribute_values));
            cell.row(&RdsDbClusterSnapshotAttribute {
                arn: arn.clone(),
                restore_account_ids: restore_account_ids(pairs),
            });
        }
    })
    .await;
}

async fn read_subscriptions(cell: &Cell, rds: &aws_sdk_rds::Client) {
    let pages = rds
        .describe_event_subscriptions()
        .max_records(100)
        .into_paginator()
        .send();
    cell.pages("rds:DescribeEventSubscriptions", None, pages, |page| {
        let subscriptions = page.event_subscriptions_list.unwrap_or_default();
        for row in subscriptions.into_iter().filter_map(subscription_row) {
            cell.row(&row);
        }
    })
    .await;
}

async fn read_proxies(cell: &Cell, rds: &aws_sdk_rds::Client) {
    let pages = rds.describe_db_proxies().max_records(100).into_paginator().send();
    cell.pages("rds:DescribeDBProxies", None, pages, |page| {
        for row in page.db_proxies.unwrap_or_default().into_iter().filter_map(proxy_row) {
            cell.row(&row);
        }
    })
    .await;
}

fn named(names: &[&str]) -> Filter {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    Filter::builder().name("parameter-name").set_values(Some(names)).build()
}

/// Name, value and source of a parameter that was asked for; older endpoints send all, whatever the filter.
fn wanted(parameter: Parameter, names: &[&str]) -> Option<(String, Option<String>, Option<String>)> {
    let name = parameter.parameter_name.filter(|name| names.contains(&name.as_str()))?;
    Some((name, parameter.parameter_value, parameter.source))
}

/// Automatic snapshots and those of AWS Backup cannot be shared, and one in the making has no attributes yet.
fn can_be_shared(kind: &str, status: Option<&str>) -> bool {
    kind == "manual" && status == Some("available")
}

fn restore_account_ids(attributes: impl Iterator<Item = (Option<String>, Option<Vec<String>>)>) -> Vec<String> {
    let ids: BTreeSet<String> = attributes
        .filter(|(name, _)| name.as_deref() == Some("restore"))
        .flat_map(|(_, values)| values.unwrap_or_default())
        .collect();
    ids.into_iter().collect()
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words
}

fn tags(tags: Option<&[Tag]>) -> Json {
    parse::tags(tags.unwrap_or_default().iter().map(|tag| (tag.key(), tag.value())))
}

fn instance_row(instance: DbInstance) -> Option<RdsDbInstance> {
    let groups = instance.db_parameter_groups.unwrap_or_default();
    let subnets = instance
        .db_subnet_group
        .as_ref()
        .and_then(|group| group.subnets.clone())
        .unwrap_or_default();
    // Until the endpoint is there, the port is the one that was asked for.
    let port = instance
        .endpoint
        .and_then(|endpoint| endpoint.port)
        .or(instance.db_instance_port);
    Some(RdsDbInstance {
        arn: instance.db_instance_arn?,
        db_instance_identifier: instance.db_instance_identifier?,
        status: instance.db_instance_status,
        engine: instance.engine?,
        engine_version: instance.engine_version,
        class: instance.db_instance_class,
        db_cluster_identifier: instance.db_cluster_identifier.filter(|id| !id.is_empty()),
        publicly_accessible: instance.publicly_accessible.unwrap_or_default(),
        storage_encrypted: instance.storage_encrypted.unwrap_or_default(),
        kms_key_id: instance.kms_key_id,
        multi_az: instance.multi_az.unwrap_or_default(),
        auto_minor_version_upgrade: instance.auto_minor_version_upgrade.unwrap_or_default(),
        backup_retention_period: instance.backup_retention_period.unwrap_or_default().into(),
        deletion_protection: instance.deletion_protection.unwrap_or_default(),
        iam_database_authentication_enabled: instance.iam_database_authentication_enabled.unwrap_or_default(),
        copy_tags_to_snapshot: instance.copy_tags_to_snapshot.unwrap_or_default(),
        enhanced_monitoring_interval: instance.monitoring_interval.unwrap_or_default().into(),
        master_user_name: instance.master_username,
        master_user_secret_arn: instance.master_user_secret.and_then(|secret| secret.secret_arn),
        port: port.filter(|port| *port > 0).map(i64::from),
        enabled_cloudwatch_logs_exports: sorted(instance.enabled_cloudwatch_logs_exports.unwrap_or_default()),
        db_parameter_groups: groups
            .into_iter()
            .filter_map(|group| group.db_parameter_group_name)
            .collect(),
        ca_certificate_identifier: instance.ca_certificate_identifier,
        read_replica_source_db_instance_identifier: instance
            .read_replica_source_db_instance_identifier
            .filter(|id| !id.is_empty()),
        vpc_id: instance.db_subnet_group.and_then(|group| group.vpc_id),
        subnet_ids: sorted(
            subnets
                .into_iter()
                .filter_map(|subnet| subnet.subnet_identifier)
                .collect(),
        ),
        vpc_security_group_ids: sorted(
            instance
                .vpc_security_groups
                .unwrap_or_default()
                .into_iter()
                .filter_map(|group| group.vpc_security_group_id)
                .collect(),
        ),
        create_time: parse::maybe_timestamp(instance.instance_create_time.as_ref()),
        tags: tags(instance.tag_list.as_deref()),
    })
}

fn cluster_row(cluster: DbCluster) -> Option<RdsDbCluster> {
    Some(RdsDbCluster {
        arn: cluster.db_cluster_arn?,
        db_cluster_identifier: cluster.db_cluster_identifier?,
        status: cluster.status,
        engine: cluster.engine?,
        engine_mode: cluster.engine_mode,
        engine_version: cluster.engine_version,
        storage_encrypted: cluster.storage_encrypted.unwrap_or_default(),
        kms_key_id: cluster.kms_key_id,
        multi_az: cluster.multi_az.unwrap_or_default(),
        auto_minor_version_upgrade: cluster.auto_minor_version_upgrade,
        backup_retention_period: cluster.backup_retention_period.unwrap_or_default().into(),
        deletion_protection: cluster.deletion_protection.unwrap_or_default(),
        iam_database_authentication_enabled: cluster.iam_database_authentication_enabled.unwrap_or_default(),
        copy_tags_to_snapshot: cluster.copy_tags_to_snapshot.unwrap_or_default(),
        backtrack_window: cluster.backtrack_window,
        master_user_name: cluster.master_username,
        master_user_secret_arn: cluster.master_user_secret.and_then(|secret| secret.secret_arn),
        port: cluster.port.map(i64::from),
        enabled_cloudwatch_logs_exports: sorted(cluster.enabled_cloudwatch_logs_exports.unwrap_or_default()),
        db_cluster_parameter_group: cluster.db_cluster_parameter_group,
        publicly_accessible: cluster.publicly_accessible,
        create_time: parse::maybe_timestamp(cluster.cluster_create_time.as_ref()),
        tags: tags(cluster.tag_list.as_deref()),
    })
}

fn snapshot_row(snapshot: DbSnapshot) -> Option<RdsDbSnapshot> {
    Some(RdsDbSnapshot {
        arn: snapshot.db_snapshot_arn?,
        db_snapshot_identifier: snapshot.db_snapshot_identifier?,
        db_instance_identifier: snapshot.db_instance_identifier,
        r#type: snapshot.snapshot_type.unwrap_or_default(),
        status: snapshot.status,
        engine: snapshot.engine,
        encrypted: snapshot.encrypted.unwrap_or_default(),
        kms_key_id: snapshot.kms_key_id,
        create_time: parse::maybe_timestamp(snapshot.snapshot_create_time.as_ref()),
    })
}

fn cluster_snapshot_row(snapshot: DbClusterSnapshot) -> Option<RdsDbClusterSnapshot> {
    Some(RdsDbClusterSnapshot {
        arn: snapshot.db_cluster_snapshot_arn?,
        db_cluster_snapshot_identifier: snapshot.db_cluster_snapshot_identifier?,
        db_cluster_identifier: snapshot.db_cluster_identifier,
        r#type: snapshot.snapshot_type.unwrap_or_default(),
        status: snapshot.status,
        engine: snapshot.engine,
        storage_encrypted: snapshot.storage_encrypted.unwrap_or_default(),
        kms_key_id: snapshot.kms_key_id,
        create_time: parse::maybe_timestamp(snapshot.snapshot_create_time.as_ref()),
    })
}

fn subscription_row(subscription: EventSubscription) -> Option<RdsDbEventSubscription> {
    Some(RdsDbEventSubscription {
        arn: subscription.event_subscription_arn?,
        cust_subscription_id: subscription.cust_subscription_id?,
        enabled: subscription.enabled.unwrap_or_default(),
        status: subscription.status,
        source_type: subscription.source_type,
        source_ids: sorted(subscription.source_ids_list.unwrap_or_default()),
        event_categories: sorted(subscription.event_categories_list.unwrap_or_default()),
        sns_topic_arn: subscription.sns_topic_arn,
    })
}

fn proxy_row(proxy: DbProxy) -> Option<RdsDbProxy> {
    Some(RdsDbProxy {
        arn: proxy.db_proxy_arn?,
        db_proxy_name: proxy.db_proxy_name?,
        engine_family: proxy.engine_family,
        require_tls: proxy.require_tls.unwrap_or_default(),
        debug_logging: proxy.debug_logging.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests;
