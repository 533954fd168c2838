//! Amazon Relational Database Service.

use serde_json::Value;
use standfast_inventory::tables::rds::{
    RdsDbCluster, RdsDbClusterSnapshot, RdsDbClusterSnapshotAttribute, RdsDbEventSubscription, RdsDbInstance,
    RdsDbSnapshot, RdsDbSnapshotAttribute,
};
use standfast_inventory::{Row, Scope};

use super::Kind;
use crate::import::item::{Fields, Found, Item};
use crate::import::places::Place;

pub(super) const INSTANCE: Kind = Kind {
    name: "AWS::RDS::DBInstance",
    scope: Scope::Region,
    tables: &[RdsDbInstance::TABLE],
    write: instance,
};

pub(super) const CLUSTER: Kind = Kind {
    name: "AWS::RDS::DBCluster",
    scope: Scope::Region,
    tables: &[RdsDbCluster::TABLE],
    write: cluster,
};

pub(super) const SNAPSHOT: Kind = Kind {
    name: "AWS::RDS::DBSnapshot",
    scope: Scope::Region,
    tables: &[RdsDbSnapshot::TABLE, RdsDbSnapshotAttribute::TABLE],
    write: snapshot,
};

pub(super) const CLUSTER_SNAPSHOT: Kind = Kind {
    name: "AWS::RDS::DBClusterSnapshot",
    scope: Scope::Region,
    tables: &[RdsDbClusterSnapshot::TABLE, RdsDbClusterSnapshotAttribute::TABLE],
    write: cluster_snapshot,
};

pub(super) const EVENT_SUBSCRIPTION: Kind = Kind {
    name: "AWS::RDS::EventSubscription",
    scope: Scope::Region,
    tables: &[RdsDbEventSubscription::TABLE],
    write: event_subscription,
};

fn instance(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    place.row(&RdsDbInstance {
        arn: fields.need_text("dBInstanceArn")?,
        db_instance_identifier: fields.need_text("dBInstanceIdentifier")?,
        status: fields.word("dBInstanceStatus"),
        engine: fields.need_text("engine")?,
        engine_version: fields.text("engineVersion"),
        class: fields.text("dBInstanceClass"),
        db_cluster_identifier: fields.text("dBClusterIdentifier"),
        publicly_accessible: fields.need_flag("publiclyAccessible")?,
        storage_encrypted: fields.need_flag("storageEncrypted")?,
        kms_key_id: fields.text("kmsKeyId"),
        multi_az: fields.need_flag("multiAZ")?,
        auto_minor_version_upgrade: fields.need_flag("autoMinorVersionUpgrade")?,
        backup_retention_period: fields.need_number("backupRetentionPeriod")?,
        deletion_protection: fields.need_flag("deletionProtection")?,
        iam_database_authentication_enabled: fields.need_flag("iAMDatabaseAuthenticationEnabled")?,
        copy_tags_to_snapshot: fields.need_flag("copyTagsToSnapshot")?,
        enhanced_monitoring_interval: fields.number("monitoringInterval").unwrap_or(0),
        master_user_name: fields.text("masterUsername"),
        master_user_secret_arn: None,
        port: fields
            .number("endpoint.port")
            .or_else(|| fields.number("dbInstancePort").filter(|port| *port > 0)),
        enabled_cloudwatch_logs_exports: fields.texts("enabledCloudwatchLogsExports"),
        db_parameter_groups: fields.texts_of("dBParameterGroups", "dBParameterGroupName"),
        ca_certificate_identifier: fields.text("cACertificateIdentifier"),
        read_replica_source_db_instance_identifier: fields.text("readReplicaSourceDBInstanceIdentifier"),
        vpc_id: fields.text("dBSubnetGroup.vpcId"),
        subnet_ids: fields.texts_of("dBSubnetGroup.subnets", "subnetIdentifier"),
        vpc_security_group_ids: fields.texts_of("vpcSecurityGroups", "vpcSecurityGroupId"),
        create_time: fields.moment("instanceCreateTime")?,
        tags: item.tags(),
    });
    Ok(())
}

