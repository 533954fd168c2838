//! IAM's reports of last access, read on request alone: each user, group, role and policy takes a job of its own.

use std::time::Duration;

use aws_sdk_iam::Client;
use aws_sdk_iam::operation::get_service_last_accessed_details::GetServiceLastAccessedDetailsOutput;
use aws_sdk_iam::types::{JobStatusType, ServiceLastAccessed};
use standfast_inventory::Scope;
use standfast_inventory::tables::iam::IamAccessAdvisor;

use super::iam::details;
use super::{Collector, LAST_ACCESSED};
use crate::cell::client;
use crate::{Cell, Failure, parse};

pub(super) const COLLECTOR: Collector = Collector {
    service: LAST_ACCESSED,
    scope: Scope::Account,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

const GET: &str = "iam-last-accessed:GetServiceLastAccessedDetails";
const GENERATE: &str = "iam-last-accessed:GenerateServiceLastAccessedDetails";

/// Times that a report in the making is asked for; with the waits between them about a minute.
const ATTEMPTS: u32 = 20;
/// How long to wait for a report in the making: at first, and at most.
const WAITS: (Duration, Duration) = if cfg!(test) {
    (Duration::ZERO, Duration::ZERO)
} else {
    (Duration::from_millis(250), Duration::from_secs(4))
};

async fn collect(cell: &Cell) {
    let iam = client!(cell, aws_sdk_iam);
    let principals = principals(cell, &iam).await;
    cell.each(&principals, |arn| read(cell, &iam, arn)).await;
}

/// ARNs of everything that can have a report.
async fn principals(cell: &Cell, iam: &Client) -> Vec<String> {
    let pages = details::pages(iam);
    let mut arns = Vec::new();
    cell.pages("iam:GetAccountAuthorizationDetails", None, pages, |page| {
        let users = page.user_detail_list.into_iter().flatten().filter_map(|user| user.arn);
        arns.extend(users);
        let groups = page.group_detail_list.into_iter().flatten();
        arns.extend(groups.filter_map(|group| group.arn));
        let roles = page.role_detail_list.into_iter().flatten().filter_map(|role| role.arn);
        arns.extend(roles);
        let policies = page.policies.into_iter().flatten();
        arns.extend(policies.filter_map(|policy| policy.arn));
    })
    .await;
    arns
}

async fn read(cell: &Cell, iam: &Client, arn: &str) {
    let asked = iam.generate_service_last_accessed_details().arn(arn).send();
    let Some(reply) = cell.call(GENERATE, Some(arn), asked).await else {
        return;
    };
    let Some(job) = reply.job_id else {
        return cell.fail(GENERATE, Some(arn), &malformed("the reply names no job"));
    };
    let Some(mut page) = finished(cell, iam, arn, &job).await else {
        return;
    };
    loop {
        for service in &page.services_last_accessed {
            cell.row(&row(arn, service));
        }
        if !page.is_truncated {
            return;
        }
        let Some(marker) = page.marker else {
            return cell.fail(
                GET,
                Some(arn),
                &malformed("a page that is not the last names no next one"),
            );
        };
        let asked = iam
            .get_service_last_accessed_details()
            .job_id(&job)
            .marker(marker)
            .max_items(1000)
            .send();
        match cell.call(GET, Some(arn), asked).await {
            Some(next) => page = next,
            None => return,
        }
    }
}

/// The first page of a report, once it is made; None when it could not be had, and then the ledger says why.
async fn finished(cell: &Cell, iam: &Client, arn: &str, job: &str) -> Option<GetServiceLastAccessedDetailsOutput> {
    let (mut wait, longest) = WAITS;
    for attempt in 1..=ATTEMPTS {
        let asked = iam
            .get_service_last_accessed_details()
            .job_id(job)
            .max_items(1000)
            .send();
        let reply = cell.call(GET, Some(arn), asked).await?;
        match reply.job_status {
            JobStatusType::Completed => return Some(reply),
            JobStatusType::InProgress if attempt < ATTEMPTS => {
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(longest);
            }
            JobStatusType::InProgress => {
                let failure = Failure {
                    class: "timeout",
                    code: None,
                    message: "the report of last access was not ready after a minute".to_owned(),
                };
                cell.fail(GET, Some(arn), &failure);
            }
            status => {
                let (code, message) = reply
                    .error
                    .map_or((None, None), |error| (Some(error.code), Some(error.message)));
                let failure = Failure {
                    class: "other",
                    code,
                    message: message.unwrap_or_else(|| format!("IAM could not make the report: {}", status.as_str())),
                };
                cell.fail(GET, Some(arn), &failure);
                return None;
            }
        }
    }
    None
}

fn malformed(message: &str) -> Failure {
    Failure {
        class: "malformed",
        code: None,
        message: message.to_owned(),
    }
}

fn row(arn: &str, service: &ServiceLastAccessed) -> IamAccessAdvisor {
    IamAccessAdvisor {
        principal_arn: arn.to_owned(),
        service_namespace: service.service_namespace.clone(),
        service_name: service.service_name.clone(),
        last_authenticated: parse::maybe_timestamp(service.last_authenticated.as_ref()),
        last_authenticated_entity: service.last_authenticated_entity.clone(),
        last_authenticated_region: service.last_authenticated_region.clone(),
        total_authenticated_entities: service.total_authenticated_entities.map(i64::from),
    }
}

#[cfg(test)]
mod tests;
