//! AWS Identity and Access Management. Config records these types once for all regions.

use serde::de::DeserializeOwned;
use standfast_inventory::tables::iam::{IamGroup, IamInlinePolicy, IamPolicy, IamRole, IamSamlProvider, IamUser};
use standfast_inventory::{Row, Scope};

use super::Kind;
use crate::import::iam_details::{Entry, Group, Policy, Role, User};
use crate::import::item::{Found, Item};
use crate::import::places::Place;

pub(super) const USER: Kind = Kind {
    name: "AWS::IAM::User",
    scope: Scope::Account,
    tables: &[IamUser::TABLE, IamInlinePolicy::TABLE],
    write: |item, place| place.entry(Entry::User(shape::<User>(item)?)),
};

pub(super) const GROUP: Kind = Kind {
    name: "AWS::IAM::Group",
    scope: Scope::Account,
    tables: &[IamGroup::TABLE, IamInlinePolicy::TABLE],
    write: |item, place| place.entry(Entry::Group(shape::<Group>(item)?)),
};

pub(super) const ROLE: Kind = Kind {
    name: "AWS::IAM::Role",
    scope: Scope::Account,
    tables: &[IamRole::TABLE, IamInlinePolicy::TABLE],
    write: |item, place| place.entry(Entry::Role(shape::<Role>(item)?.without_use())),
};

pub(super) const POLICY: Kind = Kind {
    name: "AWS::IAM::Policy",
    scope: Scope::Account,
    tables: &[IamPolicy::TABLE],
    write: policy,
};

pub(super) const SAML_PROVIDER: Kind = Kind {
    name: "AWS::IAM::SAMLProvider",
    scope: Scope::Account,
    tables: &[IamSamlProvider::TABLE],
    write: saml_provider,
};

fn shape<T: DeserializeOwned>(item: &Item) -> Found<T> {
    serde_json::from_value(item.configuration.clone()).map_err(|error| error.to_string())
}

fn policy(item: &Item, place: &Place<'_>) -> Found<()> {
    let policy = shape::<Policy>(item)?;
    if policy.arn().contains(":iam::aws:") {
        return Ok(());
    }
    if !policy.has_document_in_force() {
        return Err("the document of the default version".to_owned());
    }
    place.entry(Entry::Policy(policy))
}

fn saml_provider(item: &Item, place: &Place<'_>) -> Found<()> {
    let arn = item.fields().text("Arn").unwrap_or_else(|| item.arn.clone());
    if arn.is_empty() {
        return Err("Arn".to_owned());
    }
    place.row(&IamSamlProvider {
        name: arn.rsplit('/').next().unwrap_or_default().to_owned(),
        arn,
        valid_until: None,
        create_date: None,
    });
    Ok(())
}
