//! Settles what a run reads: accounts from AWS Organizations, the regions that each has enabled, and the units of every service.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_organizations::types::Account as OrganizationsAccount;
use futures::StreamExt;
use jiff::Timestamp;
use standfast_inventory::{Origin, RunPlan, Scope, Unit};
use standfast_model::Account;

use crate::calls::NoRetryOfWebPages;
use crate::error::failure;
use crate::reader::AccountReader;
use crate::tables::{self, Collector};
use crate::{Error, Failure, Reader};

/// What the user narrowed the run to; empty means all.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Account ids or names.
    pub accounts: Vec<String>,
    /// Regions.
    pub regions: Vec<String>,
    /// Services, as the SDK names them.
    pub services: Vec<String>,
    /// Read also when each principal last used which service, which takes a job of IAM for each.
    pub service_last_accessed: bool,
}

/// A settled run.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What the journal keeps.
    pub run: RunPlan,
    pub(crate) caller: String,
    pub(crate) in_organization: bool,
}

/// The service under which accounts and regions themselves stand in the ledger.
pub(crate) const OWN_SERVICE: &str = "standfast";

/// Asks AWS which accounts there are and settles the units. Regions are asked for when an account is read.
pub async fn plan(reader: &Reader, selection: &Selection, now: Timestamp) -> Result<Plan, Error> {
    let collectors = chosen_collectors(selection)?;
    let home = reader.home_region();
    let (caller, partition) = who_am_i(reader, &home).await?;
    let (accounts, in_organization) = organization_accounts(reader, &home, &caller).await?;
    let accounts = choose_accounts(accounts, &selection.accounts)?;
    let mut enabled: BTreeMap<String, Vec<String>> =
        futures::stream::iter(accounts.iter().map(|account| account.id.clone()))
            .map(|id| {
                let (caller, partition, home) = (&caller, &partition, &home);
                async move {
                    let speaker = reader.account(&id, caller, partition).await;
                    let regions = enabled_regions(reader, &speaker, &id).await;
                    (
                        id,
                        regions.map_or_else(|_| vec![home.clone()], |regions| regions.into_keys().collect()),
                    )
                }
            })
            .buffer_unordered(16)
            .collect()
            .await;
    choose_regions(&mut enabled, &selection.regions, &home)?;
    let mut units = Vec::new();
    for account in &accounts {
        let unit = |region: &str, service: &str| Unit {
            account_id: account.id.clone(),
            region: region.to_owned(),
            service: service.to_owned(),
        };
        units.push(unit("global", OWN_SERVICE));
        for collector in &collectors {
            match collector.scope {
                Scope::Organization if account.is_management => units.push(unit("global", collector.service)),
                Scope::Organization => {}
                Scope::Account => units.push(unit("global", collector.service)),
                Scope::Region => {
                    let regions = enabled.get(&account.id).map_or(&[] as &[String], Vec::as_slice);
                    units.extend(regions.iter().map(|region| unit(region, collector.service)));
                }
            }
        }
    }
    units.sort();
    units.dedup();
    let run_id = now.strftime("%Y-%m-%dT%H-%M-%SZ").to_string();
    let run = RunPlan {
        run_id,
        started_at: now,
        partition,
        accounts,
        units,
        origin: if reader.is_replayed() {
            Origin::Replayed
        } else {
            Origin::Live
        },
    };
    Ok(Plan {
        run,
        caller,
        in_organization,
    })
}

impl Plan {
    /// Takes up the plan of a run that was not finished.
    pub async fn resumed(reader: &Reader, run: RunPlan) -> Result<Self, Error> {
        let (caller, _) = who_am_i(reader, &reader.home_region()).await?;
        let in_organization = run.accounts.len() > 1
            || run
                .accounts
                .iter()
                .any(|account| !account.organizational_unit.is_empty());
        Ok(Self {
            run,
            caller,
            in_organization,
        })
    }
}

fn chosen_collectors(selection: &Selection) -> Result<Vec<&'static Collector>, Error> {
    for name in &selection.services {
        if !tables::ALL.iter().any(|collector| collector.service == name) {
            let known: BTreeSet<&str> = tables::ALL.iter().map(|collector| collector.service).collect();
            return Err(Error::NotThere {
                what: "service",
                name: name.clone(),
                known: known.into_iter().collect::<Vec<_>>().join(", "),
            });
        }
    }
    let wanted = |collector: &&Collector| {
        tables::is_wanted(collector.service, &selection.services, selection.service_last_accessed)
    };
    Ok(tables::ALL.iter().filter(wanted).collect())
}

async fn who_am_i(reader: &Reader, home: &str) -> Result<(String, String), Error> {
    let operation = "sts:GetCallerIdentity";
    let settings = aws_sdk_sts::config::Builder::from(&reader.own_config(home))
        .interceptor(reader.calls("caller", home))
        .build();
    let reply = aws_sdk_sts::Client::from_conf(settings)
        .get_caller_identity()
        .send()
        .await
        .map_err(|error| Error::Call {
            operation,
            failure: failure(&error),
        })?;
    let partition = reply
        .arn()
        .and_then(|arn| arn.split(':').nth(1))
        .unwrap_or("aws")
        .to_owned();
    let account = reply.account.ok_or_else(|| Error::Call {
        operation,
        failure: Failure {
            class: "malformed",
            code: None,
            message: "the reply names no account".to_owned(),
        },
    })?;
    Ok((account, partition))
}

