//! AWS Secrets Manager.

use standfast_inventory::tables::secretsmanager::SecretsmanagerSecret;
use standfast_inventory::{Row, Scope};

use super::Kind;
use crate::import::item::{Found, Item};
use crate::import::places::Place;

pub(super) const SECRET: Kind = Kind {
    name: "AWS::SecretsManager::Secret",
    scope: Scope::Region,
    tables: &[SecretsmanagerSecret::TABLE],
    write: secret,
};

fn secret(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    // The table holds no secret that is planned for deletion.
    if fields.flag("Deleted") == Some(true) {
        return Ok(());
    }
    place.row(&SecretsmanagerSecret {
        arn: fields.need_text("ARN")?,
        name: fields.need_text("Name")?,
        kms_key_id: fields.text("KMSKeyId"),
        rotation_enabled: fields.need_flag("RotationEnabled")?,
        rotation_lambda_arn: fields.text("RotationLambdaARN"),
        rotation_days: fields.number("RotationRules.AutomaticallyAfterDays"),
        rotation_schedule: fields.text("RotationRules.RotationScheduleExpression"),
        owning_service: None,
        primary_region: None,
        created_date: None,
        last_changed_date: None,
        last_rotated_date: None,
        next_rotation_date: None,
        last_accessed_date: None,
        tags: item.tags(),
    });
    Ok(())
}
