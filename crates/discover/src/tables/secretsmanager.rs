//! AWS Secrets Manager: what is known about secrets, never their values.

use aws_sdk_secretsmanager::types::SecretListEntry;
use standfast_inventory::Scope;
use standfast_inventory::tables::secretsmanager::{SecretsmanagerSecret, SecretsmanagerSecretPolicy};

use super::Collector;
use crate::Cell;
use crate::cell::client;
use crate::parse;

pub(super) const COLLECTOR: Collector = Collector {
    service: "secretsmanager",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let secrets = client!(cell, aws_sdk_secretsmanager);
    let mut arns = Vec::new();
    let pages = secrets.list_secrets().max_results(100).into_paginator().send();
    cell.pages("secretsmanager:ListSecrets", None, pages, |page| {
        for secret in page.secret_list.unwrap_or_default() {
            if let Some(row) = secret_row(secret) {
                cell.row(&row);
                arns.push(row.arn);
            }
        }
    })
    .await;
    cell.each(&arns, async |arn| {
        let request = secrets.get_resource_policy().secret_id(arn).send();
        let reply = cell.call("secretsmanager:GetResourcePolicy", Some(arn), request).await;
        if let Some(text) = reply.and_then(|reply| reply.resource_policy) {
            cell.row(&SecretsmanagerSecretPolicy {
                arn: arn.clone(),
                policy: parse::policy(&text),
            });
        }
    })
    .await;
}

fn secret_row(secret: SecretListEntry) -> Option<SecretsmanagerSecret> {
    let rules = secret.rotation_rules;
    let tags = secret.tags.unwrap_or_default();
    Some(SecretsmanagerSecret {
        arn: secret.arn?,
        name: secret.name?,
        kms_key_id: secret.kms_key_id,
        rotation_enabled: secret.rotation_enabled.unwrap_or_default(),
        rotation_lambda_arn: secret.rotation_lambda_arn,
        rotation_days: rules.as_ref().and_then(|rules| rules.automatically_after_days),
        rotation_schedule: rules.and_then(|rules| rules.schedule_expression),
        owning_service: secret.owning_service,
        primary_region: secret.primary_region,
        created_date: parse::maybe_timestamp(secret.created_date.as_ref()),
        last_changed_date: parse::maybe_timestamp(secret.last_changed_date.as_ref()),
        last_rotated_date: parse::maybe_timestamp(secret.last_rotated_date.as_ref()),
        next_rotation_date: parse::maybe_timestamp(secret.next_rotation_date.as_ref()),
        last_accessed_date: parse::maybe_timestamp(secret.last_accessed_date.as_ref()),
        tags: parse::tags(tags.iter().map(|tag| (tag.key(), tag.value()))),
    })
}

#[cfg(test)]
mod tests;
