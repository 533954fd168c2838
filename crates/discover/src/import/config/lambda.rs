//! AWS Lambda.

use serde_json::Value;
use standfast_inventory::tables::lambda::{LambdaFunction, LambdaFunctionPolicy};
use standfast_inventory::{Json, Row, Scope};

use super::Kind;
use crate::import::item::{Found, Item};
use crate::import::places::Place;

pub(super) const FUNCTION: Kind = Kind {
    name: "AWS::Lambda::Function",
    scope: Scope::Region,
    tables: &[LambdaFunction::TABLE, LambdaFunctionPolicy::TABLE],
    write: function,
};

fn function(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let arn = fields.need_text("functionArn")?;
    place.row(&LambdaFunction {
        arn: arn.clone(),
        name: fields.need_text("functionName")?,
        runtime: fields.word("runtime"),
        package_type: fields.word("packageType"),
        role: Some(fields.need_text("role")?),
        environment_variable_names: Vec::new(),
        kms_key_arn: fields.text("kmskeyArn"),
        vpc_id: fields.text("vpcConfig.vpcId"),
        vpc_subnet_ids: fields.texts("vpcConfig.subnetIds"),
        vpc_security_group_ids: fields.texts("vpcConfig.securityGroupIds"),
        tracing_mode: fields.word("tracingConfig.mode"),
        dead_letter_config_target_arn: fields.text("deadLetterConfig.targetArn"),
        layers: fields.texts_of("layers", "arn"),
        log_group: None,
        timeout: fields.number("timeout"),
        // The service writes its offset without a colon; then the moment is not known.
        last_modified: fields.moment("lastModified").unwrap_or_default(),
    });
    match item.supplement("Policy") {
        Some(policy @ Value::Object(_)) => place.row(&LambdaFunctionPolicy {
            function_arn: arn,
            policy: Json::of(policy),
        }),
        // The part is there and empty for a function without a policy.
        Some(Value::Null) => {}
        _ => place.lacks(LambdaFunctionPolicy::TABLE, &arn, "`Policy`"),
    }
    Ok(())
}
