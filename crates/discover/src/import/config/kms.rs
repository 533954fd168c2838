//! AWS Key Management Service.

use serde_json::Value;
use standfast_inventory::tables::kms::{KmsAlias, KmsKey, KmsKeyPolicy, KmsKeyRotation};
use standfast_inventory::{Json, Row, Scope};

use super::Kind;
use crate::import::item::{Found, Item};
use crate::import::places::Place;

pub(super) const KEY: Kind = Kind {
    name: "AWS::KMS::Key",
    scope: Scope::Region,
    tables: &[KmsKey::TABLE, KmsKeyPolicy::TABLE, KmsKeyRotation::TABLE],
    write: key,
};

pub(super) const ALIAS: Kind = Kind {
    name: "AWS::KMS::Alias",
    scope: Scope::Region,
    tables: &[KmsAlias::TABLE],
    write: alias,
};

fn key(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let row = KmsKey {
        arn: fields.need_text("arn")?,
        id: fields.need_text("keyId")?,
        key_manager: fields.need_word("keyManager")?,
        key_state: fields.need_word("keyState")?,
        key_spec: fields.word("keySpec").or_else(|| fields.word("customerMasterKeySpec")),
        key_usage: fields.word("keyUsage"),
        origin: fields.word("origin"),
        enabled: fields.need_flag("enabled")?,
        multi_region: fields.flag("multiRegion"),
        description: fields.text("description"),
        creation_date: fields.moment("creationDate")?,
        deletion_date: fields.moment("deletionDate")?,
        valid_to: fields.moment("validTo")?,
    };
    let key_spec = row.key_spec.as_deref().ok_or("keySpec")?;
    let origin = row.origin.as_deref().ok_or("origin")?;
    place.row(&row);
    if row.key_manager != "CUSTOMER" {
        return Ok(());
    }
    match item.supplement("Policy") {
        Some(policy @ Value::Object(_)) => place.row(&KmsKeyPolicy {
            key_arn: row.arn.clone(),
            policy: Json::of(policy),
        }),
        _ => place.lacks(KmsKeyPolicy::TABLE, &row.arn, "`Policy`"),
    }
    if row.enabled && key_spec == "SYMMETRIC_DEFAULT" && origin == "AWS_KMS" {
        match item.supplement("KeyRotationStatus") {
            // A key that does not rotate has no period; of one that does, no item says how long it is.
            Some(Value::Bool(false)) => place.row(&KmsKeyRotation {
                key_arn: row.arn.clone(),
                key_rotation_enabled: false,
                rotation_period_in_days: None,
            }),
            Some(Value::Bool(true)) => place.lacks(KmsKeyRotation::TABLE, &row.arn, "how often the key rotates"),
            _ => place.lacks(KmsKeyRotation::TABLE, &row.arn, "`KeyRotationStatus`"),
        }
    }
    Ok(())
}

fn alias(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let alias_name = fields.need_text("AliasName")?;
    place.row(&KmsAlias {
        arn: format!(
            "arn:{}:kms:{}:{}:{alias_name}",
            place.partition, item.region, item.account_id
        ),
        // The type's property may hold the key's ARN.
        target_key_id: fields
            .text("TargetKeyId")
            .map(|id| id.rsplit('/').next().unwrap_or_default().to_owned()),
        alias_name,
    });
    Ok(())
}
