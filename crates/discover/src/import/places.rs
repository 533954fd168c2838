//! The units that an import writes, and the ledger of what the files do not hold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use standfast_inventory::tables as inventory;
use standfast_inventory::tables::organization::{AwsAccount, AwsRegion};
use standfast_inventory::tables::standfast::CollectionError;
use standfast_inventory::{Journal, Row, Table, Unit, UnitWriter};

use super::config::{self, Kind};
use super::iam_details::Entry;
use super::item::{Item, Status};
use super::{ImportError, Survey, fillable, iam_details};
use crate::plan::OWN_SERVICE;
use crate::run::Progress;
use crate::tables;

/// Items between two moments at which everything held in memory goes to disk.
const ITEMS_HELD: usize = 5000;
/// Columns of the accounts and regions themselves that no file holds.
const BLIND_OWN: [&str; 5] = [
    "aws_account.name",
    "aws_account.organizational_unit",
    "aws_account.is_management",
    "aws_account.in_organization",
    "aws_region.opt_in_status",
];

/// Where an item's rows go.
#[derive(Debug)]
pub(super) struct Place<'a> {
    pub(super) partition: &'a str,
    writer: &'a UnitWriter,
    region: &'a str,
}

impl Place<'_> {
    pub(super) fn row<R: Row>(&self, row: &R) {
        self.writer.row_in(self.region, row);
    }

    /// Writes a user, group, role or policy as the collector of IAM does.
    pub(super) fn entry(&self, entry: Entry) -> Result<(), String> {
        entry.write(self.writer)
    }

    /// Says that a table lacks what belongs to one resource.
    pub(super) fn lacks(&self, table: &Table, resource: &str, what: &str) {
        let message = format!("the item of AWS Config for {resource} does not hold {what}");
        lacks(self.writer, table.service(), table.name, Some(resource), message);
    }
}

fn lacks(writer: &UnitWriter, service: &str, what: &str, resource: Option<&str>, message: String) {
    writer.failed(&CollectionError {
        service: service.to_owned(),
        operation: format!("import:{what}"),
        resource: resource.map(str::to_owned),
        class: "not_in_files".to_owned(),
        code: None,
        message,
    });
}

/// The units under way.
pub(super) struct Places<'a> {
    survey: &'a Survey,
    journal: &'a Arc<Journal>,
    progress: &'a dyn Progress,
    open: BTreeMap<(String, String), BTreeMap<&'static str, UnitWriter>>,
    finished: BTreeSet<(String, &'static str)>,
    held: usize,
}

impl<'a> Places<'a> {
    pub(super) fn new(survey: &'a Survey, journal: &'a Arc<Journal>, progress: &'a dyn Progress) -> Self {
        Self {
            survey,
            journal,
            progress,
            open: BTreeMap::new(),
            finished: BTreeSet::new(),
            held: 0,
        }
    }

    /// The writer of a unit.
    pub(super) fn writer(&mut self, account: &str, region: &str, service: &'static str) -> &UnitWriter {
        self.held += 1;
        if self.held > ITEMS_HELD {
            self.held = 0;
            for writer in self.open.values().flat_map(BTreeMap::values) {
                writer.flush();
            }
        }
        let journal = self.journal;
        self.open
            .entry((account.to_owned(), region.to_owned()))
            .or_default()
            .entry(service)
            .or_insert_with(|| {
                journal.begin(Unit {
                    account_id: account.to_owned(),
                    region: region.to_owned(),
                    service: service.to_owned(),
                })
            })
    }

    /// Writes the rows of an item.
    pub(super) fn item(&mut self, kind: &'static Kind, region: &str, item: &Item) {
        let partition = self.survey.run.partition.as_str();
        let writer = self.writer(&item.account_id, region, kind.service());
        let place = Place {
            partition,
            writer,
            region,
        };
        let resource = if item.arn.is_empty() { &item.identity } else { &item.arn };
        let problem = match item.status {
            Status::Gone | Status::GoneNotRecorded => return,
            Status::NotRecorded => Some("anything: the resource is not recorded".to_owned()),
            Status::There => (kind.write)(item, &place).err().map(|what| format!("`{what}`")),
        };
        if let Some(problem) = problem {
            for table in kind.tables {
                place.lacks(table, resource, &problem);
            }
        }
    }

