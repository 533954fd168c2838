//! AWS Account Management.

use aws_sdk_account::types::{AlternateContact, AlternateContactType, ContactInformation, Region};
use standfast_inventory::Scope;
use standfast_inventory::tables::account::{AccountAlternateContact, AccountContact, AccountRegion};

use super::Collector;
use crate::cell::client;
use crate::{Answer, Cell};

pub(super) const COLLECTOR: Collector = Collector {
    service: "account",
    scope: Scope::Account,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let account = client!(cell, aws_sdk_account);
    futures::join!(
        read_alternate_contacts(cell, &account),
        read_contact(cell, &account),
        read_regions(cell, &account)
    );
}

async fn read_alternate_contacts(cell: &Cell, account: &aws_sdk_account::Client) {
    let kinds = [
        AlternateContactType::Security,
        AlternateContactType::Billing,
        AlternateContactType::Operations,
    ];
    cell.each(kinds, |kind| async move {
        let asked = account
            .get_alternate_contact()
            .alternate_contact_type(kind.clone())
            .send();
        let absent = &["ResourceNotFoundException"];
        if let Answer::Got(reply) = cell.ask("account:GetAlternateContact", None, absent, asked).await
            && let Some(contact) = reply.alternate_contact
        {
            cell.row(&alternate_contact_row(&kind, contact));
        }
    })
    .await;
}

async fn read_contact(cell: &Cell, account: &aws_sdk_account::Client) {
    let asked = account.get_contact_information().send();
    let absent = &["ResourceNotFoundException"];
    if let Answer::Got(reply) = cell.ask("account:GetContactInformation", None, absent, asked).await
        && let Some(contact) = reply.contact_information
    {
        cell.row(&contact_row(contact));
    }
}

async fn read_regions(cell: &Cell, account: &aws_sdk_account::Client) {
    let pages = account.list_regions().max_results(50).into_paginator().send();
    cell.pages("account:ListRegions", None, pages, |page| {
        for row in page.regions.unwrap_or_default().into_iter().filter_map(region_row) {
            cell.row(&row);
        }
    })
    .await;
}

fn alternate_contact_row(kind: &AlternateContactType, contact: AlternateContact) -> AccountAlternateContact {
    AccountAlternateContact {
        contact_type: contact
            .alternate_contact_type
            .as_ref()
            .unwrap_or(kind)
            .as_str()
            .to_owned(),
        name: contact.name,
        contact_title: contact.title,
        email_address: contact.email_address,
        has_phone_number: contact.phone_number.is_some_and(|number| !number.trim().is_empty()),
    }
}

fn contact_row(contact: ContactInformation) -> AccountContact {
    AccountContact {
        full_name: contact.full_name,
        company_name: contact.company_name,
        country_code: Some(contact.country_code).filter(|code| !code.is_empty()),
        website_url: contact.website_url,
    }
}

fn region_row(region: Region) -> Option<AccountRegion> {
    Some(AccountRegion {
        region_name: region.region_name?,
        region_opt_status: region.region_opt_status?.as_str().to_owned(),
    })
}

#[cfg(test)]
mod tests;
