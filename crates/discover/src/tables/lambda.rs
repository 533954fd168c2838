//! AWS Lambda. Values of environment variables are dropped as soon as they come in.

use aws_sdk_lambda::types::{FunctionConfiguration, FunctionUrlConfig};
use serde_json::Value;
use standfast_inventory::tables::lambda::{LambdaFunction, LambdaFunctionPolicy, LambdaFunctionUrl};
use standfast_inventory::{Json, Scope};

use super::Collector;
use crate::cell::client;
use crate::{Answer, Cell, parse};

pub(super) const COLLECTOR: Collector = Collector {
    service: "lambda",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let lambda = client!(cell, aws_sdk_lambda);
    let mut arns = Vec::new();
    cell.pages(
        "lambda:ListFunctions",
        None,
        lambda.list_functions().into_paginator().send(),
        |page| {
            for function in page.functions.unwrap_or_default() {
                if let Some(row) = function_row(function) {
                    cell.row(&row);
                    arns.push(row.arn);
                }
            }
        },
    )
    .await;
    cell.each(&arns, async |arn| read_access(cell, &lambda, arn).await)
        .await;
}

async fn read_access(cell: &Cell, lambda: &aws_sdk_lambda::Client, arn: &str) {
    let absent = &["ResourceNotFoundException"];
    let request = lambda.get_policy().function_name(arn);
    let Answer::Got(reply) = cell.ask("lambda:GetPolicy", Some(arn), absent, request.send()).await else {
        return;
    };
    let Some(text) = reply.policy else { return };
    let policy = parse::policy(&text);
    let opens_address = allows_calls_by_address(&policy);
    cell.row(&LambdaFunctionPolicy {
        function_arn: arn.to_owned(),
        policy,
    });
    // Nobody outside gets through a web address that the policy does not open: no call for the others.
    if !opens_address {
        return;
    }
    let pages = lambda
        .list_function_url_configs()
        .function_name(arn)
        .into_paginator()
        .send();
    cell.pages("lambda:ListFunctionUrlConfigs", Some(arn), pages, |page| {
        for address in page.function_url_configs {
            cell.row(&address_row(arn, address));
        }
    })
    .await;
}

/// True where a statement is about calls by web address, or about all actions. What cannot be read counts as such.
fn allows_calls_by_address(policy: &Json) -> bool {
    let Ok(document) = serde_json::from_str::<Value>(&policy.0) else {
        return true;
    };
    let statements = match document.get("Statement") {
        Some(Value::Array(statements)) => statements.iter().collect(),
        Some(statement @ Value::Object(_)) => vec![statement],
        _ => return true,
    };
    statements.into_iter().any(|statement| match statement.get("Action") {
        Some(Value::String(action)) => is_about_addresses(action),
        Some(Value::Array(actions)) => actions.iter().filter_map(Value::as_str).any(is_about_addresses),
        _ => true,
    })
}

fn is_about_addresses(action: &str) -> bool {
    action.contains(['*', '?']) || action.eq_ignore_ascii_case("lambda:InvokeFunctionUrl")
}

fn function_row(function: FunctionConfiguration) -> Option<LambdaFunction> {
    let names = function
        .environment
        .and_then(|environment| environment.variables)
        .unwrap_or_default()
        .into_keys();
    let (vpc_id, subnets, groups) = function.vpc_config.map_or_else(
        || (None, Vec::new(), Vec::new()),
        |vpc| {
            (
                vpc.vpc_id,
                vpc.subnet_ids.unwrap_or_default(),
                vpc.security_group_ids.unwrap_or_default(),
            )
        },
    );
    let layers = function
        .layers
        .unwrap_or_default()
        .into_iter()
        .filter_map(|layer| layer.arn);
    Some(LambdaFunction {
        arn: function.function_arn?,
        name: function.function_name.unwrap_or_default(),
        runtime: function
            .runtime
            .map(|runtime| runtime.as_str().to_owned())
            .filter(|name| !name.is_empty()),
        package_type: function.package_type.map(|kind| kind.as_str().to_owned()),
        role: function.role,
        environment_variable_names: sorted(names),
        kms_key_arn: function.kms_key_arn.filter(|arn| !arn.is_empty()),
        vpc_id: vpc_id.filter(|id| !id.is_empty()),
        vpc_subnet_ids: sorted(subnets),
        vpc_security_group_ids: sorted(groups),
        tracing_mode: function
            .tracing_config
            .and_then(|tracing| tracing.mode)
            .map(|mode| mode.as_str().to_owned()),
        dead_letter_config_target_arn: function.dead_letter_config.and_then(|config| config.target_arn),
        layers: sorted(layers),
        log_group: function.logging_config.and_then(|logging| logging.log_group),
        timeout: function.timeout.map(i64::from),
        // The service writes the offset without its colon.
        last_modified: function
            .last_modified
            .and_then(|moment| parse::timestamp_text(&moment.replace("+0000", "Z"))),
    })
}

fn address_row(arn: &str, address: FunctionUrlConfig) -> LambdaFunctionUrl {
    LambdaFunctionUrl {
        arn: arn.to_owned(),
        function_arn: address.function_arn,
        function_url: address.function_url,
        auth_type: address.auth_type.as_str().to_owned(),
        cors_allow_origins: sorted(address.cors.and_then(|cors| cors.allow_origins).unwrap_or_default()),
    }
}

fn sorted(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests;
