//! Amazon S3 Control: what holds for all buckets of an account.

use aws_sdk_s3control::config::Region;
use aws_sdk_s3control::types::MultiRegionAccessPointReport;
use futures::join;
use standfast_inventory::Scope;
use standfast_inventory::tables::s3control::{S3AccountSettings, S3MultiRegionAccessPoint};

use super::Collector;
use crate::cell::client;
use crate::{Answer, Cell};

pub(super) const COLLECTOR: Collector = Collector {
    service: "s3control",
    scope: Scope::Account,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

/// The one region that answers for multi-region access points.
const MULTI_REGION_HOME: &str = "us-west-2";

async fn collect(cell: &Cell) {
    join!(read_account_settings(cell), read_multi_region_access_points(cell));
}

async fn read_account_settings(cell: &Cell) {
    let control = client!(cell, aws_sdk_s3control);
    let absent = &["NoSuchPublicAccessBlockConfiguration"];
    let request = control.get_public_access_block().account_id(cell.account_id()).send();
    let Answer::Got(reply) = cell.ask("s3control:GetPublicAccessBlock", None, absent, request).await else {
        return;
    };
    if let Some(block) = reply.public_access_block_configuration {
        cell.row(&S3AccountSettings {
            arn: format!("arn:{}:iam::{}:root", cell.partition(), cell.account_id()),
            block_public_acls: block.block_public_acls.unwrap_or_default(),
            block_public_policy: block.block_public_policy.unwrap_or_default(),
            ignore_public_acls: block.ignore_public_acls.unwrap_or_default(),
            restrict_public_buckets: block.restrict_public_buckets.unwrap_or_default(),
        });
    }
}

async fn read_multi_region_access_points(cell: &Cell) {
    // Other partitions have none.
    if cell.partition() != "aws" {
        return;
    }
    let control = client!(cell, aws_sdk_s3control, |settings| settings
        .region(Region::from_static(MULTI_REGION_HOME)));
    let pages = control
        .list_multi_region_access_points()
        .account_id(cell.account_id())
        .into_paginator()
        .send();
    cell.pages("s3control:ListMultiRegionAccessPoints", None, pages, |page| {
        for point in page.access_points.unwrap_or_default() {
            if let Some(row) = multi_region_row(cell, point) {
                cell.row(&row);
            }
        }
    })
    .await;
}

fn multi_region_row(cell: &Cell, point: MultiRegionAccessPointReport) -> Option<S3MultiRegionAccessPoint> {
    let block = point.public_access_block;
    let blocks = |part: fn(&aws_sdk_s3control::types::PublicAccessBlockConfiguration) -> Option<bool>| {
        block.as_ref().and_then(part).unwrap_or_default()
    };
    Some(S3MultiRegionAccessPoint {
        arn: format!(
            "arn:{}:s3::{}:accesspoint/{}",
            cell.partition(),
            cell.account_id(),
            point.alias?
        ),
        name: point.name?,
        status: point.status.map(|status| status.as_str().to_owned()),
        block_public_acls: blocks(|block| block.block_public_acls),
        block_public_policy: blocks(|block| block.block_public_policy),
        ignore_public_acls: blocks(|block| block.ignore_public_acls),
        restrict_public_buckets: blocks(|block| block.restrict_public_buckets),
    })
}

#[cfg(test)]
mod tests;
