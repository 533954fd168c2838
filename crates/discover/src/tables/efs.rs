//! Amazon Elastic File System.

use aws_sdk_efs::types::{AccessPointDescription, FileSystemDescription};
use futures::join;
use standfast_inventory::Scope;
use standfast_inventory::tables::efs::{
    EfsAccessPoint, EfsBackupPolicy, EfsFileSystem, EfsFileSystemPolicy, EfsMountTarget,
};

use super::Collector;
use crate::cell::client;
use crate::parse;
use crate::{Answer, Cell};

pub(super) const COLLECTOR: Collector = Collector {
    service: "efs",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let efs = client!(cell, aws_sdk_efs);
    join!(read_file_systems(cell, &efs), read_access_points(cell, &efs));
}

async fn read_file_systems(cell: &Cell, efs: &aws_sdk_efs::Client) {
    let mut file_systems = Vec::new();
    let pages = efs.describe_file_systems().max_items(100).into_paginator().send();
    cell.pages("efs:DescribeFileSystems", None, pages, |page| {
        for file_system in page.file_systems.unwrap_or_default() {
            let row = file_system_row(cell, file_system);
            cell.row(&row);
            file_systems.push((row.arn, row.file_system_id, row.number_of_mount_targets > 0));
        }
    })
    .await;
    cell.each(&file_systems, async |(arn, id, mountable)| {
        // Without a mount target nobody reaches the file system: there is no target to list, and its policy decides nothing.
        if *mountable {
            join!(
                read_backup_policy(cell, efs, arn, id),
                read_policy(cell, efs, arn, id),
                read_mount_targets(cell, efs, arn, id),
            );
        } else {
            read_backup_policy(cell, efs, arn, id).await;
        }
    })
    .await;
}

async fn read_policy(cell: &Cell, efs: &aws_sdk_efs::Client, arn: &str, id: &str) {
    let request = efs.describe_file_system_policy().file_system_id(id).send();
    let answer = cell
        .ask("efs:DescribeFileSystemPolicy", Some(arn), &["PolicyNotFound"], request)
        .await;
    if let Answer::Got(reply) = answer
        && let Some(text) = reply.policy
    {
        cell.row(&EfsFileSystemPolicy {
            arn: arn.to_owned(),
            policy: parse::policy(&text),
        });
    }
}

async fn read_backup_policy(cell: &Cell, efs: &aws_sdk_efs::Client, arn: &str, id: &str) {
    let request = efs.describe_backup_policy().file_system_id(id).send();
    let answer = cell
        .ask("efs:DescribeBackupPolicy", Some(arn), &["PolicyNotFound"], request)
        .await;
    if let Answer::Got(reply) = answer
        && let Some(policy) = reply.backup_policy
    {
        cell.row(&EfsBackupPolicy {
            arn: arn.to_owned(),
            status: policy.status.as_str().to_owned(),
        });
    }
}

async fn read_mount_targets(cell: &Cell, efs: &aws_sdk_efs::Client, arn: &str, id: &str) {
    let pages = efs
        .describe_mount_targets()
        .file_system_id(id)
        .max_items(100)
        .into_paginator()
        .send();
    cell.pages("efs:DescribeMountTargets", Some(arn), pages, |page| {
        for target in page.mount_targets.unwrap_or_default() {
            cell.row(&EfsMountTarget {
                mount_target_id: target.mount_target_id,
                file_system_arn: arn.to_owned(),
                subnet_id: target.subnet_id,
                vpc_id: target.vpc_id,
            });
        }
    })
    .await;
}

async fn read_access_points(cell: &Cell, efs: &aws_sdk_efs::Client) {
    let pages = efs.describe_access_points().max_results(100).into_paginator().send();
    cell.pages("efs:DescribeAccessPoints", None, pages, |page| {
        for point in page.access_points.unwrap_or_default() {
            if let Some(row) = access_point_row(point) {
                cell.row(&row);
            }
        }
    })
    .await;
}

fn file_system_row(cell: &Cell, file_system: FileSystemDescription) -> EfsFileSystem {
    let id = file_system.file_system_id;
    let (partition, region, account) = (cell.partition(), cell.region(), cell.account_id());
    EfsFileSystem {
        arn: file_system
            .file_system_arn
            .unwrap_or_else(|| format!("arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{id}")),
        name: file_system.name,
        life_cycle_state: file_system.life_cycle_state.as_str().to_owned(),
        encrypted: file_system.encrypted.unwrap_or_default(),
        kms_key_id: file_system.kms_key_id,
        number_of_mount_targets: i64::from(file_system.number_of_mount_targets),
        availability_zone_name: file_system.availability_zone_name,
        creation_time: parse::timestamp(&file_system.creation_time),
        tags: parse::tags(file_system.tags.iter().map(|tag| (Some(tag.key()), Some(tag.value())))),
        file_system_id: id,
    }
}

fn access_point_row(point: AccessPointDescription) -> Option<EfsAccessPoint> {
    Some(EfsAccessPoint {
        arn: point.access_point_arn?,
        file_system_id: point.file_system_id,
        name: point.name,
        root_directory_path: point.root_directory.and_then(|root| root.path),
        posix_uid: point.posix_user.as_ref().map(|user| user.uid),
        posix_gid: point.posix_user.map(|user| user.gid),
    })
}

#[cfg(test)]
mod tests;
