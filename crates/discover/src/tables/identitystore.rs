//! The directory of AWS IAM Identity Center.

use aws_sdk_identitystore::Client;
use aws_sdk_identitystore::types::{Group, User};
use aws_types::region::Region;
use standfast_inventory::Scope;
use standfast_inventory::tables::identitystore::{IdentitystoreGroup, IdentitystoreUser};

use super::Collector;
use super::sso_admin::find_instances;
use crate::Cell;
use crate::cell::client;

pub(super) const COLLECTOR: Collector = Collector {
    service: "identitystore",
    scope: Scope::Organization,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &["ec2:DescribeRegions", "sso-admin:ListInstances"],
};

async fn collect(cell: &Cell) {
    for found in find_instances(cell).await {
        if let Some(store) = &found.instance.identity_store_id {
            let directory = client!(cell, aws_sdk_identitystore, |settings| settings
                .region(Region::new(found.region.clone())));
            futures::join!(
                read_users(cell, &directory, &found.region, store),
                read_groups(cell, &directory, &found.region, store)
            );
        }
    }
}

async fn read_users(cell: &Cell, directory: &Client, region: &str, store: &str) {
    let pages = directory
        .list_users()
        .identity_store_id(store)
        .max_results(100)
        .into_paginator()
        .send();
    cell.pages("identitystore:ListUsers", None, pages, |page| {
        for user in page.users {
            cell.row_in(region, &user_row(store, user));
        }
    })
    .await;
}

async fn read_groups(cell: &Cell, directory: &Client, region: &str, store: &str) {
    let pages = directory
        .list_groups()
        .identity_store_id(store)
        .max_results(100)
        .into_paginator()
        .send();
    cell.pages("identitystore:ListGroups", None, pages, |page| {
        for group in page.groups {
            cell.row_in(region, &group_row(store, group));
        }
    })
    .await;
}

fn user_row(store: &str, user: User) -> IdentitystoreUser {
    IdentitystoreUser {
        arn: arn_or(user.user_arn, "user", &user.user_id),
        id: user.user_id,
        name: user.user_name,
        identity_store_id: store.to_owned(),
        user_status: user.user_status.map(|status| status.as_str().to_owned()),
        is_provisioned: user.external_ids.is_some_and(|ids| !ids.is_empty()),
    }
}

fn group_row(store: &str, group: Group) -> IdentitystoreGroup {
    IdentitystoreGroup {
        arn: arn_or(group.group_arn, "group", &group.group_id),
        id: group.group_id,
        name: group.display_name,
        identity_store_id: store.to_owned(),
        description: group.description,
    }
}

/// The ARN that came, or the one that AWS would give.
fn arn_or(arn: String, kind: &str, id: &str) -> String {
    if arn.is_empty() {
        format!("arn:aws:identitystore:::{kind}/{id}")
    } else {
        arn
    }
}

#[cfg(test)]
mod tests;
