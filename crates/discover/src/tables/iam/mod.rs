//! AWS Identity and Access Management.

use std::time::Duration;

use aws_sdk_iam::Client;
use aws_sdk_iam::types::{
    PasswordPolicy, ReportStateType, Role, SamlProviderListEntry, ServerCertificateMetadata, VirtualMfaDevice,
};
use standfast_inventory::Scope;
use standfast_inventory::tables::iam::{
    IamAccessKey, IamAccountAlias, IamAccountPasswordPolicy, IamOpenIdConnectProvider, IamOrganizationsFeature,
    IamRoleSession, IamSamlProvider, IamServerCertificate, IamVirtualMfaDevice,
};

use super::Collector;
use crate::cell::client;
use crate::{Answer, Cell, Failure, parse};

pub(crate) mod details;
mod report;
mod summary;

pub(super) const COLLECTOR: Collector = Collector {
    service: "iam",
    scope: Scope::Account,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &["iam:GenerateCredentialReport"],
};

/// Times that a credential report in the making is asked for; with the waits between them about a minute.
const REPORT_ATTEMPTS: u32 = 20;
/// How long to wait for a credential report in the making: at first, and at most. Small accounts have theirs at once.
const REPORT_WAITS: (Duration, Duration) = if cfg!(test) {
    (Duration::ZERO, Duration::ZERO)
} else {
    (Duration::from_millis(250), Duration::from_secs(4))
};

async fn collect(cell: &Cell) {
    let iam = client!(cell, aws_sdk_iam);
    futures::join!(
        read_details(cell, &iam),
        read_role_sessions(cell, &iam),
        read_report_and_keys(cell, &iam),
        summary::read(cell, &iam),
        read_password_policy(cell, &iam),
        read_aliases(cell, &iam),
        read_virtual_devices(cell, &iam),
        read_providers(cell, &iam),
        read_server_certificates(cell, &iam),
        read_organizations_features(cell, &iam),
    );
}

async fn read_details(cell: &Cell, iam: &Client) {
    let pages = details::pages(iam);
    cell.pages("iam:GetAccountAuthorizationDetails", None, pages, |page| {
        details::write(cell, page);
    })
    .await;
}

async fn read_role_sessions(cell: &Cell, iam: &Client) {
    let pages = iam.list_roles().max_items(1000).into_paginator().send();
    cell.pages("iam:ListRoles", None, pages, |page| {
        for role in page.roles {
            cell.row(&role_session_row(role));
        }
    })
    .await;
}

async fn read_report_and_keys(cell: &Cell, iam: &Client) {
    let Some(content) = credential_report(cell, iam).await else {
        return;
    };
    let rows = match report::rows(&content) {
        Ok(rows) => rows,
        Err(message) => {
            let failure = Failure {
                class: "malformed",
                code: None,
                message,
            };
            return cell.fail("iam:GetCredentialReport", None, &failure);
        }
    };
    for row in &rows {
        cell.row(row);
    }
    // Ids of keys are in no reply that covers all users; who has no key need not be asked.
    let with_keys: Vec<(String, String)> = rows
        .into_iter()
        .filter(report::has_keys)
        .map(|row| (row.user_name, row.user_arn))
        .collect();
    cell.each(&with_keys, |(name, arn)| read_access_keys(cell, iam, name, arn))
        .await;
}