/// The accounts of the organization with their place in it; the caller alone where there is no organization, or where the caller may not
/// list it.
async fn organization_accounts(reader: &Reader, home: &str, caller: &str) -> Result<(Vec<Account>, bool), Error> {
    let settings = aws_sdk_organizations::config::Builder::from(&reader.own_config(home))
        .interceptor(reader.calls(caller, "organization"))
        .retry_classifier(NoRetryOfWebPages)
        .build();
    let organizations = aws_sdk_organizations::Client::from_conf(settings);
    let alone = Account {
        id: caller.to_owned(),
        name: caller.to_owned(),
        organizational_unit: String::new(),
        is_management: true,
    };
    let organization = match organizations.describe_organization().send().await {
        Ok(reply) => reply.organization,
        Err(error) if failure(&error).code.as_deref() == Some("AWSOrganizationsNotInUseException") => {
            return Ok((vec![alone], false));
        }
        Err(error) => {
            return Err(Error::Call {
                operation: "organizations:DescribeOrganization",
                failure: failure(&error),
            });
        }
    };
    let management = organization
        .and_then(|organization| organization.master_account_id)
        .unwrap_or_default();
    if management != caller {
        // A member cannot read the others: it stands for itself.
        return Ok((
            vec![Account {
                is_management: false,
                ..alone
            }],
            true,
        ));
    }
    let call = |operation| move |failure| Error::Call { operation, failure };
    let mut found = Vec::new();
    let mut open: Vec<(String, String)> = Vec::new();
    let mut pages = organizations.list_roots().into_paginator().send();
    while let Some(page) = pages.next().await {
        let page = page.map_err(|error| call("organizations:ListRoots")(failure(&error)))?;
        let roots = page.roots.unwrap_or_default().into_iter();
        open.extend(roots.filter_map(|root| Some((root.id?, root.name.unwrap_or_else(|| "Root".to_owned())))));
    }
    while let Some((parent, path)) = open.pop() {
        let mut pages = organizations
            .list_accounts_for_parent()
            .parent_id(&parent)
            .into_paginator()
            .send();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| call("organizations:ListAccountsForParent")(failure(&error)))?;
            let accounts = page.accounts.unwrap_or_default().into_iter();
            found.extend(accounts.filter_map(|account| account_of(account, &path, &management)));
        }
        let mut pages = organizations
            .list_organizational_units_for_parent()
            .parent_id(&parent)
            .into_paginator()
            .send();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| call("organizations:ListOrganizationalUnitsForParent")(failure(&error)))?;
            let children = page.organizational_units.unwrap_or_default().into_iter();
            open.extend(
                children.filter_map(|child| Some((child.id?, format!("{path}/{}", child.name.unwrap_or_default())))),
            );
        }
    }
    found.sort_by(|left, right| left.id.cmp(&right.id));
    Ok((found, true))
}

fn account_of(account: OrganizationsAccount, path: &str, management: &str) -> Option<Account> {
    // A suspended account answers no call; the organization's own table still lists it.
    if account
        .status
        .as_ref()
        .is_some_and(|status| status.as_str() == "SUSPENDED")
    {
        return None;
    }
    let id = account.id?;
    Some(Account {
        is_management: id == management,
        name: account.name.unwrap_or_else(|| id.clone()),
        organizational_unit: path.to_owned(),
        id,
    })
}

fn choose_accounts(accounts: Vec<Account>, wanted: &[String]) -> Result<Vec<Account>, Error> {
    for name in wanted {
        if !accounts
            .iter()
            .any(|account| &account.id == name || &account.name == name)
        {
            let known = accounts
                .iter()
                .map(|account| format!("{} ({})", account.id, account.name))
                .collect::<Vec<_>>();
            return Err(Error::NotThere {
                what: "account",
                name: name.clone(),
                known: known.join(", "),
            });
        }
    }
    let is_wanted =
        |account: &Account| wanted.is_empty() || wanted.iter().any(|name| *name == account.id || *name == account.name);
    Ok(accounts.into_iter().filter(is_wanted).collect())
}

fn choose_regions(enabled: &mut BTreeMap<String, Vec<String>>, wanted: &[String], home: &str) -> Result<(), Error> {
    if wanted.is_empty() {
        return Ok(());
    }
    let known: BTreeSet<&String> = enabled.values().flatten().collect();
    for name in wanted {
        if !known.contains(name) && name != home {
            let known = known
                .iter()
                .map(|region| region.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            return Err(Error::NotThere {
                what: "enabled region",
                name: name.clone(),
                known,
            });
        }
    }
    for regions in enabled.values_mut() {
        regions.retain(|region| wanted.contains(region));
    }
    Ok(())
}

/// The regions that an account has enabled, with their opt-in status.
pub(crate) async fn enabled_regions(
    reader: &Reader,
    account: &AccountReader,
    account_id: &str,
) -> Result<BTreeMap<String, Option<String>>, Failure> {
    let settings = aws_sdk_ec2::config::Builder::from(&account.config)
        .interceptor(reader.calls(account_id, "regions"))
        .retry_classifier(NoRetryOfWebPages)
        .build();
    let reply = aws_sdk_ec2::Client::from_conf(settings)
        .describe_regions()
        .send()
        .await
        .map_err(|error| failure(&error))?;
    let regions = reply.regions.unwrap_or_default().into_iter();
    // Without AllRegions the service lists enabled ones only; an endpoint that lists all is put right here.
    Ok(regions
        .filter(|region| region.opt_in_status.as_deref() != Some("not-opted-in"))
        .filter_map(|region| Some((region.region_name?, region.opt_in_status)))
        .collect())
}
