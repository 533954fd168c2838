//! Settles what a run reads: accounts from AWS Organizations, the regions that each has enabled, and the units of every service.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aws_sdk_organizations::types::{Account as OrganizationsAccount, AccountState, AccountStatus};
use futures::StreamExt;
use jiff::Timestamp;
use standfast_inventory::{Origin, RunPlan, Scope, Unit};
use standfast_model::{Account, LeftOut};

use crate::calls::NoRetryOfWebPages;
use crate::error::failure;
use crate::reader::AccountReader;
use crate::tables::{self, Collector};
use crate::tree::Tree;
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
    /// What each account said of its regions when the run was settled; nobody is asked twice. Empty in a run taken up again.
    pub(crate) enabled: BTreeMap<String, Result<EnabledRegions, Failure>>,
    /// The tree that accounts were found in; none in a run taken up again.
    pub(crate) tree: Option<Arc<Tree>>,
}

/// Regions that an account has enabled, with their opt-in status.
pub(crate) type EnabledRegions = BTreeMap<String, Option<String>>;

/// The service under which accounts and regions themselves stand in the ledger.
pub(crate) const OWN_SERVICE: &str = "standfast";

/// Asks AWS which accounts there are and settles the units. Regions are asked for when an account is read.
pub async fn plan(reader: &Reader, selection: &Selection, now: Timestamp) -> Result<Plan, Error> {
    let collectors = chosen_collectors(selection)?;
    let home = reader.home_region();
    let (caller, partition) = who_am_i(reader, &home).await?;
    let organization = Accounts::find(reader, &home, &caller).await?;
    let (accounts, unwanted) = choose_accounts(organization.open, &organization.suspended, &selection.accounts)?;
    let enabled: BTreeMap<String, Result<EnabledRegions, Failure>> =
        futures::stream::iter(accounts.iter().map(|account| account.id.clone()))
            .map(|id| {
                let (caller, partition) = (&caller, &partition);
                async move {
                    let speaker = reader.account(&id, caller, partition).await;
                    let regions = enabled_regions(reader, &speaker, &id).await;
                    (id, regions)
                }
            })
            .buffer_unordered(16)
            .collect()
            .await;
    let regions_of = |regions: &Result<EnabledRegions, Failure>| match regions {
        Ok(regions) => regions.keys().cloned().collect(),
        Err(_) => vec![home.clone()],
    };
    let mut regions: BTreeMap<&String, Vec<String>> =
        enabled.iter().map(|(id, regions)| (id, regions_of(regions))).collect();
    let left_out = LeftOut {
        accounts: unwanted,
        regions: choose_regions(&mut regions, &selection.regions, &home)?,
        services: services_without(&collectors),
        suspended: organization.suspended,
    };
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
                    let regions = regions.get(&account.id).map_or(&[] as &[String], Vec::as_slice);
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
        left_out,
    };
    Ok(Plan {
        run,
        caller,
        in_organization: organization.is_one,
        enabled,
        tree: organization.tree.map(Arc::new),
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
            enabled: BTreeMap::new(),
            tree: None,
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

/// The services that no chosen collector reads. What is read on request alone is not missed by anybody who did not ask for it.
fn services_without(chosen: &[&Collector]) -> Vec<String> {
    let read: BTreeSet<&str> = chosen.iter().map(|collector| collector.service).collect();
    let all: BTreeSet<&str> = tables::ALL
        .iter()
        .map(|collector| collector.service)
        .filter(|service| tables::is_wanted(service, &[], false))
        .collect();
    all.difference(&read).map(|service| (*service).to_owned()).collect()
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

/// The accounts that there are.
#[derive(Debug, Default)]
struct Accounts {
    /// Those that answer, sorted by id.
    open: Vec<Account>,
    /// Those that AWS has suspended or closed, sorted by id.
    suspended: Vec<Account>,
    /// True where they are an organization's.
    is_one: bool,
    /// The organization's tree, where the caller may read it.
    tree: Option<Tree>,
}

impl Accounts {
    /// The accounts of the organization with their place in it; the caller alone where there is no organization, or where the caller
    /// is not its management account and cannot read the others.
    async fn find(reader: &Reader, home: &str, caller: &str) -> Result<Self, Error> {
        let settings = aws_sdk_organizations::config::Builder::from(&reader.own_config(home))
            .interceptor(reader.calls(caller, "organization"))
            .retry_classifier(NoRetryOfWebPages)
            .build();
        let organizations = aws_sdk_organizations::Client::from_conf(settings);
        let alone = |is_one: bool| Self {
            open: vec![Account {
                id: caller.to_owned(),
                name: caller.to_owned(),
                organizational_unit: String::new(),
                is_management: !is_one,
            }],
            is_one,
            ..Self::default()
        };
        let organization = match organizations.describe_organization().send().await {
            Ok(reply) => reply.organization,
            Err(error) if failure(&error).code.as_deref() == Some("AWSOrganizationsNotInUseException") => {
                return Ok(alone(false));
            }
            Err(error) => {
                return Err(Error::Call {
                    operation: "organizations:DescribeOrganization",
                    failure: failure(&error),
                });
            }
        };
        let management = organization
            .as_ref()
            .and_then(|organization| organization.master_account_id.clone())
            .unwrap_or_default();
        if management != caller {
            return Ok(alone(true));
        }
        let tree = Tree::read(&organizations, organization).await?;
        let mut found = Self {
            is_one: true,
            ..Self::default()
        };
        for (account, path) in tree.accounts() {
            found.add(account, path, &management);
        }
        found.open.sort_by(|left, right| left.id.cmp(&right.id));
        found.suspended.sort_by(|left, right| left.id.cmp(&right.id));
        found.tree = Some(tree);
        Ok(found)
    }

    /// Takes up an account that the organization lists. A suspended one answers no call: it is named, and not read.
    fn add(&mut self, account: &OrganizationsAccount, path: &str, management: &str) {
        let status = account.status.as_ref().map(AccountStatus::as_str);
        // The older `Status` goes; the newer `State` is not everywhere yet.
        let state = account.state.as_ref().map(AccountState::as_str).or(status);
        let is_suspended = matches!(state, Some("SUSPENDED" | "CLOSED"));
        let Some(id) = account.id.clone() else {
            return;
        };
        let account = Account {
            is_management: id == management,
            name: account.name.clone().unwrap_or_else(|| id.clone()),
            organizational_unit: path.to_owned(),
            id,
        };
        if is_suspended {
            self.suspended.push(account);
        } else {
            self.open.push(account);
        }
    }
}

fn is_named(account: &Account, names: &[String]) -> bool {
    names.iter().any(|name| *name == account.id || *name == account.name)
}

/// The accounts to read, and those that are left out.
fn choose_accounts(
    accounts: Vec<Account>,
    suspended: &[Account],
    wanted: &[String],
) -> Result<(Vec<Account>, Vec<Account>), Error> {
    for name in wanted {
        let given = std::slice::from_ref(name);
        if !accounts.iter().any(|account| is_named(account, given)) {
            let known = accounts
                .iter()
                .map(|account| format!("{} ({})", account.id, account.name))
                .collect::<Vec<_>>();
            let is_suspended = suspended.iter().any(|account| is_named(account, given));
            return Err(Error::NotThere {
                what: if is_suspended {
                    "account that is not suspended"
                } else {
                    "account"
                },
                name: name.clone(),
                known: known.join(", "),
            });
        }
    }
    Ok(accounts
        .into_iter()
        .partition(|account| wanted.is_empty() || is_named(account, wanted)))
}

/// Takes away the regions that are not wanted, and names them.
fn choose_regions(
    enabled: &mut BTreeMap<&String, Vec<String>>,
    wanted: &[String],
    home: &str,
) -> Result<Vec<String>, Error> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let known: BTreeSet<String> = enabled.values().flatten().cloned().collect();
    for name in wanted {
        if !known.contains(name) && name != home {
            return Err(Error::NotThere {
                what: "enabled region",
                name: name.clone(),
                known: known.into_iter().collect::<Vec<_>>().join(", "),
            });
        }
    }
    for regions in enabled.values_mut() {
        regions.retain(|region| wanted.contains(region));
    }
    Ok(known.into_iter().filter(|region| !wanted.contains(region)).collect())
}

/// The regions that an account has enabled, with their opt-in status.
pub(crate) async fn enabled_regions(
    reader: &Reader,
    account: &AccountReader,
    account_id: &str,
) -> Result<EnabledRegions, Failure> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn account(id: &str, name: &str) -> Account {
        Account {
            id: id.to_owned(),
            name: name.to_owned(),
            organizational_unit: "Root".to_owned(),
            is_management: id == "111122223333",
        }
    }

    fn named(accounts: &[Account]) -> Vec<&str> {
        accounts.iter().map(|account| account.name.as_str()).collect()
    }

    #[test]
    fn a_suspended_account_is_named_and_not_read() {
        let listed = |id: &str, status: Option<AccountStatus>, state: Option<AccountState>| {
            OrganizationsAccount::builder()
                .id(id)
                .name(format!("account {id}"))
                .set_status(status)
                .set_state(state)
                .build()
        };
        let mut found = Accounts::default();
        for one in [
            listed("111122223333", Some(AccountStatus::Active), None),
            listed("222233334444", Some(AccountStatus::Suspended), None),
            listed("333344445555", None, Some(AccountState::Suspended)),
            listed(
                "444455556666",
                Some(AccountStatus::Suspended),
                Some(AccountState::Closed),
            ),
            listed(
                "555566667777",
                Some(AccountStatus::Active),
                Some(AccountState::PendingClosure),
            ),
            listed("666677778888", None, None),
        ] {
            found.add(&one, "Root", "111122223333");
        }
        assert_eq!(
            named(&found.open),
            ["account 111122223333", "account 555566667777", "account 666677778888"]
        );
        assert_eq!(
            named(&found.suspended),
            ["account 222233334444", "account 333344445555", "account 444455556666"]
        );
        assert!(found.open[0].is_management);
    }

    #[test]
    fn accounts_that_were_not_chosen_are_left_out_by_name() {
        let all = || {
            vec![
                account("111122223333", "main"),
                account("222233334444", "prod"),
                account("333344445555", "test"),
            ]
        };
        let suspended = [account("444455556666", "old")];
        let (read, left) = choose_accounts(all(), &suspended, &[]).expect("all of them");
        assert_eq!((named(&read), named(&left)), (vec!["main", "prod", "test"], vec![]));
        let wanted = ["prod".to_owned(), "111122223333".to_owned()];
        let (read, left) = choose_accounts(all(), &suspended, &wanted).expect("two of them");
        assert_eq!((named(&read), named(&left)), (vec!["main", "prod"], vec!["test"]));
        let error = choose_accounts(all(), &suspended, &["old".to_owned()]).expect_err("suspended");
        assert!(
            error
                .to_string()
                .starts_with("no account that is not suspended `old`; there are 111122223333 (main),")
        );
        let error = choose_accounts(all(), &suspended, &["none".to_owned()]).expect_err("not there");
        assert!(error.to_string().starts_with("no account `none`; there are"));
    }

    #[test]
    fn regions_and_services_that_were_not_chosen_are_left_out_by_name() {
        let (one, two) = ("1".to_owned(), "2".to_owned());
        let all = || {
            BTreeMap::from([
                (&one, vec!["eu-west-1".to_owned(), "us-east-1".to_owned()]),
                (&two, vec!["sa-east-1".to_owned(), "us-east-1".to_owned()]),
            ])
        };
        let mut enabled = all();
        assert_eq!(choose_regions(&mut enabled, &[], "us-east-1").expect("all"), [""; 0]);
        assert_eq!(enabled, all());
        let left = choose_regions(&mut enabled, &["us-east-1".to_owned()], "us-east-1").expect("one");
        assert_eq!(left, ["eu-west-1", "sa-east-1"]);
        assert!(enabled.values().all(|regions| regions == &["us-east-1"]));

        let chosen = chosen_collectors(&Selection {
            services: vec!["s3".to_owned()],
            ..Selection::default()
        })
        .expect("a service");
        let without = services_without(&chosen);
        assert!(without.contains(&"iam".to_owned()) && !without.contains(&"s3".to_owned()));
        assert!(services_without(&chosen_collectors(&Selection::default()).expect("all")).is_empty());
    }
}