fn cluster(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    place.row(&RdsDbCluster {
        arn: fields.need_text("dbclusterArn")?,
        db_cluster_identifier: fields.need_text("dbclusterIdentifier")?,
        status: fields.word("status"),
        engine: fields.need_text("engine")?,
        engine_mode: fields.text("engineMode"),
        engine_version: fields.text("engineVersion"),
        storage_encrypted: fields.need_flag("storageEncrypted")?,
        kms_key_id: fields.text("kmsKeyId"),
        multi_az: fields.need_flag("multiAZ")?,
        auto_minor_version_upgrade: fields.flag("autoMinorVersionUpgrade"),
        backup_retention_period: fields.need_number("backupRetentionPeriod")?,
        deletion_protection: fields.need_flag("deletionProtection")?,
        iam_database_authentication_enabled: fields.need_flag("iamdatabaseAuthenticationEnabled")?,
        copy_tags_to_snapshot: fields.need_flag("copyTagsToSnapshot")?,
        backtrack_window: fields.number("backtrackWindow"),
        master_user_name: fields.text("masterUsername"),
        master_user_secret_arn: None,
        port: fields.number("port"),
        enabled_cloudwatch_logs_exports: fields.texts("enabledCloudwatchLogsExports"),
        db_cluster_parameter_group: fields.text("dbclusterParameterGroup"),
        publicly_accessible: fields.flag("publiclyAccessible"),
        create_time: fields.moment("clusterCreateTime")?,
        tags: item.tags(),
    });
    Ok(())
}

fn snapshot(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let arn = fields.need_text("dBSnapshotArn")?;
    let kind = fields.need_text("snapshotType")?;
    place.row(&RdsDbSnapshot {
        arn: arn.clone(),
        db_snapshot_identifier: fields.need_text("dBSnapshotIdentifier")?,
        db_instance_identifier: fields.text("dBInstanceIdentifier"),
        r#type: kind.clone(),
        status: fields.word("status"),
        engine: fields.text("engine"),
        encrypted: fields.need_flag("encrypted")?,
        kms_key_id: fields.text("kmsKeyId"),
        create_time: fields.moment("snapshotCreateTime")?,
    });
    if kind == "manual" {
        match shared_with(item, "DBSnapshotAttributes") {
            Some(restore_account_ids) => place.row(&RdsDbSnapshotAttribute {
                arn,
                restore_account_ids,
            }),
            None => place.lacks(RdsDbSnapshotAttribute::TABLE, &arn, "`DBSnapshotAttributes`"),
        }
    }
    Ok(())
}

fn cluster_snapshot(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let arn = fields.need_text("dbclusterSnapshotArn")?;
    let kind = fields.need_text("snapshotType")?;
    place.row(&RdsDbClusterSnapshot {
        arn: arn.clone(),
        db_cluster_snapshot_identifier: fields.need_text("dbclusterSnapshotIdentifier")?,
        db_cluster_identifier: fields.text("dbclusterIdentifier"),
        r#type: kind.clone(),
        status: fields.word("status"),
        engine: fields.text("engine"),
        storage_encrypted: fields.need_flag("storageEncrypted")?,
        kms_key_id: fields.text("kmsKeyId"),
        create_time: fields.moment("snapshotCreateTime")?,
    });
    if kind == "manual" {
        match shared_with(item, "DBClusterSnapshotAttributes") {
            Some(restore_account_ids) => place.row(&RdsDbClusterSnapshotAttribute {
                arn,
                restore_account_ids,
            }),
            None => place.lacks(
                RdsDbClusterSnapshotAttribute::TABLE,
                &arn,
                "`DBClusterSnapshotAttributes`",
            ),
        }
    }
    Ok(())
}

/// Account ids that may restore a snapshot; None where the item does not say.
fn shared_with(item: &Item, part: &str) -> Option<Vec<String>> {
    let attributes = item.supplement(part)?.as_array()?;
    attributes
        .iter()
        .map(Fields)
        .find(|one| one.text("attributeName").as_deref() == Some("restore"))
        .filter(|restore| matches!(restore.get("attributeValues"), Some(Value::Array(_))))
        .map(|restore| restore.texts("attributeValues"))
}

fn event_subscription(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    place.row(&RdsDbEventSubscription {
        arn: fields.need_text("eventSubscriptionArn")?,
        cust_subscription_id: fields.need_text("custSubscriptionId")?,
        enabled: fields.need_flag("enabled")?,
        status: fields.word("status"),
        source_type: fields.text("sourceType"),
        source_ids: fields.texts("sourceIdsList"),
        event_categories: fields.texts("eventCategoriesList"),
        sns_topic_arn: fields.text("snsTopicArn"),
    });
    Ok(())
}
