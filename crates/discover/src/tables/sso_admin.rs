//! AWS IAM Identity Center.

use std::sync::{Mutex, PoisonError};

use aws_sdk_ssoadmin::Client;
use aws_sdk_ssoadmin::types::{AccountAssignment, InstanceMetadata, PermissionSet};
use aws_types::region::Region;
use standfast_inventory::Scope;
use standfast_inventory::tables::sso_admin::{
    SsoadminAccountAssignment, SsoadminCustomerManagedPolicyReference, SsoadminInlinePolicy, SsoadminInstance,
    SsoadminManagedPolicyAttachment, SsoadminPermissionSet,
};

use super::Collector;
use crate::cell::client;
use crate::{Cell, parse};

pub(super) const COLLECTOR: Collector = Collector {
    service: "sso-admin",
    scope: Scope::Organization,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[
        "ec2:DescribeRegions",
        "sso-admin:ListPermissionSets",
        "sso-admin:ListAccountsForProvisionedPermissionSet",
    ],
};

/// An instance and the client of its region.
pub(super) struct Found {
    pub(super) instance: InstanceMetadata,
    pub(super) region: String,
    sso: Client,
}

/// The instances of Identity Center. It lives in one region and is invisible from any other: where the home region has none, the
/// others are asked.
pub(super) async fn find_instances(cell: &Cell) -> Vec<Found> {
    let home = cell
        .config()
        .region()
        .map_or("us-east-1", |region| region.as_ref())
        .to_owned();
    let found = instances_of(cell, &home).await;
    if !found.is_empty() {
        return found;
    }
    let ec2 = client!(cell, aws_sdk_ec2);
    let Some(reply) = cell
        .call("ec2:DescribeRegions", None, ec2.describe_regions().send())
        .await
    else {
        return Vec::new();
    };
    let others = reply
        .regions
        .unwrap_or_default()
        .into_iter()
        .filter(|region| region.opt_in_status.as_deref() != Some("not-opted-in"))
        .filter_map(|region| region.region_name)
        .filter(|region| *region != home);
    let found = Mutex::new(Vec::new());
    cell.each(others, |region| {
        let found = &found;
        async move {
            let instances = instances_of(cell, &region).await;
            found.lock().unwrap_or_else(PoisonError::into_inner).extend(instances);
        }
    })
    .await;
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

async fn instances_of(cell: &Cell, region: &str) -> Vec<Found> {
    let sso = client!(cell, aws_sdk_ssoadmin, |settings| settings
        .region(Region::new(region.to_owned())));
    let mut found = Vec::new();
    cell.pages(
        "sso-admin:ListInstances",
        None,
        sso.list_instances().into_paginator().send(),
        |page| {
            found.extend(page.instances.unwrap_or_default().into_iter().map(|instance| Found {
                instance,
                region: region.to_owned(),
                sso: sso.clone(),
            }));
        },
    )
    .await;
    found
}

async fn collect(cell: &Cell) {
    for found in find_instances(cell).await {
        if let Some(arn) = found.instance.instance_arn.clone() {
            cell.row_in(&found.region, &instance_row(&arn, &found.instance));
            read_instance(cell, &found, &arn).await;
        }
    }
}

async fn read_instance(cell: &Cell, found: &Found, instance: &str) {
    let mut sets = Vec::new();
    let pages = found
        .sso
        .list_permission_sets()
        .instance_arn(instance)
        .max_results(100)
        .into_paginator()
        .send();
    cell.pages("sso-admin:ListPermissionSets", None, pages, |page| {
        sets.extend(page.permission_sets.unwrap_or_default());
    })
    .await;
    cell.each(&sets, |set| async move {
        futures::join!(
            read_set(cell, found, instance, set),
            read_managed_policies(cell, found, instance, set),
            read_references(cell, found, instance, set),
            read_inline_policy(cell, found, instance, set),
            read_assignments(cell, found, instance, set),
        );
    })
    .await;
}

// A permission set that could not be read may be any of those that the design asks for: no resource is named.
async fn read_set(cell: &Cell, found: &Found, instance: &str, set: &str) {
    let asked = found
        .sso
        .describe_permission_set()
        .instance_arn(instance)
        .permission_set_arn(set)
        .send();
    let described = cell.call("sso-admin:DescribePermissionSet", None, asked).await;
    if let Some(details) = described.and_then(|reply| reply.permission_set) {
        cell.row_in(&found.region, &set_row(instance, set, details));
    }
}

async fn read_managed_policies(cell: &Cell, found: &Found, instance: &str, set: &str) {
    let asked = found
        .sso
        .list_managed_policies_in_permission_set()
        .instance_arn(instance)
        .permission_set_arn(set);
    let pages = asked.into_paginator().send();
    cell.pages(
        "sso-admin:ListManagedPoliciesInPermissionSet",
        Some(set),
        pages,
        |page| {
            for policy in page.attached_managed_policies.unwrap_or_default() {
                if let Some(managed_policy_arn) = policy.arn {
                    let row = SsoadminManagedPolicyAttachment {
                        permission_set_arn: set.to_owned(),
                        managed_policy_arn,
                        name: policy.name,
                    };
                    cell.row_in(&found.region, &row);
                }
            }
        },
    )
    .await;
}

async fn read_references(cell: &Cell, found: &Found, instance: &str, set: &str) {
    let asked = found
        .sso
        .list_customer_managed_policy_references_in_permission_set()
        .instance_arn(instance)
        .permission_set_arn(set);
    let operation = "sso-admin:ListCustomerManagedPolicyReferencesInPermissionSet";
    cell.pages(operation, Some(set), asked.into_paginator().send(), |page| {
        for reference in page.customer_managed_policy_references.unwrap_or_default() {
            let row = SsoadminCustomerManagedPolicyReference {
                permission_set_arn: set.to_owned(),
                name: reference.name,
                path: reference.path.unwrap_or_else(|| "/".to_owned()),
            };
            cell.row_in(&found.region, &row);
        }
    })
    .await;
}

async fn read_inline_policy(cell: &Cell, found: &Found, instance: &str, set: &str) {
    let asked = found
        .sso
        .get_inline_policy_for_permission_set()
        .instance_arn(instance)
        .permission_set_arn(set)
        .send();
    let reply = cell
        .call("sso-admin:GetInlinePolicyForPermissionSet", Some(set), asked)
        .await;
    // A permission set without one answers with an empty text.
    if let Some(text) = reply
        .and_then(|reply| reply.inline_policy)
        .filter(|text| !text.trim().is_empty())
    {
        let row = SsoadminInlinePolicy {
            permission_set_arn: set.to_owned(),
            policy: parse::policy(&text),
        };
        cell.row_in(&found.region, &row);
    }
}

async fn read_assignments(cell: &Cell, found: &Found, instance: &str, set: &str) {
    let mut accounts = Vec::new();
    let asked = found
        .sso
        .list_accounts_for_provisioned_permission_set()
        .instance_arn(instance)
        .permission_set_arn(set);
    let pages = asked.max_results(100).into_paginator().send();
    cell.pages(
        "sso-admin:ListAccountsForProvisionedPermissionSet",
        Some(set),
        pages,
        |page| {
            accounts.extend(page.account_ids.unwrap_or_default());
        },
    )
    .await;
    cell.each(&accounts, |account| async move {
        let asked = found
            .sso
            .list_account_assignments()
            .instance_arn(instance)
            .permission_set_arn(set)
            .account_id(account)
            .max_results(100);
        cell.pages(
            "sso-admin:ListAccountAssignments",
            Some(set),
            asked.into_paginator().send(),
            |page| {
                let assignments = page.account_assignments.unwrap_or_default().into_iter();
                for row in assignments.filter_map(|assignment| assignment_row(instance, assignment)) {
                    cell.row_in(&found.region, &row);
                }
            },
        )
        .await;
    })
    .await;
}

fn instance_row(arn: &str, instance: &InstanceMetadata) -> SsoadminInstance {
    SsoadminInstance {
        arn: arn.to_owned(),
        identity_store_id: instance.identity_store_id.clone(),
        owner_account_id: instance.owner_account_id.clone(),
        name: instance.name.clone(),
        status: instance.status.as_ref().map(|status| status.as_str().to_owned()),
        created_date: parse::maybe_timestamp(instance.created_date.as_ref()),
    }
}

fn set_row(instance: &str, arn: &str, set: PermissionSet) -> SsoadminPermissionSet {
    SsoadminPermissionSet {
        arn: arn.to_owned(),
        instance_arn: instance.to_owned(),
        name: set.name.unwrap_or_default(),
        description: set.description,
        session_duration_minutes: set.session_duration.as_deref().and_then(minutes),
        session_duration: set.session_duration,
        created_date: parse::maybe_timestamp(set.created_date.as_ref()),
    }
}

fn assignment_row(instance: &str, assignment: AccountAssignment) -> Option<SsoadminAccountAssignment> {
    Some(SsoadminAccountAssignment {
        instance_arn: instance.to_owned(),
        permission_set_arn: assignment.permission_set_arn?,
        target_account_id: assignment.account_id?,
        principal_type: assignment.principal_type?.as_str().to_owned(),
        principal_id: assignment.principal_id?,
    })
}

/// Minutes of an ISO 8601 duration such as `PT1H30M`.
fn minutes(duration: &str) -> Option<i64> {
    Some(duration.parse::<jiff::SignedDuration>().ok()?.as_mins())
}

#[cfg(test)]
mod tests;
