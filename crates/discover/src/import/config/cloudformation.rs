//! AWS CloudFormation.

use standfast_inventory::tables::cloudformation::CloudformationStack;
use standfast_inventory::{Row, Scope};

use super::Kind;
use crate::import::item::{Fields, Found, Item};
use crate::import::places::Place;

pub(super) const STACK: Kind = Kind {
    name: "AWS::CloudFormation::Stack",
    scope: Scope::Region,
    tables: &[CloudformationStack::TABLE],
    write: stack,
};

fn stack(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let status = fields.need_word("stackStatus")?;
    if status == "DELETE_COMPLETE" {
        return Ok(());
    }
    let protection = item
        .supplement("EnableTerminationProtection")
        .and_then(serde_json::Value::as_bool)
        .or_else(|| fields.flag("enableTerminationProtection"));
    place.row(&CloudformationStack {
        arn: fields.need_text("stackId")?,
        name: fields.need_text("stackName")?,
        status,
        status_reason: fields.text("stackStatusReason"),
        description: fields.text("description"),
        stack_drift_status: fields
            .get("driftInformation")
            .map(Fields)
            .and_then(|drift| drift.word("stackDriftStatus")),
        last_drift_check_timestamp: None,
        enable_termination_protection: Some(protection.ok_or("enableTerminationProtection")?),
        role_arn: fields.text("roleARN"),
        parent_id: fields.text("parentId"),
        root_id: None,
        notification_arns: fields.texts("notificationARNs"),
        capabilities: fields.texts("capabilities"),
        parameter_names: fields.texts_of("parameters", "parameterKey"),
        creation_time: fields.moment("creationTime")?,
        last_updated_time: fields.moment("lastUpdatedTime")?,
        tags: item.tags(),
    });
    Ok(())
}
