//! Files that people have already, read into the same tables: AWS Config's configuration snapshots, and what
//! `aws iam get-account-authorization-details` prints.
//!
//! Files are read twice, item by item. The [`survey`] checks each to its last byte and settles accounts, regions and which of
//! several items of one resource counts; [`read`] writes rows into the journal. What files do not hold is on the ledger, service by
//! service, table by table and column by column: never an empty table that looks clean.

mod config;
mod error;
mod evidence;
mod file;
mod iam_details;
mod item;
mod places;
mod snapshot;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use standfast_inventory::{Journal, Origin, RunPlan, Scope, SourceFile, Unit};
use standfast_model::Account;

pub use error::ImportError;

use crate::plan::OWN_SERVICE;
use crate::run::Progress;
use crate::tables;
use config::KINDS;
use evidence::{Evidence, Index, Seen};
use file::{Form, InputFile};
use places::Places;

/// The files of an import; a folder stands for every `*.json` and `*.json.gz` in it.
#[derive(Debug, Clone, Default)]
pub struct ImportFiles {
    /// AWS Config's configuration snapshots.
    pub config_snapshots: Vec<PathBuf>,
    /// Output of `aws iam get-account-authorization-details`.
    pub iam_details: Vec<PathBuf>,
}

/// What the files hold, settled before anything is written.
#[derive(Debug)]
pub struct Survey {
    /// What the journal keeps.
    pub run: RunPlan,
    files: Vec<InputFile>,
    index: Index,
    evidence: Evidence,
    /// The last file that has something for an account and region.
    last_file: BTreeMap<(String, String), usize>,
}

/// Reads every file once: accounts, regions, and what of them counts.
pub fn survey(files: &ImportFiles, now: Timestamp) -> Result<Survey, ImportError> {
    let mut inputs = file::find(&files.config_snapshots, Form::ConfigSnapshot)?;
    inputs.extend(file::find(&files.iam_details, Form::IamDetails)?);
    let mut index = Index::default();
    let mut evidence = Evidence::default();
    let mut last_file = BTreeMap::new();
    for (number, input) in inputs.iter_mut().enumerate() {
        let mut place = |account: &str, region: &str| {
            last_file.insert((account.to_owned(), region.to_owned()), number);
        };
        match input.form {
            Form::ConfigSnapshot => input.survey(|reader| {
                snapshot::outlines(reader, |order, item| {
                    let kind = config::find(&item.resource_type);
                    let region = unit_region(kind.map(|kind| kind.scope), &item.aws_region);
                    place(&item.aws_account_id, region);
                    evidence.partition(item.arn.as_deref())?;
                    evidence.region(&item.aws_account_id, &item.aws_region);
                    let Some(kind) = kind else { return Ok(()) };
                    let status = item.status();
                    if status.shows_that_type_is_recorded() {
                        evidence.kind(&item.aws_account_id, region, kind.name);
                    }
                    let seen = Seen {
                        captured: item.captured()?,
                        file: number,
                        order,
                    };
                    index.add(&item.aws_account_id, region, kind.name, item.identity()?, seen);
                    Ok(())
                })
            })?,
            Form::IamDetails => input.survey(|reader| {
                iam_details::documents(reader, |order, account, entry| {
                    place(account, "global");
                    evidence.partition(Some(entry.arn()))?;
                    evidence.detail(account, entry.kind());
                    let seen = Seen {
                        captured: 0,
                        file: number,
                        order,
                    };
                    index.add(account, "global", iam_details::DETAILS, entry.arn(), seen);
                    Ok(())
                })
                .map(|documents| {
                    for document in documents {
                        evidence.document(document);
                    }
                })
            })?,
        }
    }
    evidence.check_pages()?;
    if evidence.accounts().next().is_none() {
        return Err(ImportError::Empty);
    }
    let run = plan(&inputs, &evidence, now);
    Ok(Survey {
        run,
        files: inputs,
        index,
        evidence,
        last_file,
    })
}

/// Reads the files again, into the journal.
pub fn read(survey: &Survey, journal: &Arc<Journal>, progress: &dyn Progress) -> Result<(), ImportError> {
    let mut places = Places::new(survey, journal, progress);
    for (number, input) in survey.files.iter().enumerate() {
        match input.form {
            Form::ConfigSnapshot => input.read(|reader| {
                snapshot::items(reader, |order, item| {
                    let Some(kind) = config::find(&item.resource_type) else {
                        return Ok(());
                    };
                    let region = unit_region(Some(kind.scope), &item.region).to_owned();
                    let counts =
                        survey
                            .index
                            .counts(&item.account_id, &region, kind.name, &item.identity, number, order);
                    let told_better =
                        survey.evidence.has_details(&item.account_id) && iam_details::TYPES.contains(&kind.name);
                    if counts && !told_better {
                        places.item(kind, &region, &item);
                    }
                    Ok(())
                })
            })?,
            Form::IamDetails => input.read(|reader| {
                iam_details::documents(reader, |order, account, entry| {
                    let arn = entry.arn().to_owned();
                    if survey
                        .index
                        .counts(account, "global", iam_details::DETAILS, &arn, number, order)
                    {
                        let writer = places.writer(account, "global", "iam");
                        entry.write(writer)?;
                    }
                    Ok(())
                })
                .map(|_| ())
            })?,
        }
        places.finish_up_to(number)?;
    }
    places.finish_accounts()
}

/// The region of the unit that an item of a kind belongs to.
fn unit_region(scope: Option<Scope>, region: &str) -> &str {
    match scope {
        Some(Scope::Account | Scope::Organization) => "global",
        _ => region,
    }
}

fn plan(inputs: &[InputFile], evidence: &Evidence, now: Timestamp) -> RunPlan {
    let mut units = Vec::new();
    let mut accounts = Vec::new();
    for (id, regions) in evidence.accounts() {
        let unit = |region: &str, service: &str| Unit {
            account_id: id.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
        };
        units.push(unit("global", OWN_SERVICE));
        // Everything that a reading of AWS would ask for: what files leave out counts as not read.
        for collector in tables::ALL
            .iter()
            .filter(|collector| tables::is_wanted(collector.service, &[], false))
        {
            match collector.scope {
                Scope::Organization => {}
                Scope::Account => units.push(unit("global", collector.service)),
                Scope::Region => units.extend(regions.iter().map(|region| unit(region, collector.service))),
            }
        }
        accounts.push(Account {
            id: id.to_owned(),
            name: id.to_owned(),
            organizational_unit: String::new(),
            is_management: false,
        });
    }
    units.sort();
    units.dedup();
    let files = inputs.iter().map(|input| SourceFile {
        path: input.path.display().to_string(),
        form: input.form.as_str().to_owned(),
        bytes: input.bytes,
        sha256: input.sha256.clone(),
    });
    RunPlan {
        run_id: now.strftime("%Y-%m-%dT%H-%M-%SZ").to_string(),
        started_at: now,
        partition: evidence.the_partition().to_owned(),
        accounts,
        units,
        origin: Origin::Files { files: files.collect() },
    }
}

/// The tables that some kind of Config's items or the IAM details fill.
fn fillable() -> BTreeSet<&'static str> {
    KINDS
        .iter()
        .flat_map(|kind| kind.tables)
        .map(|table| table.name)
        .collect()
}

#[cfg(test)]
mod tests;
