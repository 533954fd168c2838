//! AWS Key Management Service.

use aws_sdk_kms::types::{AliasListEntry, GrantListEntry, KeyManagerType, KeyMetadata, KeySpec, KeyState, OriginType};
use futures::join;
use standfast_inventory::Scope;
use standfast_inventory::tables::kms::{KmsAlias, KmsGrant, KmsKey, KmsKeyPolicy, KmsKeyRotation};

use super::Collector;
use crate::cell::client;
use crate::parse;
use crate::{Answer, Cell};

pub(super) const COLLECTOR: Collector = Collector {
    service: "kms",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &["kms:ListKeys"],
};

async fn collect(cell: &Cell) {
    let kms = client!(cell, aws_sdk_kms);
    join!(read_keys(cell, &kms), read_aliases(cell, &kms));
}

async fn read_keys(cell: &Cell, kms: &aws_sdk_kms::Client) {
    let mut arns = Vec::new();
    let pages = kms.list_keys().limit(1000).into_paginator().send();
    cell.pages("kms:ListKeys", None, pages, |page| {
        arns.extend(page.keys.unwrap_or_default().into_iter().filter_map(|key| key.key_arn));
    })
    .await;
    cell.each(&arns, async |arn| Box::pin(read_key(cell, kms, arn)).await)
        .await;
}

async fn read_aliases(cell: &Cell, kms: &aws_sdk_kms::Client) {
    let pages = kms.list_aliases().limit(100).into_paginator().send();
    cell.pages("kms:ListAliases", None, pages, |page| {
        for alias in page.aliases.unwrap_or_default() {
            if let Some(row) = alias_row(alias) {
                cell.row(&row);
            }
        }
    })
    .await;
}

async fn read_key(cell: &Cell, kms: &aws_sdk_kms::Client, arn: &str) {
    let request = kms.describe_key().key_id(arn).send();
    let described = cell.call("kms:DescribeKey", Some(arn), request).await;
    let Some(metadata) = described.and_then(|reply| reply.key_metadata) else {
        return;
    };
    // AWS managed keys have a policy, grants and a rotation of AWS's own; nothing there is the customer's to decide.
    let own = metadata.key_manager == Some(KeyManagerType::Customer);
    let rotates = own
        && metadata.key_state == Some(KeyState::Enabled)
        && metadata.key_spec == Some(KeySpec::SymmetricDefault)
        && metadata.origin == Some(OriginType::AwsKms);
    cell.row(&key_row(arn, metadata));
    if own {
        join!(
            read_policy(cell, kms, arn),
            read_grants(cell, kms, arn),
            read_rotation(cell, kms, arn, rotates),
        );
    }
}

async fn read_policy(cell: &Cell, kms: &aws_sdk_kms::Client, arn: &str) {
    let request = kms.get_key_policy().key_id(arn).policy_name("default").send();
    let reply = cell.call("kms:GetKeyPolicy", Some(arn), request).await;
    if let Some(text) = reply.and_then(|reply| reply.policy) {
        cell.row(&KmsKeyPolicy {
            key_arn: arn.to_owned(),
            policy: parse::policy(&text),
        });
    }
}

/// Keys that cannot rotate by themselves have no status to ask for.
async fn read_rotation(cell: &Cell, kms: &aws_sdk_kms::Client, arn: &str, rotates: bool) {
    if !rotates {
        return;
    }
    let absent = &["UnsupportedOperationException"];
    let request = kms.get_key_rotation_status().key_id(arn).send();
    if let Answer::Got(reply) = cell.ask("kms:GetKeyRotationStatus", Some(arn), absent, request).await {
        cell.row(&KmsKeyRotation {
            key_arn: arn.to_owned(),
            key_rotation_enabled: reply.key_rotation_enabled,
            rotation_period_in_days: reply.rotation_period_in_days.map(i64::from),
        });
    }
}

async fn read_grants(cell: &Cell, kms: &aws_sdk_kms::Client, arn: &str) {
    let pages = kms.list_grants().key_id(arn).limit(100).into_paginator().send();
    cell.pages("kms:ListGrants", Some(arn), pages, |page| {
        for grant in page.grants.unwrap_or_default() {
            if let Some(row) = grant_row(arn, grant) {
                cell.row(&row);
            }
        }
    })
    .await;
}

fn key_row(arn: &str, key: KeyMetadata) -> KmsKey {
    KmsKey {
        arn: arn.to_owned(),
        id: key.key_id,
        key_manager: key
            .key_manager
            .map_or_else(String::new, |manager| manager.as_str().to_owned()),
        key_state: key
            .key_state
            .map_or_else(String::new, |state| state.as_str().to_owned()),
        key_spec: key.key_spec.map(|spec| spec.as_str().to_owned()),
        key_usage: key.key_usage.map(|usage| usage.as_str().to_owned()),
        origin: key.origin.map(|origin| origin.as_str().to_owned()),
        enabled: key.enabled,
        multi_region: key.multi_region,
        description: key.description,
        creation_date: parse::maybe_timestamp(key.creation_date.as_ref()),
        deletion_date: parse::maybe_timestamp(key.deletion_date.as_ref()),
        valid_to: parse::maybe_timestamp(key.valid_to.as_ref()),
    }
}

fn grant_row(arn: &str, grant: GrantListEntry) -> Option<KmsGrant> {
    let mut operations: Vec<String> = grant
        .operations
        .unwrap_or_default()
        .iter()
        .map(|operation| operation.as_str().to_owned())
        .collect();
    operations.sort();
    Some(KmsGrant {
        key_arn: arn.to_owned(),
        grant_id: grant.grant_id?,
        name: grant.name,
        grantee_principal: grant.grantee_principal.or(grant.grantee_service_principal),
        issuing_account: grant.issuing_account,
        retiring_principal: grant.retiring_principal,
        operations,
        creation_date: parse::maybe_timestamp(grant.creation_date.as_ref()),
    })
}

fn alias_row(alias: AliasListEntry) -> Option<KmsAlias> {
    Some(KmsAlias {
        arn: alias.alias_arn?,
        alias_name: alias.alias_name?,
        target_key_id: alias.target_key_id,
    })
}

#[cfg(test)]
mod tests;
