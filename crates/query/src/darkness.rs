//! What was not read. A control's finding is only as good as the tables it stands on: where the ledger does not say that a table was read
//! to its end, whatever was concluded from it is unknown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::Int64Type;
use standfast_inventory::{Scope, Table};
use standfast_model::{Coverage, CoverageError};

use crate::{Error, Session};

/// The service under which accounts and regions themselves stand.
const OWN_SERVICE: &str = "standfast";
/// Groups of errors that a coverage lists.
const LISTED_ERRORS: usize = 200;

/// Class of a ledger row that says what an import of files cannot show.
const NOT_IN_FILES: &str = "not_in_files";

#[derive(Debug, Clone)]
struct Failed {
    account_id: String,
    region: String,
    service: String,
    operation: String,
    resource: Option<String>,
    class: String,
    message: String,
}

/// The ledger of a snapshot, in a form that answers quickly.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Accounts by id: name of the finding's resource for the account, and whether it is the management account.
    accounts: BTreeMap<String, (String, bool)>,
    /// Regions read in each account: region to the resource that stands for it.
    regions: BTreeMap<String, BTreeMap<String, String>>,
    /// Account, region and service of every unit that was finished.
    units: BTreeSet<(String, String, String)>,
    failed: Vec<Failed>,
    /// What the files of an import do not hold, by what it is: a service, a table, or `table.column`.
    not_in_files: HashMap<String, Vec<Failed>>,
    error_count: u64,
}

/// A part of a table that was not read.
#[derive(Debug, Clone)]
pub(crate) struct Dark {
    /// None for every account: a table of the whole organization.
    pub(crate) account_id: Option<String>,
    /// None for every region of the account.
    pub(crate) region: Option<String>,
    /// The resource that a failed call was about.
    pub(crate) resource: Option<String>,
    /// Why, for people.
    pub(crate) why: String,
}

