//! The tree of an organization, read once: to find the accounts of a run, and again as rows of its tables.

use std::collections::HashMap;

use aws_sdk_organizations::Client;
use aws_sdk_organizations::types::{Account, Organization, OrganizationalUnit, Root};
use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use futures::{StreamExt, TryStreamExt};

use crate::Error;
use crate::error::failure;

/// Places of the tree that are read at the same time: Organizations allows few calls a second.
const PLACES_AT_ONCE: usize = 4;

/// The tree of an organization as AWS told it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    pub(crate) organization: Option<Organization>,
    pub(crate) roots: Vec<Root>,
    places: HashMap<String, Place>,
}

/// The root or an organizational unit.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The way to it, as `Root/Workloads/Prod`.
    path: String,
    /// Right below it.
    pub(crate) accounts: Vec<Account>,
    /// Right below it.
    pub(crate) units: Vec<OrganizationalUnit>,
}

impl Tree {
    /// Reads the whole tree, level by level.
    pub(crate) async fn read(client: &Client, organization: Option<Organization>) -> Result<Self, Error> {
        let mut roots = Vec::new();
        all(
            "organizations:ListRoots",
            client.list_roots().into_paginator().send(),
            |page| {
                roots.extend(page.roots.unwrap_or_default());
            },
        )
        .await?;
        let mut level: Vec<(String, String)> = roots
            .iter()
            .filter_map(|root| {
                let name = root.name.clone().unwrap_or_else(|| "Root".to_owned());
                Some((root.id.clone()?, name))
            })
            .collect();
        let mut places = HashMap::new();
        while !level.is_empty() {
            let read: Vec<(String, Place)> = futures::stream::iter(level)
                .map(|(id, path)| Place::read(client, id, path))
                .buffer_unordered(PLACES_AT_ONCE)
                .try_collect()
                .await?;
            level = read.iter().flat_map(|(_, place)| place.below()).collect();
            places.extend(read);
        }
        Ok(Self {
            organization,
            roots,
            places,
        })
    }

    /// The place with this id.
    pub(crate) fn place(&self, id: &str) -> Option<&Place> {
        self.places.get(id)
    }

    /// Every account with the way to it.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = (&Account, &str)> {
        self.places
            .values()
            .flat_map(|place| place.accounts.iter().map(|account| (account, place.path.as_str())))
    }
}

impl Place {
    async fn read(client: &Client, id: String, path: String) -> Result<(String, Self), Error> {
        let mut place = Self {
            path,
            accounts: Vec::new(),
            units: Vec::new(),
        };
        let pages = client.list_accounts_for_parent().parent_id(&id).into_paginator().send();
        all("organizations:ListAccountsForParent", pages, |page| {
            place.accounts.extend(page.accounts.unwrap_or_default());
        })
        .await?;
        let pages = client
            .list_organizational_units_for_parent()
            .parent_id(&id)
            .into_paginator()
            .send();
        all("organizations:ListOrganizationalUnitsForParent", pages, |page| {
            place.units.extend(page.organizational_units.unwrap_or_default());
        })
        .await?;
        Ok((id, place))
    }

    /// Ids of the units right below, with the way to each.
    fn below(&self) -> impl Iterator<Item = (String, String)> {
        self.units.iter().filter_map(|unit| {
            let name = unit.name.as_deref().unwrap_or_default();
            Some((unit.id.clone()?, format!("{}/{name}", self.path)))
        })
    }
}

async fn all<T, E>(
    operation: &'static str,
    mut pages: PaginationStream<Result<T, SdkError<E, HttpResponse>>>,
    mut page: impl FnMut(T),
) -> Result<(), Error>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    while let Some(reply) = pages.next().await {
        page(reply.map_err(|error| Error::Call {
            operation,
            failure: failure(&error),
        })?);
    }
    Ok(())
}
