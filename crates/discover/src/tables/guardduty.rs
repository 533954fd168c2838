//! Amazon GuardDuty.

use std::collections::BTreeMap;

use aws_sdk_guardduty::operation::get_detector::GetDetectorOutput;
use aws_sdk_guardduty::types::OrganizationFeatureConfigurationResult;
use standfast_inventory::tables::guardduty::{
    GuarddutyAdministrator, GuarddutyDetector, GuarddutyDetectorFeature, GuarddutyMember,
    GuarddutyOrganizationConfiguration, GuarddutyPublishingDestination,
};
use standfast_inventory::{Json, Scope};

use super::Collector;
use crate::cell::client;
use crate::parse;
use crate::{Answer, Cell};

pub(super) const COLLECTOR: Collector = Collector {
    service: "guardduty",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &["guardduty:ListDetectors"],
};

// An account has one detector in a region at most. Failures of calls about it are therefore failures of the region: what is judged is the
// region, not the detector.
async fn collect(cell: &Cell) {
    let guardduty = client!(cell, aws_sdk_guardduty);
    let mut detectors = Vec::new();
    cell.pages(
        "guardduty:ListDetectors",
        None,
        guardduty.list_detectors().max_results(50).into_paginator().send(),
        |page| detectors.extend(page.detector_ids.unwrap_or_default()),
    )
    .await;
    cell.each(&detectors, async |id| {
        let detector = Detector {
            id,
            arn: format!(
                "arn:{}:guardduty:{}:{}:detector/{id}",
                cell.partition(),
                cell.region(),
                cell.account_id()
            ),
        };
        futures::join!(
            read_detector(cell, &guardduty, &detector),
            read_administration(cell, &guardduty, &detector)
        );
    })
    .await;
}

struct Detector<'a> {
    id: &'a str,
    arn: String,
}

async fn read_detector(cell: &Cell, guardduty: &aws_sdk_guardduty::Client, detector: &Detector<'_>) {
    let call = guardduty.get_detector().detector_id(detector.id).send();
    if let Some(reply) = cell.call("guardduty:GetDetector", None, call).await {
        for row in feature_rows(detector, &reply) {
            cell.row(&row);
        }
        cell.row(&detector_row(detector, reply));
    }
}

async fn read_administration(cell: &Cell, guardduty: &aws_sdk_guardduty::Client, detector: &Detector<'_>) {
    let call = guardduty.get_administrator_account().detector_id(detector.id).send();
    let Some(reply) = cell.call("guardduty:GetAdministratorAccount", None, call).await else {
        return;
    };
    let administrator = reply
        .administrator
        .and_then(|account| Some((account.account_id?, account.relationship_status)));
    if let Some((administrator_account_id, relationship_status)) = administrator {
        cell.row(&GuarddutyAdministrator {
            detector_arn: detector.arn.clone(),
            administrator_account_id,
            relationship_status,
        });
        return;
    }
    futures::join!(
        read_organization(cell, guardduty, detector),
        read_destinations(cell, guardduty, detector)
    );
}

async fn read_organization(cell: &Cell, guardduty: &aws_sdk_guardduty::Client, detector: &Detector<'_>) {
    // The one error code that the service has for whoever is not the delegated administrator.
    let absent = &["BadRequestException"];
    let mut row: Option<GuarddutyOrganizationConfiguration> = None;
    let mut features = Vec::new();
    let mut token = None;
    loop {
        let call = guardduty
            .describe_organization_configuration()
            .detector_id(detector.id)
            .set_next_token(token.take())
            .send();
        let answer = cell
            .ask("guardduty:DescribeOrganizationConfiguration", None, absent, call)
            .await;
        let Answer::Got(reply) = answer else { return };
        features.extend(reply.features.unwrap_or_default());
        row.get_or_insert_with(|| GuarddutyOrganizationConfiguration {
            detector_arn: detector.arn.clone(),
            auto_enable_organization_members: reply
                .auto_enable_organization_members
                .map(|word| word.as_str().to_owned()),
            member_account_limit_reached: reply.member_account_limit_reached.unwrap_or_default(),
            features: Json::default(),
        });
        token = reply.next_token.filter(|token| !token.is_empty());
        if token.is_none() {
            break;
        }
    }
    if let Some(row) = row {
        cell.row(&GuarddutyOrganizationConfiguration {
            features: organization_features(&features),
            ..row
        });
        read_members(cell, guardduty, detector).await;
    }
}