impl Ledger {
    /// Reads the ledger of a session's snapshot.
    pub async fn read(session: &Session) -> Result<Self, Error> {
        let mut ledger = Self::default();
        let query = "SELECT account_id, arn, is_management FROM aws_account";
        for batch in rows(session, query).await? {
            let (ids, arns) = (text(&batch, 0), text(&batch, 1));
            let management = batch.column(2).as_boolean();
            for row in 0..batch.num_rows() {
                ledger.accounts.insert(
                    ids.value(row).to_owned(),
                    (arns.value(row).to_owned(), management.value(row)),
                );
            }
        }
        for batch in rows(session, "SELECT account_id, region, arn FROM aws_region").await? {
            let (ids, regions, arns) = (text(&batch, 0), text(&batch, 1), text(&batch, 2));
            for row in 0..batch.num_rows() {
                let of_account = ledger.regions.entry(ids.value(row).to_owned()).or_default();
                of_account.insert(regions.value(row).to_owned(), arns.value(row).to_owned());
            }
        }
        let query = "SELECT account_id, region, service, errors FROM standfast_collection_unit";
        for batch in rows(session, query).await? {
            let (ids, regions, services) = (text(&batch, 0), text(&batch, 1), text(&batch, 2));
            let errors = batch.column(3).as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                ledger.error_count += u64::try_from(errors.value(row)).unwrap_or(0);
                ledger.units.insert((
                    ids.value(row).to_owned(),
                    regions.value(row).to_owned(),
                    services.value(row).to_owned(),
                ));
            }
        }
        let query =
            "SELECT account_id, region, service, operation, resource, class, message FROM standfast_collection_error";
        for batch in rows(session, query).await? {
            let column = |index| text(&batch, index);
            let resources = column(4);
            for row in 0..batch.num_rows() {
                let value = |index: usize| column(index).value(row).to_owned();
                let failed = Failed {
                    account_id: value(0),
                    region: value(1),
                    service: value(2),
                    operation: value(3),
                    resource: resources.is_valid(row).then(|| resources.value(row).to_owned()),
                    class: value(5),
                    message: value(6),
                };
                match failed.operation.strip_prefix("import:") {
                    Some(what) if failed.class == NOT_IN_FILES => {
                        ledger.not_in_files.entry(what.to_owned()).or_default().push(failed);
                    }
                    _ => ledger.failed.push(failed),
                }
            }
        }
        Ok(ledger)
    }

    /// The accounts, each with the resource that findings about it name.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.accounts.iter().map(|(id, (arn, _))| (id.as_str(), arn.as_str()))
    }

    /// The resource that findings about an account name.
    pub(crate) fn account_arn<'a>(&'a self, account_id: &'a str) -> &'a str {
        self.accounts.get(account_id).map_or(account_id, |(arn, _)| arn)
    }

    /// The management account, or the only one.
    pub(crate) fn management(&self) -> Option<(&str, &str)> {
        let (id, (arn, _)) = self
            .accounts
            .iter()
            .find(|(_, (_, management))| *management)
            .or_else(|| self.accounts.iter().next())?;
        Some((id, arn))
    }

    /// The resource that findings about a region name.
    pub(crate) fn region_arn<'a>(&'a self, account_id: &'a str, region: &str) -> &'a str {
        self.regions
            .get(account_id)
            .and_then(|regions| regions.get(region))
            .map_or_else(|| self.account_arn(account_id), String::as_str)
    }

    /// The parts of a table that were not read, with reasons.
    pub(crate) fn dark(&self, table: &Table) -> Vec<Dark> {
        let service = table.service();
        let mut dark = Vec::new();
        // A run without the management account read nothing of the organization.
        let has_management = self.accounts.values().any(|(_, management)| *management);
        for (account_id, (_, management)) in &self.accounts {
            let unread = |region: &str, all_regions: bool| Dark {
                account_id: (table.scope != Scope::Organization).then(|| account_id.clone()),
                region: (!all_regions).then(|| region.to_owned()),
                resource: None,
                why: self.why_unread(account_id, region, service),
            };
            let read = |region: &str| {
                self.units
                    .contains(&(account_id.clone(), region.to_owned(), service.to_owned()))
            };
            match table.scope {
                Scope::Region if service != OWN_SERVICE => {
                    for region in self.regions.get(account_id).into_iter().flat_map(BTreeMap::keys) {
                        if !read(region) {
                            dark.push(unread(region, false));
                        }
                    }
                    // Without its list of regions nobody knows what else the account has.
                    if let Some(failed) = self.failed_own(account_id) {
                        dark.push(Dark {
                            account_id: Some(account_id.clone()),
                            region: Some("global".to_owned()),
                            resource: None,
                            why: reason(failed),
                        });
                    }
                }
                Scope::Organization if !management && has_management => {}
                _ => {
                    if !read("global") {
                        dark.push(unread("global", true));
                    }
                }
            }
        }
        let feeds = |operation: &str| {
            operation == table.operation
                || table.after.contains(&operation)
                || (service == OWN_SERVICE && operation == "ec2:DescribeRegions")
        };
        for failed in self
            .failed
            .iter()
            .filter(|failed| failed.service == service && feeds(&failed.operation))
        {
            dark.push(Dark {
                account_id: (table.scope != Scope::Organization).then(|| failed.account_id.clone()),
                region: (table.scope == Scope::Region && failed.region != "global").then(|| failed.region.clone()),
                resource: failed.resource.clone(),
                why: reason(failed),
            });
        }
        let missing = self.not_in_files.get(table.name).into_iter().flatten();
        dark.extend(missing.map(|failed| of_import(table, failed)));
        dark
    }

    /// True for a snapshot that was made of files.
    pub(crate) fn is_of_files(&self) -> bool {
        !self.not_in_files.is_empty()
    }

    /// True where some columns of tables that were read were not.
    pub(crate) fn has_dark_columns(&self) -> bool {
        self.not_in_files.keys().any(|what| what.contains('.'))
    }

    /// Where a column of a table was not read, though the table was.
    pub(crate) fn dark_column(&self, table: &Table, column: &str) -> Vec<Dark> {
        let missing = self.not_in_files.get(&format!("{}.{column}", table.name));
        missing
            .into_iter()
            .flatten()
            .map(|failed| of_import(table, failed))
            .collect()
    }

    /// What the snapshot covers.
    pub fn coverage(&self, planned_units: u64) -> Coverage {
        let mut broken: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
        let mut groups: HashMap<(&str, &str, &str, &str), u64> = HashMap::new();
        // What the files of an import lack in all regions of an account breaks each unit of the service.
        let mut broken_services: BTreeSet<(&str, &str)> = BTreeSet::new();
        for failed in self.not_in_files.values().flatten() {
            broken_services.insert((&failed.account_id, &failed.service));
        }
        for failed in self.failed.iter().chain(self.not_in_files.values().flatten()) {
            broken.insert((&failed.account_id, &failed.region, &failed.service));
            *groups
                .entry((&failed.account_id, &failed.region, &failed.operation, &failed.class))
                .or_default() += 1;
        }
        let mut errors: Vec<CoverageError> = groups
            .into_iter()
            .map(|((account_id, region, operation, class), count)| CoverageError {
                account_id: account_id.to_owned(),
                region: region.to_owned(),
                operation: operation.to_owned(),
                class: class.to_owned(),
                count,
            })
            .collect();
        errors.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.cmp(right)));
        let left_out = errors.len().saturating_sub(LISTED_ERRORS) as u64;
        errors.truncate(LISTED_ERRORS);
        let is_complete = |(account_id, region, service): &&(String, String, String)| {
            !broken.contains(&(account_id.as_str(), region.as_str(), service.as_str()))
                && !broken_services.contains(&(account_id.as_str(), service.as_str()))
        };
        let complete = self.units.iter().filter(is_complete).count() as u64;
        Coverage {
            units: planned_units,
            complete_units: complete,
            errors,
            errors_left_out: left_out,
        }
    }

    fn failed_own(&self, account_id: &str) -> Option<&Failed> {
        self.failed
            .iter()
            .find(|failed| failed.account_id == account_id && failed.service == OWN_SERVICE)
    }

    fn why_unread(&self, account_id: &str, region: &str, service: &str) -> String {
        match self.failed_own(account_id) {
            Some(failed) => reason(failed),
            None => self
                .not_in_files
                .get(service)
                .and_then(|missing| missing.iter().find(|failed| failed.account_id == account_id))
                .map_or_else(
                    || format!("`{service}` was not read in {region}"),
                    |failed| failed.message.clone(),
                ),
        }
    }
}

/// The part of a table that a row of an import's ledger is about.
fn of_import(table: &Table, failed: &Failed) -> Dark {
    Dark {
        account_id: (table.scope != Scope::Organization).then(|| failed.account_id.clone()),
        region: (table.scope == Scope::Region && failed.region != "global").then(|| failed.region.clone()),
        resource: failed.resource.clone(),
        why: failed.message.clone(),
    }
}

fn reason(failed: &Failed) -> String {
    let message = failed.message.split(['\n', '.']).next().unwrap_or_default();
    format!("`{}` failed ({}): {message}", failed.operation, failed.class)
}

async fn rows(session: &Session, query: &str) -> Result<Vec<RecordBatch>, Error> {
    let failed = |source| Error::Ledger(Box::new(source));
    session
        .plan(query)
        .await
        .map_err(failed)?
        .collect()
        .await
        .map_err(failed)
}

fn text(batch: &RecordBatch, column: usize) -> &arrow::array::StringArray {
    batch.column(column).as_string::<i32>()
}
