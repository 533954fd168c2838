//! Amazon EC2: instances and their storage, networks, and the settings of an account in a region.

use aws_sdk_ec2::types::Tag;
use standfast_inventory::{Json, Scope};

use super::Collector;
use crate::cell::client;
use crate::{Cell, parse};

mod compute;
mod gateways;
mod network;
mod settings;

pub(crate) use compute::transition_time;

pub(super) const COLLECTOR: Collector = Collector {
    service: "ec2",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let ec2 = client!(cell, aws_sdk_ec2);
    futures::join!(
        compute::collect(cell, &ec2),
        network::collect(cell, &ec2),
        gateways::collect(cell, &ec2),
        settings::collect(cell, &ec2),
    );
}

/// Reads every page of a listing and writes the row that `shape` makes of each item.
macro_rules! list {
    ($cell:expr, $operation:literal, $request:expr, $items:ident, $shape:expr) => {
        $cell.pages($operation, None, $request.into_paginator().send(), |page| {
            for item in page.$items.unwrap_or_default() {
                if let Some(row) = $shape($cell, item) {
                    $cell.row(&row);
                }
            }
        })
    };
}
use list;

/// The ARN of something in the cell's account and region.
fn arn(cell: &Cell, kind: &str, id: &str) -> String {
    format!(
        "arn:{}:ec2:{}:{}:{kind}/{id}",
        cell.partition(),
        cell.region(),
        cell.account_id()
    )
}

/// False for what another account shares with this one: its owner's account has it.
fn is_own(cell: &Cell, owner: Option<&str>) -> bool {
    owner.is_none_or(|owner| owner == cell.account_id())
}

fn tags(tags: Option<&Vec<Tag>>) -> Json {
    parse::tags(tags.into_iter().flatten().map(|tag| (tag.key(), tag.value())))
}

/// The word of an enumeration.
fn word(value: Option<impl AsRef<str>>) -> Option<String> {
    value.map(|value| value.as_ref().to_owned())
}

/// The ids that are there, sorted.
fn sorted(ids: impl IntoIterator<Item = Option<String>>) -> Vec<String> {
    let mut ids: Vec<String> = ids.into_iter().flatten().collect();
    ids.sort();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests;
