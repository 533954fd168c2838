//! AWS Security Hub.

use aws_sdk_securityhub::operation::describe_hub::DescribeHubOutput;
use aws_sdk_securityhub::operation::describe_organization_configuration::DescribeOrganizationConfigurationOutput;
use aws_sdk_securityhub::types::StandardsSubscription;
use standfast_inventory::tables::securityhub::{
    SecurityhubAdministrator, SecurityhubFindingAggregator, SecurityhubHub, SecurityhubMember,
    SecurityhubOrganizationConfiguration, SecurityhubStandardsSubscription,
};
use standfast_inventory::{Json, Scope};

use super::Collector;
use crate::cell::client;
use crate::parse;
use crate::{Answer, Cell};

pub(super) const COLLECTOR: Collector = Collector {
    service: "securityhub",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &["securityhub:ListFindingAggregators"],
};

// An account has one hub in a region at most. Failures of calls about it are therefore failures of the region: what is judged is the
// region, not the hub.
async fn collect(cell: &Cell) {
    let securityhub = client!(cell, aws_sdk_securityhub);
    // Where Security Hub is off, the service answers that the account has no access, or that there is no hub.
    let absent = &["InvalidAccessException", "ResourceNotFoundException"];
    let answer = cell
        .ask(
            "securityhub:DescribeHub",
            None,
            absent,
            securityhub.describe_hub().send(),
        )
        .await;
    let Answer::Got(reply) = answer else { return };
    let Some(row) = hub_row(reply) else { return };
    let hub = row.hub_arn.clone();
    cell.row(&row);
    futures::join!(
        read_standards(cell, &securityhub),
        read_administration(cell, &securityhub, &hub),
        read_aggregators(cell, &securityhub)
    );
}

async fn read_standards(cell: &Cell, securityhub: &aws_sdk_securityhub::Client) {
    cell.pages(
        "securityhub:GetEnabledStandards",
        None,
        securityhub
            .get_enabled_standards()
            .max_results(100)
            .into_paginator()
            .send(),
        |page| {
            for subscription in page.standards_subscriptions.unwrap_or_default() {
                if let Some(row) = standard_row(subscription) {
                    cell.row(&row);
                }
            }
        },
    )
    .await;
}

async fn read_administration(cell: &Cell, securityhub: &aws_sdk_securityhub::Client, hub: &str) {
    let call = securityhub.get_administrator_account().send();
    let Some(reply) = cell.call("securityhub:GetAdministratorAccount", None, call).await else {
        return;
    };
    let administrator = reply
        .administrator
        .and_then(|account| Some((account.account_id?, account.member_status)));
    if let Some((administrator_account_id, member_status)) = administrator {
        cell.row(&SecurityhubAdministrator {
            hub_arn: hub.to_owned(),
            administrator_account_id,
            member_status,
        });
        return;
    }
    let mut members = 0_usize;
    cell.pages(
        "securityhub:ListMembers",
        None,
        securityhub.list_members().max_results(50).into_paginator().send(),
        |page| {
            for member in page.members.unwrap_or_default() {
                if let Some(member_account_id) = member.account_id {
                    members += 1;
                    cell.row(&SecurityhubMember {
                        hub_arn: hub.to_owned(),
                        member_account_id,
                        member_status: member.member_status,
                    });
                }
            }
        },
    )
    .await;
    // Whoever is not the delegated administrator is denied this; without members there is nothing to ask for.
    if members > 0 {
        let absent = &["InvalidAccessException"];
        let call = securityhub.describe_organization_configuration().send();
        let answer = cell
            .ask("securityhub:DescribeOrganizationConfiguration", None, absent, call)
            .await;
        if let Answer::Got(reply) = answer {
            cell.row(&organization_row(hub, reply));
        }
    }
}

async fn read_aggregators(cell: &Cell, securityhub: &aws_sdk_securityhub::Client) {
    let mut arns = Vec::new();
    cell.pages(
        "securityhub:ListFindingAggregators",
        None,
        securityhub.list_finding_aggregators().into_paginator().send(),
        |page| {
            arns.extend(
                page.finding_aggregators
                    .unwrap_or_default()
                    .into_iter()
                    .filter_map(|aggregator| aggregator.finding_aggregator_arn),
            );
        },
    )
    .await;
    // Linked regions list the aggregator too; it is read in its home region.
    arns.retain(|arn| arn.split(':').nth(3) == Some(cell.region()));
    cell.each(&arns, async |arn| {
        let call = securityhub.get_finding_aggregator().finding_aggregator_arn(arn).send();
        if let Some(reply) = cell.call("securityhub:GetFindingAggregator", None, call).await {
            let mut regions = reply.regions.unwrap_or_default();
            regions.sort();
            cell.row(&SecurityhubFindingAggregator {
                arn: arn.clone(),
                finding_aggregation_region: reply.finding_aggregation_region.unwrap_or_default(),
                region_linking_mode: reply.region_linking_mode.unwrap_or_default(),
                regions,
            });
        }
    })
    .await;
}

fn hub_row(reply: DescribeHubOutput) -> Option<SecurityhubHub> {
    Some(SecurityhubHub {
        hub_arn: reply.hub_arn?,
        auto_enable_controls: reply.auto_enable_controls.unwrap_or_default(),
        control_finding_generator: reply.control_finding_generator.map(|word| word.as_str().to_owned()),
        subscribed_at: reply.subscribed_at.as_deref().and_then(parse::timestamp_text),
    })
}

fn standard_row(subscription: StandardsSubscription) -> Option<SecurityhubStandardsSubscription> {
    Some(SecurityhubStandardsSubscription {
        standards_subscription_arn: subscription.standards_subscription_arn?,
        standards_arn: subscription.standards_arn.unwrap_or_default(),
        standards_status: subscription
            .standards_status
            .map_or_else(String::new, |status| status.as_str().to_owned()),
        standards_input: Json::of(&subscription.standards_input.unwrap_or_default()),
    })
}

fn organization_row(hub: &str, reply: DescribeOrganizationConfigurationOutput) -> SecurityhubOrganizationConfiguration {
    let central = reply.organization_configuration;
    SecurityhubOrganizationConfiguration {
        hub_arn: hub.to_owned(),
        auto_enable: reply.auto_enable.unwrap_or_default(),
        auto_enable_standards: reply.auto_enable_standards.map(|word| word.as_str().to_owned()),
        configuration_type: central
            .as_ref()
            .and_then(|central| central.configuration_type.as_ref())
            .map(|word| word.as_str().to_owned()),
        configuration_status: central
            .and_then(|central| central.status)
            .map(|word| word.as_str().to_owned()),
        member_account_limit_reached: reply.member_account_limit_reached.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
