//! AWS Organizations: the tree, the policies on it, and who administers what.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use aws_sdk_organizations::Client;
use aws_sdk_organizations::types::{
    Account, DelegatedAdministrator, Organization, OrganizationalUnit, PolicySummary, PolicyTargetSummary, PolicyType,
    PolicyTypeStatus, Root,
};
use standfast_inventory::Scope;
use standfast_inventory::tables::organizations::{
    OrganizationsAccount, OrganizationsDelegatedAdministrator, OrganizationsDelegatedService,
    OrganizationsOrganization, OrganizationsOrganizationalUnit, OrganizationsPolicy, OrganizationsPolicyDocument,
    OrganizationsPolicyTarget, OrganizationsResourcePolicy, OrganizationsRoot, OrganizationsServiceAccess,
};

use super::Collector;
use crate::cell::client;
use crate::{Answer, Cell, parse};

pub(super) const COLLECTOR: Collector = Collector {
    service: "organizations",
    scope: Scope::Organization,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

/// The root or a unit, and the way to it.
#[derive(Debug, Clone)]
struct Place {
    id: String,
    path: String,
    /// Ids from the root down to this place.
    ids: Vec<String>,
}

async fn collect(cell: &Cell) {
    let organizations = client!(cell, aws_sdk_organizations);
    let Some(organization) = organization(cell, &organizations).await else {
        return;
    };
    if let (Some(arn), Some(id)) = (organization.arn, organization.id) {
        cell.row(&OrganizationsOrganization {
            arn,
            id,
            feature_set: organization.feature_set.map(|set| set.as_str().to_owned()),
            master_account_id: organization.master_account_id,
        });
    }
    futures::join!(
        read_tree_and_policies(cell, &organizations),
        read_delegated_administrators(cell, &organizations),
        read_service_access(cell, &organizations),
        read_resource_policy(cell, &organizations),
    );
}

async fn organization(cell: &Cell, organizations: &Client) -> Option<Organization> {
    if let Some(tree) = cell.tree() {
        return tree.organization.clone();
    }
    let absent = &["AWSOrganizationsNotInUseException"];
    let asked = organizations.describe_organization().send();
    match cell
        .ask("organizations:DescribeOrganization", None, absent, asked)
        .await
    {
        Answer::Got(reply) => reply.organization,
        Answer::Absent | Answer::Failed => None,
    }
}

async fn read_tree_and_policies(cell: &Cell, organizations: &Client) {
    let (mut places, mut types) = (Vec::new(), BTreeSet::new());
    let mut keep = |roots: Vec<Root>| {
        for row in roots.into_iter().filter_map(root_row) {
            types.extend(row.policy_types.iter().cloned());
            places.push(Place {
                id: row.id.clone(),
                path: row.name.clone(),
                ids: vec![row.id.clone()],
            });
            cell.row(&row);
        }
    };
    if let Some(tree) = cell.tree() {
        keep(tree.roots.clone());
    } else {
        let pages = organizations.list_roots().into_paginator().send();
        cell.pages("organizations:ListRoots", None, pages, |page| {
            keep(page.roots.unwrap_or_default());
        })
        .await;
    }
    futures::join!(
        read_tree(cell, organizations, places),
        cell.each(types, |kind| read_policies(cell, organizations, kind))
    );
}

async fn read_tree(cell: &Cell, organizations: &Client, roots: Vec<Place>) {
    let mut level = roots;
    while !level.is_empty() {
        let below = Mutex::new(Vec::new());
        cell.each(level, |place| {
            let below = &below;
            async move {
                let ((), units) = futures::join!(
                    read_accounts(cell, organizations, &place),
                    read_units(cell, organizations, &place)
                );
                below.lock().unwrap_or_else(PoisonError::into_inner).extend(units);
            }
        })
        .await;
        level = below.into_inner().unwrap_or_else(PoisonError::into_inner);
    }
}

async fn read_accounts(cell: &Cell, organizations: &Client, place: &Place) {
    let keep = |accounts: Vec<Account>| {
        for row in accounts.into_iter().filter_map(|account| account_row(account, place)) {
            cell.row(&row);
        }
    };
    if let Some(known) = cell.tree().and_then(|tree| tree.place(&place.id)) {
        keep(known.accounts.clone());
        return;
    }
    let pages = organizations
        .list_accounts_for_parent()
        .parent_id(&place.id)
        .into_paginator()
        .send();
    cell.pages("organizations:ListAccountsForParent", None, pages, |page| {
        keep(page.accounts.unwrap_or_default());
    })
    .await;
}

async fn read_units(cell: &Cell, organizations: &Client, place: &Place) -> Vec<Place> {
    let mut below = Vec::new();
    let mut keep = |units: Vec<OrganizationalUnit>| {
        for row in units.into_iter().filter_map(|unit| unit_row(unit, place)) {
            let mut ids = place.ids.clone();
            ids.push(row.id.clone());
            below.push(Place {
                id: row.id.clone(),
                path: row.path.clone(),
                ids,
            });
            cell.row(&row);
        }
    };
    if let Some(known) = cell.tree().and_then(|tree| tree.place(&place.id)) {
        keep(known.units.clone());
    } else {
        let pages = organizations
            .list_organizational_units_for_parent()
            .parent_id(&place.id)
            .into_paginator()
            .send();
        cell.pages("organizations:ListOrganizationalUnitsForParent", None, pages, |page| {
            keep(page.organizational_units.unwrap_or_default());
        })
        .await;
    }
    below
}

async fn read_policies(cell: &Cell, organizations: &Client, kind: String) {
    let mut own = Vec::new();
    let pages = organizations
        .list_policies()
        .filter(PolicyType::from(kind.as_str()))
        .into_paginator()
        .send();
    cell.pages("organizations:ListPolicies", None, pages, |page| {
        for row in page
            .policies
            .unwrap_or_default()
            .into_iter()
            .filter_map(|policy| policy_row(policy, &kind))
        {
            cell.row(&row);
            // What AWS manages (`FullAWSAccess`) allows everything and is attached nearly everywhere: there is nothing to learn from it.
            if !row.aws_managed {
                own.push(row);
            }
        }
    })
    .await;
    cell.each(&own, |policy| async move {
        futures::join!(
            read_document(cell, organizations, policy),
            read_targets(cell, organizations, policy)
        );
    })
    .await;
}

// A policy that could not be read, or whose targets could not, leaves open what holds in every account: no resource is named.
async fn read_document(cell: &Cell, organizations: &Client, policy: &OrganizationsPolicy) {
    let asked = organizations.describe_policy().policy_id(&policy.id).send();
    let described = cell.call("organizations:DescribePolicy", None, asked).await;
    if let Some(text) = described.and_then(|reply| reply.policy?.content) {
        cell.row(&OrganizationsPolicyDocument {
            policy_arn: policy.arn.clone(),
            policy_id: policy.id.clone(),
            name: policy.name.clone(),
            r#type: policy.r#type.clone(),
            content: parse::policy(&text),
        });
    }
}

async fn read_targets(cell: &Cell, organizations: &Client, policy: &OrganizationsPolicy) {
    let pages = organizations
        .list_targets_for_policy()
        .policy_id(&policy.id)
        .into_paginator()
        .send();
    cell.pages("organizations:ListTargetsForPolicy", None, pages, |page| {
        for row in page
            .targets
            .unwrap_or_default()
            .into_iter()
            .filter_map(|target| target_row(target, policy))
        {
            cell.row(&row);
        }
    })
    .await;
}

async fn read_delegated_administrators(cell: &Cell, organizations: &Client) {
    let mut administrators = Vec::new();
    let pages = organizations.list_delegated_administrators().into_paginator().send();
    cell.pages("organizations:ListDelegatedAdministrators", None, pages, |page| {
        for row in page
            .delegated_administrators
            .unwrap_or_default()
            .into_iter()
            .filter_map(administrator_row)
        {
            cell.row(&row);
            administrators.push(row.id);
        }
    })
    .await;
    cell.each(&administrators, |id| async move {
        let pages = organizations
            .list_delegated_services_for_account()
            .account_id(id)
            .into_paginator()
            .send();
        cell.pages("organizations:ListDelegatedServicesForAccount", None, pages, |page| {
            for service in page.delegated_services.unwrap_or_default() {
                if let Some(service_principal) = service.service_principal {
                    cell.row(&OrganizationsDelegatedService {
                        delegated_account_id: id.clone(),
                        service_principal,
                        delegation_enabled_date: parse::maybe_timestamp(service.delegation_enabled_date.as_ref()),
                    });
                }
            }
        })
        .await;
    })
    .await;
}

async fn read_service_access(cell: &Cell, organizations: &Client) {
    let pages = organizations
        .list_aws_service_access_for_organization()
        .into_paginator()
        .send();
    cell.pages(
        "organizations:ListAWSServiceAccessForOrganization",
        None,
        pages,
        |page| {
            for service in page.enabled_service_principals.unwrap_or_default() {
                if let Some(service_principal) = service.service_principal {
                    cell.row(&OrganizationsServiceAccess {
                        service_principal,
                        date_enabled: parse::maybe_timestamp(service.date_enabled.as_ref()),
                    });
                }
            }
        },
    )
    .await;
}

async fn read_resource_policy(cell: &Cell, organizations: &Client) {
    let absent = &["ResourcePolicyNotFoundException"];
    let asked = organizations.describe_resource_policy().send();
    let Answer::Got(reply) = cell
        .ask("organizations:DescribeResourcePolicy", None, absent, asked)
        .await
    else {
        return;
    };
    if let Some(policy) = reply.resource_policy
        && let Some(text) = policy.content
    {
        cell.row(&OrganizationsResourcePolicy {
            arn: policy
                .resource_policy_summary
                .and_then(|summary| summary.arn)
                .unwrap_or_default(),
            policy: parse::policy(&text),
        });
    }
}

fn root_row(root: Root) -> Option<OrganizationsRoot> {
    let mut policy_types: Vec<String> = root
        .policy_types
        .unwrap_or_default()
        .into_iter()
        .filter(|summary| summary.status == Some(PolicyTypeStatus::Enabled))
        .filter_map(|summary| Some(summary.r#type?.as_str().to_owned()))
        .collect();
    policy_types.sort();
    Some(OrganizationsRoot {
        arn: root.arn?,
        id: root.id?,
        name: root.name.unwrap_or_else(|| "Root".to_owned()),
        policy_types,
    })
}

fn unit_row(unit: OrganizationalUnit, parent: &Place) -> Option<OrganizationsOrganizationalUnit> {
    let name = unit.name?;
    Some(OrganizationsOrganizationalUnit {
        arn: unit.arn?,
        id: unit.id?,
        path: format!("{}/{name}", parent.path),
        name,
        parent_id: parent.id.clone(),
    })
}

fn account_row(account: Account, parent: &Place) -> Option<OrganizationsAccount> {
    let id = account.id?;
    let mut policy_target_ids = parent.ids.clone();
    policy_target_ids.push(id.clone());
    let state = account.state.map(|state| state.as_str().to_owned());
    Some(OrganizationsAccount {
        arn: account.arn?,
        name: account.name.unwrap_or_else(|| id.clone()),
        id,
        email: account.email,
        // `Status` is the older of the two and on its way out.
        #[allow(deprecated, reason = "endpoints that know no `State` still answer with it")]
        status: state.or_else(|| account.status.map(|status| status.as_str().to_owned())),
        joined_method: account.joined_method.map(|method| method.as_str().to_owned()),
        joined_timestamp: parse::maybe_timestamp(account.joined_timestamp.as_ref()),
        parent_id: parent.id.clone(),
        path: parent.path.clone(),
        policy_target_ids,
    })
}

fn policy_row(policy: PolicySummary, kind: &str) -> Option<OrganizationsPolicy> {
    Some(OrganizationsPolicy {
        arn: policy.arn?,
        id: policy.id?,
        name: policy.name.unwrap_or_default(),
        description: policy.description.filter(|text| !text.is_empty()),
        r#type: policy
            .r#type
            .map_or_else(|| kind.to_owned(), |kind| kind.as_str().to_owned()),
        aws_managed: policy.aws_managed,
    })
}

fn target_row(target: PolicyTargetSummary, policy: &OrganizationsPolicy) -> Option<OrganizationsPolicyTarget> {
    Some(OrganizationsPolicyTarget {
        policy_arn: policy.arn.clone(),
        policy_id: policy.id.clone(),
        target_id: target.target_id?,
        target_arn: target.arn,
        target_name: target.name,
        target_type: target.r#type.map(|kind| kind.as_str().to_owned()),
    })
}

fn administrator_row(administrator: DelegatedAdministrator) -> Option<OrganizationsDelegatedAdministrator> {
    Some(OrganizationsDelegatedAdministrator {
        arn: administrator.arn.unwrap_or_default(),
        id: administrator.id?,
        name: administrator.name,
        delegation_enabled_date: parse::maybe_timestamp(administrator.delegation_enabled_date.as_ref()),
    })
}

#[cfg(test)]
mod tests;
