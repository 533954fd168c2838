//! AWS Firewall Manager. Only its administrator may list policies, and each region has policies of its own: every account is
//! asked who administers it, and the one that does it for its policies.

use aws_sdk_fms::error::ProvideErrorMetadata;
use aws_sdk_fms::operation::get_admin_account::GetAdminAccountOutput;
use aws_sdk_fms::types::PolicySummary;
use standfast_inventory::Scope;
use standfast_inventory::tables::fms::{FmsAdminAccount, FmsPolicy};

use super::Collector;
use crate::cell::client;
use crate::{Answer, Cell};

pub(super) const COLLECTOR: Collector = Collector {
    service: "fms",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let fms = client!(cell, aws_sdk_fms);
    // No administrator, or an account outside of any organization.
    let absent = &["ResourceNotFoundException", "InvalidOperationException"];
    let request = async {
        match fms.get_admin_account().send().await {
            // Without an administrator the service may also call it a lack of rights.
            Err(error) if error.message().is_some_and(|text| text.contains("No default admin")) => {
                Ok(GetAdminAccountOutput::builder().build())
            }
            reply => reply,
        }
    };
    let reply = cell.ask("fms:GetAdminAccount", None, absent, request).await;
    let Answer::Got(reply) = reply else { return };
    let Some(admin_account) = reply.admin_account else {
        return;
    };
    let is_administrator = admin_account == cell.account_id();
    cell.row(&FmsAdminAccount {
        admin_account,
        role_status: reply.role_status.map(|status| status.as_str().to_owned()),
    });
    if !is_administrator {
        return;
    }
    let pages = fms.list_policies().max_results(100).into_paginator().send();
    cell.pages("fms:ListPolicies", None, pages, |page| {
        for policy in page.policy_list.unwrap_or_default() {
            if let Some(row) = policy_row(policy) {
                cell.row(&row);
            }
        }
    })
    .await;
}

fn policy_row(policy: PolicySummary) -> Option<FmsPolicy> {
    Some(FmsPolicy {
        arn: policy.policy_arn?,
        policy_id: policy.policy_id?,
        policy_name: policy.policy_name.unwrap_or_default(),
        security_service_type: policy.security_service_type.map(|kind| kind.as_str().to_owned()),
        resource_type: policy.resource_type,
        remediation_enabled: policy.remediation_enabled,
        policy_status: policy.policy_status.map(|status| status.as_str().to_owned()),
    })
}

#[cfg(test)]
mod tests;
