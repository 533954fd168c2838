//! The account summary: counts of identities, and what the root user has.

use aws_sdk_iam::Client;
use aws_sdk_iam::types::SummaryKeyType;
use standfast_inventory::tables::iam::IamAccountSummary;

use crate::Cell;

pub(super) async fn read(cell: &Cell, iam: &Client) {
    let reply = cell
        .call("iam:GetAccountSummary", None, iam.get_account_summary().send())
        .await;
    if let Some(map) = reply.and_then(|reply| reply.summary_map) {
        cell.row(&row(|key| map.get(&key).copied()));
    }
}

fn row(value: impl Fn(SummaryKeyType) -> Option<i32>) -> IamAccountSummary {
    let count = |key| value(key).map(i64::from);
    let present = |key| value(key).map(|count| count > 0);
    IamAccountSummary {
        account_mfa_enabled: present(SummaryKeyType::AccountMfaEnabled),
        account_access_keys_present: present(SummaryKeyType::AccountAccessKeysPresent),
        account_password_present: present(SummaryKeyType::AccountPasswordPresent),
        account_signing_certificates_present: present(SummaryKeyType::AccountSigningCertificatesPresent),
        users: count(SummaryKeyType::Users),
        groups: count(SummaryKeyType::Groups),
        roles: count(SummaryKeyType::Roles),
        policies: count(SummaryKeyType::Policies),
        providers: count(SummaryKeyType::Providers),
        instance_profiles: count(SummaryKeyType::InstanceProfiles),
        mfa_devices: count(SummaryKeyType::MfaDevices),
        mfa_devices_in_use: count(SummaryKeyType::MfaDevicesInUse),
        server_certificates: count(SummaryKeyType::ServerCertificates),
    }
}