async fn read_members(cell: &Cell, guardduty: &aws_sdk_guardduty::Client, detector: &Detector<'_>) {
    cell.pages(
        "guardduty:ListMembers",
        None,
        guardduty
            .list_members()
            .detector_id(detector.id)
            .max_results(50)
            .into_paginator()
            .send(),
        |page| {
            for member in page.members.unwrap_or_default() {
                if let Some(member_account_id) = member.account_id {
                    cell.row(&GuarddutyMember {
                        detector_arn: detector.arn.clone(),
                        member_account_id,
                        relationship_status: member.relationship_status,
                    });
                }
            }
        },
    )
    .await;
}

async fn read_destinations(cell: &Cell, guardduty: &aws_sdk_guardduty::Client, detector: &Detector<'_>) {
    cell.pages(
        "guardduty:ListPublishingDestinations",
        None,
        guardduty
            .list_publishing_destinations()
            .detector_id(detector.id)
            .max_results(50)
            .into_paginator()
            .send(),
        |page| {
            for destination in page.destinations.unwrap_or_default() {
                if let Some(destination_id) = destination.destination_id {
                    cell.row(&GuarddutyPublishingDestination {
                        detector_arn: detector.arn.clone(),
                        destination_id,
                        destination_type: destination.destination_type.map(|word| word.as_str().to_owned()),
                        status: destination.status.map(|word| word.as_str().to_owned()),
                    });
                }
            }
        },
    )
    .await;
}

fn detector_row(detector: &Detector<'_>, reply: GetDetectorOutput) -> GuarddutyDetector {
    GuarddutyDetector {
        arn: detector.arn.clone(),
        detector_id: detector.id.to_owned(),
        status: reply
            .status
            .map_or_else(String::new, |status| status.as_str().to_owned()),
        finding_publishing_frequency: reply
            .finding_publishing_frequency
            .map(|frequency| frequency.as_str().to_owned()),
        created_at: reply.created_at.as_deref().and_then(parse::timestamp_text),
        updated_at: reply.updated_at.as_deref().and_then(parse::timestamp_text),
        tags: parse::tags(
            reply
                .tags
                .iter()
                .flatten()
                .map(|(key, value)| (Some(key.as_str()), Some(value.as_str()))),
        ),
    }
}

fn feature_rows(detector: &Detector<'_>, reply: &GetDetectorOutput) -> Vec<GuarddutyDetectorFeature> {
    let row = |name: &str, additional: &str, status: Option<&str>| GuarddutyDetectorFeature {
        detector_arn: detector.arn.clone(),
        name: name.to_owned(),
        additional: additional.to_owned(),
        status: status.unwrap_or_default().to_owned(),
    };
    let mut rows = Vec::new();
    for feature in reply.features.iter().flatten() {
        let Some(name) = feature
            .name
            .as_ref()
            .map(aws_sdk_guardduty::types::DetectorFeatureResult::as_str)
        else {
            continue;
        };
        rows.push(row(
            name,
            "",
            feature
                .status
                .as_ref()
                .map(aws_sdk_guardduty::types::FeatureStatus::as_str),
        ));
        for setting in feature.additional_configuration.iter().flatten() {
            if let Some(additional) = &setting.name {
                rows.push(row(
                    name,
                    additional.as_str(),
                    setting
                        .status
                        .as_ref()
                        .map(aws_sdk_guardduty::types::FeatureStatus::as_str),
                ));
            }
        }
    }
    rows
}

fn organization_features(features: &[OrganizationFeatureConfigurationResult]) -> Json {
    let by_name: BTreeMap<&str, &str> = features
        .iter()
        .filter_map(|feature| Some((feature.name.as_ref()?.as_str(), feature.auto_enable.as_ref()?.as_str())))
        .collect();
    Json::of(&by_name)
}

#[cfg(test)]
mod tests;
