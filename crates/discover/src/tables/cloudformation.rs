//! AWS CloudFormation.

use aws_sdk_cloudformation::types::{Stack, StackInstanceSummary, StackSetStatus, StackSetSummary};
use standfast_inventory::Scope;
use standfast_inventory::tables::cloudformation::{
    CloudformationStack, CloudformationStackInstance, CloudformationStackSet,
};

use super::Collector;
use crate::Cell;
use crate::cell::client;
use crate::parse;

pub(super) const COLLECTOR: Collector = Collector {
    service: "cloudformation",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let cloudformation = client!(cell, aws_sdk_cloudformation);
    futures::join!(
        read_stacks(cell, &cloudformation),
        read_stack_sets(cell, &cloudformation)
    );
}

async fn read_stacks(cell: &Cell, cloudformation: &aws_sdk_cloudformation::Client) {
    let mut silent = Vec::new();
    cell.pages(
        "cloudformation:DescribeStacks",
        None,
        cloudformation.describe_stacks().into_paginator().send(),
        |page| {
            for row in page.stacks.unwrap_or_default().into_iter().filter_map(stack_row) {
                // The listing leaves out whether a stack is protected from deletion; a call that names it tells.
                if row.enable_termination_protection.is_none() && row.parent_id.is_none() {
                    silent.push(row);
                } else {
                    cell.row(&row);
                }
            }
        },
    )
    .await;
    cell.each(silent, async |row| {
        let call = cloudformation.describe_stacks().stack_name(&row.arn).send();
        let reply = cell.call("cloudformation:DescribeStacks", Some(&row.arn), call).await;
        let enable_termination_protection = reply
            .and_then(|reply| reply.stacks)
            .and_then(|stacks| stacks.into_iter().next())
            .and_then(|stack| stack.enable_termination_protection);
        cell.row(&CloudformationStack {
            enable_termination_protection,
            ..row
        });
    })
    .await;
}

async fn read_stack_sets(cell: &Cell, cloudformation: &aws_sdk_cloudformation::Client) {
    if !cell.is_management() {
        return;
    }
    let mut sets = Vec::new();
    cell.pages(
        "cloudformation:ListStackSets",
        None,
        cloudformation
            .list_stack_sets()
            .status(StackSetStatus::Active)
            .max_results(100)
            .into_paginator()
            .send(),
        |page| {
            for row in page
                .summaries
                .unwrap_or_default()
                .into_iter()
                .filter_map(|summary| stack_set_row(cell, summary))
            {
                cell.row(&row);
                sets.push(row);
            }
        },
    )
    .await;
    cell.each(&sets, async |set| {
        cell.pages(
            "cloudformation:ListStackInstances",
            Some(&set.arn),
            cloudformation
                .list_stack_instances()
                .stack_set_name(&set.stack_set_name)
                .max_results(100)
                .into_paginator()
                .send(),
            |page| {
                for row in page
                    .summaries
                    .unwrap_or_default()
                    .into_iter()
                    .filter_map(|summary| instance_row(&set.arn, summary))
                {
                    cell.row(&row);
                }
            },
        )
        .await;
    })
    .await;
}

fn stack_row(stack: Stack) -> Option<CloudformationStack> {
    let drift = stack.drift_information;
    Some(CloudformationStack {
        arn: stack.stack_id?,
        name: stack.stack_name.unwrap_or_default(),
        status: stack
            .stack_status
            .map_or_else(String::new, |status| status.as_str().to_owned()),
        status_reason: stack.stack_status_reason,
        description: stack.description,
        last_drift_check_timestamp: parse::maybe_timestamp(
            drift.as_ref().and_then(|drift| drift.last_check_timestamp.as_ref()),
        ),
        stack_drift_status: drift
            .and_then(|drift| drift.stack_drift_status)
            .map(|status| status.as_str().to_owned()),
        enable_termination_protection: stack.enable_termination_protection,
        role_arn: stack.role_arn,
        parent_id: stack.parent_id,
        root_id: stack.root_id,
        notification_arns: sorted(stack.notification_arns.unwrap_or_default()),
        capabilities: sorted(
            stack
                .capabilities
                .unwrap_or_default()
                .iter()
                .map(|capability| capability.as_str().to_owned())
                .collect(),
        ),
        parameter_names: sorted(
            stack
                .parameters
                .unwrap_or_default()
                .into_iter()
                .filter_map(|parameter| parameter.parameter_key)
                .collect(),
        ),
        creation_time: parse::maybe_timestamp(stack.creation_time.as_ref()),
        last_updated_time: parse::maybe_timestamp(stack.last_updated_time.as_ref()),
        tags: parse::tags(
            stack
                .tags
                .iter()
                .flatten()
                .map(|tag| (tag.key.as_deref(), tag.value.as_deref())),
        ),
    })
}

fn stack_set_row(cell: &Cell, summary: StackSetSummary) -> Option<CloudformationStackSet> {
    let stack_set_id = summary.stack_set_id?;
    Some(CloudformationStackSet {
        arn: format!(
            "arn:{}:cloudformation:{}:{}:stackset/{stack_set_id}",
            cell.partition(),
            cell.region(),
            cell.account_id()
        ),
        stack_set_name: summary.stack_set_name.unwrap_or_default(),
        stack_set_id,
        description: summary.description,
        status: summary.status.map(|status| status.as_str().to_owned()),
        permission_model: summary.permission_model.map(|model| model.as_str().to_owned()),
        auto_deployment_enabled: summary
            .auto_deployment
            .and_then(|deployment| deployment.enabled)
            .unwrap_or_default(),
        drift_status: summary.drift_status.map(|status| status.as_str().to_owned()),
        last_drift_check_timestamp: parse::maybe_timestamp(summary.last_drift_check_timestamp.as_ref()),
    })
}

fn instance_row(stack_set_arn: &str, summary: StackInstanceSummary) -> Option<CloudformationStackInstance> {
    Some(CloudformationStackInstance {
        stack_set_arn: stack_set_arn.to_owned(),
        target_account_id: summary.account?,
        target_region: summary.region?,
        status: summary.status.map(|status| status.as_str().to_owned()),
        detailed_status: summary
            .stack_instance_status
            .and_then(|status| status.detailed_status)
            .map(|status| status.as_str().to_owned()),
        status_reason: summary.status_reason,
        stack_id: summary.stack_id,
        drift_status: summary.drift_status.map(|status| status.as_str().to_owned()),
        organizational_unit_id: summary.organizational_unit_id,
    })
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words
}

#[cfg(test)]
mod tests;
