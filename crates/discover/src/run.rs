//! Reads the units of a plan into its journal, many at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::StreamExt;
use standfast_inventory::tables::organization::{AwsAccount, AwsRegion};
use standfast_inventory::tables::standfast::CollectionError;
use standfast_inventory::{Journal, Unit, UnitRecord};
use standfast_model::Account;

use crate::plan::{OWN_SERVICE, Plan, enabled_regions};
use crate::reader::AccountReader;
use crate::tables;
use crate::{Error, Reader};

/// Accounts that are read at the same time; with the units of each it bounds memory, however many accounts there are. Two of them
/// already make as many calls as may be under way at once; the others fill the gaps at the end of one.
const ACCOUNTS_AT_ONCE: usize = 4;
/// Units of one account that are read at the same time.
const UNITS_AT_ONCE: usize = 24;

/// Told as the run goes on.
pub trait Progress: Send + Sync {
    /// A unit was finished; `remaining` are still to come in the whole run.
    fn unit(&self, record: &UnitRecord, remaining: usize);
    /// An account was finished.
    fn account(&self, account: &Account);
}

/// Reads every unit that the journal has not finished yet.
pub async fn run(
    reader: &Reader,
    plan: &Plan,
    journal: &Arc<Journal>,
    progress: Arc<dyn Progress>,
) -> Result<(), Error> {
    let mut open: BTreeMap<&str, Vec<Unit>> = BTreeMap::new();
    for unit in plan.run.units.iter().filter(|unit| !journal.is_done(unit)) {
        open.entry(&unit.account_id).or_default().push(unit.clone());
    }
    let remaining = Arc::new(std::sync::atomic::AtomicUsize::new(open.values().map(Vec::len).sum()));
    let mut accounts = futures::stream::iter(
        plan.run
            .accounts
            .iter()
            .filter_map(|account| Some((account, open.remove(account.id.as_str())?))),
    )
    .map(|(account, units)| {
        let (progress, remaining) = (Arc::clone(&progress), Arc::clone(&remaining));
        async move {
            read_account(reader, plan, journal, account, units, &progress, &remaining).await?;
            progress.account(account);
            Ok::<(), Error>(())
        }
    })
    .buffer_unordered(ACCOUNTS_AT_ONCE);
    while let Some(outcome) = accounts.next().await {
        outcome?;
    }
    Ok(())
}

async fn read_account(
    reader: &Reader,
    plan: &Plan,
    journal: &Arc<Journal>,
    account: &Account,
    units: Vec<Unit>,
    progress: &Arc<dyn Progress>,
    remaining: &Arc<std::sync::atomic::AtomicUsize>,
) -> Result<(), Error> {
    let speaker = reader.account(&account.id, &plan.caller, &plan.run.partition).await;
    let done = |record: &UnitRecord| {
        let before = remaining.fetch_sub(1, std::sync::atomic::Ordering::Relaxed);
        progress.unit(record, before.saturating_sub(1));
    };
    let (own, services): (Vec<Unit>, Vec<Unit>) = units.into_iter().partition(|unit| unit.service == OWN_SERVICE);
    for unit in own {
        done(&read_own(reader, plan, journal, account, &speaker, unit).await?);
    }
    // On tasks of their own, so that several cores can work on one account.
    let mut running = futures::stream::iter(services.into_iter().map(|unit| {
        let writer = journal.begin(unit);
        let cell = reader.cell(&speaker, writer, plan, account.is_management);
        async move {
            tokio::spawn(async move {
                if let Some(collector) = tables::ALL
                    .iter()
                    .find(|collector| collector.service == cell.writer.unit().service)
                {
                    (collector.collect)(&cell).await;
                }
                cell.writer.finish()
            })
            .await
        }
    }))
    .buffer_unordered(UNITS_AT_ONCE);
    while let Some(outcome) = running.next().await {
        match outcome {
            Ok(record) => done(&record?),
            // The unit's rows don't count: it stays unread, and what needs it unknown.
            Err(panicked) => return Err(Error::Task(panicked)),
        }
    }
    Ok(())
}

/// The account and its regions, and what could not be settled about them.
async fn read_own(
    reader: &Reader,
    plan: &Plan,
    journal: &Arc<Journal>,
    account: &Account,
    speaker: &AccountReader,
    unit: Unit,
) -> Result<UnitRecord, Error> {
    let planned: std::collections::BTreeSet<&str> = plan
        .run
        .units
        .iter()
        .filter(|unit| unit.account_id == account.id && unit.region != "global")
        .map(|unit| unit.region.as_str())
        .collect();
    let writer = journal.begin(unit);
    writer.row(&AwsAccount {
        arn: format!("arn:{}:iam::{}:root", plan.run.partition, account.id),
        name: account.name.clone(),
        organizational_unit: account.organizational_unit.clone(),
        is_management: account.is_management,
        in_organization: plan.in_organization,
    });
    writer.called();
    let enabled = match plan.enabled.get(&account.id) {
        Some(known) => known.clone(),
        None => enabled_regions(reader, speaker, &account.id).await,
    };
    let status = match enabled {
        Ok(status) => status,
        Err(failure) => {
            writer.failed(&CollectionError {
                service: OWN_SERVICE.to_owned(),
                operation: "ec2:DescribeRegions".to_owned(),
                resource: None,
                class: failure.class.to_owned(),
                code: failure.code,
                message: failure.message,
            });
            BTreeMap::new()
        }
    };
    for region in planned {
        writer.row_in(
            region,
            &AwsRegion {
                arn: format!("arn:{}:::{}:region/{region}", plan.run.partition, account.id),
                opt_in_status: status.get(region).cloned().flatten(),
            },
        );
    }
    Ok(writer.finish()?)
}