/// The report, once it is made; None when it could not be had, and then the ledger says why.
async fn credential_report(cell: &Cell, iam: &Client) -> Option<report::Report> {
    let (mut wait, longest) = REPORT_WAITS;
    for attempt in 1..=REPORT_ATTEMPTS {
        let generated = cell
            .call(
                "iam:GenerateCredentialReport",
                None,
                iam.generate_credential_report().send(),
            )
            .await?;
        if generated.state == Some(ReportStateType::Complete) {
            break;
        }
        if attempt == REPORT_ATTEMPTS {
            let failure = Failure {
                class: "timeout",
                code: None,
                message: "the credential report was not ready after a minute".to_owned(),
            };
            cell.fail("iam:GetCredentialReport", None, &failure);
            return None;
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(longest);
    }
    let reply = cell
        .call("iam:GetCredentialReport", None, iam.get_credential_report().send())
        .await?;
    Some(report::Report {
        content: reply
            .content
            .map(aws_smithy_types::Blob::into_inner)
            .unwrap_or_default(),
        generated: parse::maybe_timestamp(reply.generated_time.as_ref()),
    })
}

async fn read_access_keys(cell: &Cell, iam: &Client, user_name: &str, user_arn: &str) {
    let pages = iam.list_access_keys().user_name(user_name).into_paginator().send();
    cell.pages("iam:ListAccessKeys", Some(user_arn), pages, |page| {
        for key in page.access_key_metadata {
            if let Some(access_key_id) = key.access_key_id {
                cell.row(&IamAccessKey {
                    access_key_id,
                    user_name: user_name.to_owned(),
                    user_arn: user_arn.to_owned(),
                    status: key.status.map(|status| status.as_str().to_owned()),
                    create_date: parse::maybe_timestamp(key.create_date.as_ref()),
                });
            }
        }
    })
    .await;
}

async fn read_password_policy(cell: &Cell, iam: &Client) {
    let asked = iam.get_account_password_policy().send();
    if let Answer::Got(reply) = cell
        .ask("iam:GetAccountPasswordPolicy", None, &["NoSuchEntity"], asked)
        .await
        && let Some(policy) = reply.password_policy
    {
        cell.row(&password_policy_row(&policy));
    }
}

async fn read_aliases(cell: &Cell, iam: &Client) {
    let pages = iam.list_account_aliases().into_paginator().send();
    cell.pages("iam:ListAccountAliases", None, pages, |page| {
        for alias in page.account_aliases {
            cell.row(&IamAccountAlias { alias });
        }
    })
    .await;
}

async fn read_virtual_devices(cell: &Cell, iam: &Client) {
    let pages = iam.list_virtual_mfa_devices().max_items(1000).into_paginator().send();
    cell.pages("iam:ListVirtualMFADevices", None, pages, |page| {
        for device in page.virtual_mfa_devices {
            cell.row(&virtual_device_row(device));
        }
    })
    .await;
}

async fn read_providers(cell: &Cell, iam: &Client) {
    let saml = cell.call("iam:ListSAMLProviders", None, iam.list_saml_providers().send());
    let open_id = cell.call(
        "iam:ListOpenIDConnectProviders",
        None,
        iam.list_open_id_connect_providers().send(),
    );
    let (saml, open_id) = futures::join!(saml, open_id);
    for row in saml
        .and_then(|reply| reply.saml_provider_list)
        .unwrap_or_default()
        .into_iter()
        .filter_map(saml_row)
    {
        cell.row(&row);
    }
    for provider in open_id
        .and_then(|reply| reply.open_id_connect_provider_list)
        .unwrap_or_default()
    {
        if let Some(arn) = provider.arn {
            let url = arn.split_once("oidc-provider/").map_or("", |(_, url)| url).to_owned();
            cell.row(&IamOpenIdConnectProvider { arn, url });
        }
    }
}

async fn read_server_certificates(cell: &Cell, iam: &Client) {
    let pages = iam.list_server_certificates().max_items(1000).into_paginator().send();
    cell.pages("iam:ListServerCertificates", None, pages, |page| {
        for certificate in page.server_certificate_metadata_list {
            cell.row(&server_certificate_row(certificate));
        }
    })
    .await;
}

async fn read_organizations_features(cell: &Cell, iam: &Client) {
    if !cell.is_management() {
        return;
    }
    // Each of these says that central root access is not in use here.
    let absent = &[
        "OrganizationNotFoundException",
        "OrganizationNotInAllFeaturesModeException",
        "ServiceAccessNotEnabledException",
        "OrganizationNotFound",
        "OrganizationNotInAllFeaturesMode",
        "ServiceAccessNotEnabled",
    ];
    let asked = iam.list_organizations_features().send();
    if let Answer::Got(reply) = cell.ask("iam:ListOrganizationsFeatures", None, absent, asked).await {
        for feature in reply.enabled_features.unwrap_or_default() {
            cell.row(&IamOrganizationsFeature {
                feature: feature.as_str().to_owned(),
            });
        }
    }
}

fn role_session_row(role: Role) -> IamRoleSession {
    IamRoleSession {
        arn: role.arn,
        name: role.role_name,
        description: role.description.filter(|text| !text.is_empty()),
        max_session_duration: role.max_session_duration.map(i64::from),
    }
}

fn password_policy_row(policy: &PasswordPolicy) -> IamAccountPasswordPolicy {
    IamAccountPasswordPolicy {
        minimum_password_length: policy.minimum_password_length.map(i64::from),
        require_symbols: policy.require_symbols,
        require_numbers: policy.require_numbers,
        require_uppercase_characters: policy.require_uppercase_characters,
        require_lowercase_characters: policy.require_lowercase_characters,
        allow_users_to_change_password: policy.allow_users_to_change_password,
        expire_passwords: policy.expire_passwords,
        max_password_age: policy.max_password_age.map(i64::from),
        password_reuse_prevention: policy.password_reuse_prevention.map(i64::from),
        hard_expiry: policy.hard_expiry,
    }
}

fn virtual_device_row(device: VirtualMfaDevice) -> IamVirtualMfaDevice {
    let (user_arn, user_name) = device
        .user
        .map_or((None, None), |user| (Some(user.arn), Some(user.user_name)));
    IamVirtualMfaDevice {
        serial_number: device.serial_number,
        user_arn: user_arn.filter(|arn| !arn.is_empty()),
        // The root user has none.
        user_name: user_name.filter(|name| !name.is_empty()),
        enable_date: parse::maybe_timestamp(device.enable_date.as_ref()),
    }
}

fn saml_row(provider: SamlProviderListEntry) -> Option<IamSamlProvider> {
    let arn = provider.arn?;
    Some(IamSamlProvider {
        name: arn.rsplit('/').next().unwrap_or_default().to_owned(),
        arn,
        valid_until: parse::maybe_timestamp(provider.valid_until.as_ref()),
        create_date: parse::maybe_timestamp(provider.create_date.as_ref()),
    })
}

fn server_certificate_row(certificate: ServerCertificateMetadata) -> IamServerCertificate {
    IamServerCertificate {
        arn: certificate.arn,
        name: certificate.server_certificate_name,
        server_certificate_id: certificate.server_certificate_id,
        path: certificate.path,
        upload_date: parse::maybe_timestamp(certificate.upload_date.as_ref()),
        expiration: parse::maybe_timestamp(certificate.expiration.as_ref()),
    }
}

#[cfg(test)]
mod tests;