    /// Finishes every unit that no later file has anything for.
    pub(super) fn finish_up_to(&mut self, file: usize) -> Result<(), ImportError> {
        let ripe: Vec<(String, String)> = self
            .open
            .keys()
            .filter(|place| self.survey.last_file.get(*place).is_none_or(|last| *last <= file))
            .cloned()
            .collect();
        for place in ripe {
            for (service, writer) in self.open.remove(&place).unwrap_or_default() {
                self.finish(service, writer)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, service: &'static str, writer: UnitWriter) -> Result<(), ImportError> {
        let (account, region) = (writer.unit().account_id.clone(), writer.unit().region.clone());
        for name in fillable() {
            let Some(table) = inventory::find(name).filter(|table| table.service() == service) else {
                continue;
            };
            if let Some(message) = self.not_shown(table, &account, &region) {
                lacks(&writer, service, table.name, None, message);
            }
        }
        let record = writer.finish()?;
        self.progress.unit(&record, self.open.len());
        self.finished.insert((account, service));
        Ok(())
    }

    /// Why a table is not known in an account and region, if it is not.
    fn not_shown(&self, table: &'static Table, account: &str, region: &str) -> Option<String> {
        let evidence = &self.survey.evidence;
        if evidence.has_details(account)
            && let Some(kinds) = iam_details::kinds_of(table.name)
        {
            let missing = kinds.iter().find(|kind| !evidence.details_show(account, **kind))?;
            return Some(format!(
                "the IAM details of this account list no {}: none there, or the call was narrowed by a filter",
                missing.as_str()
            ));
        }
        let missing = config::feeding(table).find(|kind| !evidence.shows(account, region, kind.name))?;
        Some(format!(
            "the AWS Config snapshot holds no item of {} in this account and region: not recorded, or none there",
            missing.name
        ))
    }

    /// Writes the accounts themselves, their regions, and what no file holds.
    pub(super) fn finish_accounts(mut self) -> Result<(), ImportError> {
        self.finish_up_to(usize::MAX)?;
        for account in &self.survey.run.accounts {
            let writer = self.journal.begin(Unit {
                account_id: account.id.clone(),
                region: "global".to_owned(),
                service: OWN_SERVICE.to_owned(),
            });
            self.own_rows(&writer, &account.id);
            self.never_held(&writer, &account.id);
            let record = writer.finish()?;
            self.progress.unit(&record, 0);
            self.progress.account(account);
        }
        Ok(())
    }

    fn own_rows(&self, writer: &UnitWriter, account: &str) {
        let partition = &self.survey.run.partition;
        writer.row(&AwsAccount {
            arn: format!("arn:{partition}:iam::{account}:root"),
            name: account.to_owned(),
            organizational_unit: String::new(),
            is_management: false,
            in_organization: false,
        });
        let regions = self
            .survey
            .evidence
            .accounts()
            .find(|(id, _)| *id == account)
            .map(|(_, regions)| regions);
        for region in regions.into_iter().flatten() {
            writer.row_in(
                region,
                &AwsRegion {
                    arn: format!("arn:{partition}:::{account}:region/{region}"),
                    opt_in_status: None,
                },
            );
        }
    }

    fn never_held(&self, writer: &UnitWriter, account: &str) {
        for what in BLIND_OWN {
            let message = format!("the files of an import do not hold `{what}`");
            lacks(writer, OWN_SERVICE, what, None, message);
        }
        let fillable = fillable();
        let services: BTreeSet<&str> = tables::ALL.iter().map(|collector| collector.service).collect();
        for service in services {
            let of_service = inventory::ALL.iter().filter(|table| table.service() == service);
            let (held, never): (Vec<&Table>, Vec<&Table>) = of_service.partition(|table| fillable.contains(table.name));
            let message = if held.is_empty() {
                format!("the files of an import hold nothing of `{service}`")
            } else {
                format!("the files hold no item of `{service}` in this account and region: not recorded, or none there")
            };
            lacks(writer, service, service, None, message);
            if !self.finished.contains(&(account.to_owned(), service)) {
                continue;
            }
            for table in never {
                let message = format!("the files of an import do not hold what `{}` tells", table.operation);
                lacks(writer, service, table.name, None, message);
            }
            for table in held {
                let by_details =
                    self.survey.evidence.has_details(account) && iam_details::kinds_of(table.name).is_some();
                for column in config::blind(table.name).iter().filter(|_| !by_details) {
                    let what = format!("{}.{column}", table.name);
                    let message = format!("AWS Config does not keep `{what}`");
                    lacks(writer, service, &what, None, message);
                }
            }
        }
    }
}
