//! AWS Systems Manager: parameters (never their values), managed instances, documents, settings.

use aws_sdk_ssm::types::{
    DocumentKeyValuesFilter, DocumentPermissionType, InstanceInformation, ParameterMetadata,
    ResourceComplianceSummaryItem,
};
use futures::join;
use standfast_inventory::Scope;
use standfast_inventory::tables::ssm::{
    SsmDocument, SsmDocumentPermission, SsmManagedInstance, SsmManagedInstanceCompliance, SsmParameter,
    SsmServiceSetting,
};

use super::Collector;
use crate::cell::client;
use crate::parse;
use crate::{Answer, Cell};

pub(super) const COLLECTOR: Collector = Collector {
    service: "ssm",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

/// Settings that a baseline asks for: whether documents can be made public, and where automation logs go.
const SETTINGS: &[&str] = &[
    "/ssm/automation/customer-script-log-destination",
    "/ssm/documents/console/public-sharing-permission",
];

async fn collect(cell: &Cell) {
    let ssm = client!(cell, aws_sdk_ssm);
    join!(
        read_parameters(cell, &ssm),
        read_instances(cell, &ssm),
        read_documents(cell, &ssm),
        read_settings(cell, &ssm),
    );
}

async fn read_parameters(cell: &Cell, ssm: &aws_sdk_ssm::Client) {
    let pages = ssm.describe_parameters().max_results(50).into_paginator().send();
    cell.pages("ssm:DescribeParameters", None, pages, |page| {
        for parameter in page.parameters.unwrap_or_default() {
            if let Some(row) = parameter_row(cell, parameter) {
                cell.row(&row);
            }
        }
    })
    .await;
}

async fn read_instances(cell: &Cell, ssm: &aws_sdk_ssm::Client) {
    let mut any = false;
    let pages = ssm
        .describe_instance_information()
        .max_results(50)
        .into_paginator()
        .send();
    cell.pages("ssm:DescribeInstanceInformation", None, pages, |page| {
        for instance in page.instance_information_list.unwrap_or_default() {
            if let Some(row) = instance_row(cell, instance) {
                any = true;
                cell.row(&row);
            }
        }
    })
    .await;
    if !any {
        return;
    }
    let pages = ssm
        .list_resource_compliance_summaries()
        .max_results(50)
        .into_paginator()
        .send();
    cell.pages("ssm:ListResourceComplianceSummaries", None, pages, |page| {
        for item in page.resource_compliance_summary_items.unwrap_or_default() {
            if let Some(row) = compliance_row(cell, item) {
                cell.row(&row);
            }
        }
    })
    .await;
}

async fn read_documents(cell: &Cell, ssm: &aws_sdk_ssm::Client) {
    let own = DocumentKeyValuesFilter::builder().key("Owner").values("Self").build();
    let mut documents = Vec::new();
    let pages = ssm
        .list_documents()
        .filters(own)
        .max_results(50)
        .into_paginator()
        .send();
    cell.pages("ssm:ListDocuments", None, pages, |page| {
        for document in page.document_identifiers.unwrap_or_default() {
            let Some(name) = document.name else { continue };
            let (partition, region, account) = (cell.partition(), cell.region(), cell.account_id());
            let arn = format!("arn:{partition}:ssm:{region}:{account}:document/{name}");
            cell.row(&SsmDocument {
                arn: arn.clone(),
                name: name.clone(),
                document_type: document.document_type.map(|kind| kind.as_str().to_owned()),
                created_date: parse::maybe_timestamp(document.created_date.as_ref()),
            });
            documents.push((arn, name));
        }
    })
    .await;
    cell.each(&documents, async |(arn, name)| {
        let mut account_ids = Vec::new();
        let mut token = None;
        loop {
            let request = ssm
                .describe_document_permission()
                .name(name)
                .permission_type(DocumentPermissionType::Share)
                .set_next_token(token)
                .send();
            let Some(reply) = cell.call("ssm:DescribeDocumentPermission", Some(arn), request).await else {
                return;
            };
            account_ids.extend(reply.account_ids.unwrap_or_default());
            token = reply.next_token.filter(|token| !token.is_empty());
            if token.is_none() {
                break;
            }
        }
        account_ids.sort();
        if !account_ids.is_empty() {
            cell.row(&SsmDocumentPermission {
                arn: arn.clone(),
                account_ids,
            });
        }
    })
    .await;
}

async fn read_settings(cell: &Cell, ssm: &aws_sdk_ssm::Client) {
    cell.each(SETTINGS, async |id| {
        let request = ssm.get_service_setting().setting_id(*id).send();
        let answer = cell
            .ask("ssm:GetServiceSetting", None, &["ServiceSettingNotFound"], request)
            .await;
        if let Answer::Got(reply) = answer
            && let Some(setting) = reply.service_setting
            && let Some(setting_value) = setting.setting_value
        {
            cell.row(&SsmServiceSetting {
                setting_id: (*id).to_owned(),
                setting_value,
                status: setting.status,
            });
        }
    })
    .await;
}

fn parameter_row(cell: &Cell, parameter: ParameterMetadata) -> Option<SsmParameter> {
    let name = parameter.name?;
    let (partition, region, account) = (cell.partition(), cell.region(), cell.account_id());
    Some(SsmParameter {
        arn: parameter.arn.unwrap_or_else(|| {
            format!(
                "arn:{partition}:ssm:{region}:{account}:parameter/{}",
                name.trim_start_matches('/')
            )
        }),
        name,
        r#type: parameter
            .r#type
            .map_or_else(String::new, |kind| kind.as_str().to_owned()),
        key_id: parameter.key_id,
        tier: parameter.tier.map(|tier| tier.as_str().to_owned()),
        data_type: parameter.data_type,
        last_modified_date: parse::maybe_timestamp(parameter.last_modified_date.as_ref()),
        last_modified_user: parameter.last_modified_user,
        version: parameter.version,
    })
}

/// The ARN of a managed machine: EC2's for its instances, Systems Manager's own for those from elsewhere.
fn machine_arn(cell: &Cell, id: &str) -> String {
    let (partition, region, account) = (cell.partition(), cell.region(), cell.account_id());
    if id.starts_with("i-") {
        format!("arn:{partition}:ec2:{region}:{account}:instance/{id}")
    } else {
        format!("arn:{partition}:ssm:{region}:{account}:managed-instance/{id}")
    }
}

fn instance_row(cell: &Cell, instance: InstanceInformation) -> Option<SsmManagedInstance> {
    let id = instance.instance_id?;
    Some(SsmManagedInstance {
        arn: machine_arn(cell, &id),
        instance_id: id,
        resource_type: instance.resource_type.map(|kind| kind.as_str().to_owned()),
        ping_status: instance.ping_status.map(|status| status.as_str().to_owned()),
        last_ping_date_time: parse::maybe_timestamp(instance.last_ping_date_time.as_ref()),
        agent_version: instance.agent_version,
        is_latest_version: instance.is_latest_version,
        platform_name: instance.platform_name,
        platform_type: instance.platform_type.map(|kind| kind.as_str().to_owned()),
        platform_version: instance.platform_version,
        association_status: instance.association_status,
    })
}

fn compliance_row(cell: &Cell, item: ResourceComplianceSummaryItem) -> Option<SsmManagedInstanceCompliance> {
    if item.resource_type.as_deref() != Some("ManagedInstance") {
        return None;
    }
    Some(SsmManagedInstanceCompliance {
        arn: machine_arn(cell, &item.resource_id?),
        compliance_type: item.compliance_type?,
        status: item.status?.as_str().to_owned(),
        overall_severity: item.overall_severity.map(|severity| severity.as_str().to_owned()),
        non_compliant_count: item
            .non_compliant_summary
            .map_or(0, |summary| i64::from(summary.non_compliant_count)),
    })
}

#[cfg(test)]
mod tests;
