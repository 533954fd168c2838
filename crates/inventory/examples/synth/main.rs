//! Writes a synthetic snapshot of a large organization, the same bytes for the same figures:
//!
//! ```text
//! cargo run --release -p standfast-inventory --example synth -- --accounts 1000 --resources 1000000 --output DIR
//! ```
//!
//! `DIR` is a folder of snapshots, such as `.standfast/snapshots` of a readiness project. A resource is what has an ARN of its own;
//! details (rules, bucket settings, policies), settings of accounts and the ledger come on top. One in ten or so is at fault.
#![expect(clippy::print_stdout, reason = "the path of the snapshot is the answer")]

mod compute;
mod data;
mod identity;
mod network;
mod rows;
mod watch;

use std::collections::BTreeSet;
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use standfast_inventory::tables::organization::{AwsAccount, AwsRegion};
use standfast_inventory::{RunPlan, Scope, SnapshotStore, Unit, tables};
use standfast_model::{Account, LeftOut};

use crate::rows::{Place, Rows, object};

/// Regions of every account; the first is the home region.
const REGIONS: [&str; 2] = ["us-east-1", "eu-west-1"];
/// When the snapshot was taken, as far as its readers know.
const TAKEN_AT: &str = "2026-01-31T09:00:00Z";
/// The service of what standfast itself knows.
const OWN_SERVICE: &str = "standfast";

struct Arguments {
    accounts: u64,
    resources: u64,
    output: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = arguments()?;
    let taken_at: Timestamp = TAKEN_AT.parse()?;
    let accounts = accounts(arguments.accounts);
    let plan = RunPlan {
        run_id: format!("2026-01-31T09-00-00Z-synth-{}", arguments.resources),
        started_at: taken_at,
        partition: "aws".to_owned(),
        units: units(&accounts),
        accounts: accounts.clone(),
        origin: standfast_inventory::Origin::default(),
        left_out: LeftOut::default(),
    };
    let store = SnapshotStore::new(&arguments.output);
    let journal = Arc::new(store.begin(plan)?);
    for unit in journal.plan().units.clone() {
        let position = accounts
            .binary_search_by(|account| account.id.cmp(&unit.account_id))
            .map_err(|_| "a unit without an account")?;
        let account = accounts.get(position).ok_or("a unit without an account")?;
        let place = Place::new(
            account,
            position as u64,
            &unit.region,
            &REGIONS,
            (arguments.accounts, arguments.resources),
            taken_at,
        );
        let service = unit.service.clone();
        let mut rows = Rows::new(journal.begin(unit), position == 0);
        fill(&service, &place, &accounts, &mut rows);
        rows.finish()?;
    }
    let snapshot = store.finish(&journal, taken_at)?;
    let total: u64 = snapshot.manifest().tables.values().map(|file| file.rows).sum();
    println!("{} ({total} rows)", snapshot.dir().display());
    Ok(())
}

/// The rows of one unit.
fn fill(service: &str, place: &Place, accounts: &[Account], rows: &mut Rows) {
    match service {
        OWN_SERVICE => own(place, rows),
        "account" => identity::account(place, rows),
        "iam" => identity::iam(place, rows),
        "organizations" => identity::organizations(place, accounts, rows),
        "ec2" => {
            network::fill(place, rows);
            compute::ec2(place, rows);
        }
        "elbv2" => compute::elbv2(place, rows),
        "lambda" => compute::lambda(place, rows),
        "ssm" => compute::ssm(place, rows),
        "acm" => data::acm(place, rows),
        "efs" => data::efs(place, rows),
        "kms" => data::kms(place, rows),
        "rds" => data::rds(place, rows),
        "s3" => data::s3(place, rows),
        "s3control" => data::s3control(place, rows),
        "secretsmanager" => data::secretsmanager(place, rows),
        "accessanalyzer" => watch::accessanalyzer(place, rows),
        "cloudtrail" => watch::cloudtrail(place, rows),
        "cloudwatch" => watch::cloudwatch(place, rows),
        "config" => watch::config(place, rows),
        "events" => watch::events(place, rows),
        "guardduty" => watch::guardduty(place, rows),
        "logs" => watch::logs(place, rows),
        "securityhub" => watch::securityhub(place, rows),
        "sns" => watch::sns(place, rows),
        // Read, and nothing there.
        _ => {}
    }
}

fn own(place: &Place, rows: &mut Rows) {
    let account = &place.account;
    rows.add::<AwsAccount>(object! {
        "arn": format!("arn:aws:iam::{}:root", account.id),
        "name": account.name,
        "organizational_unit": account.organizational_unit,
        "is_management": account.is_management,
        "in_organization": true,
    });
    for region in REGIONS {
        rows.add_in::<AwsRegion>(
            region,
            object! {
                "arn": format!("arn:aws:::{}:region/{region}", account.id),
                "opt_in_status": "opt-in-not-required",
            },
        );
    }
}

/// The accounts, sorted by id; the first is the management account.
fn accounts(number: u64) -> Vec<Account> {
    (0..number)
        .map(|position| Account {
            id: (111_122_223_333 + position * 101).to_string(),
            name: match position {
                0 => "management".to_owned(),
                1 => "security-audit".to_owned(),
                2 => "log-archive".to_owned(),
                _ => format!("workload-{position:04}"),
            },
            organizational_unit: match position {
                0 => "Root",
                1 | 2 => "Root/Security",
                _ if position % 5 == 0 => "Root/Sandbox",
                _ if position % 2 == 0 => "Root/Workloads/Prod",
                _ => "Root/Workloads/Dev",
            }
            .to_owned(),
            is_management: position == 0,
        })
        .collect()
}

/// Every unit that discover would read, from the tables.
fn units(accounts: &[Account]) -> Vec<Unit> {
    let mut wanted: BTreeSet<(&str, &str)> = BTreeSet::new();
    for table in tables::ALL {
        let kind = match table.scope {
            _ if table.service() == OWN_SERVICE => "account",
            Scope::Organization => "organization",
            Scope::Account => "account",
            Scope::Region => "region",
        };
        wanted.insert((table.service(), kind));
    }
    let mut units = BTreeSet::new();
    for account in accounts {
        for (service, kind) in &wanted {
            let regions: &[&str] = match *kind {
                "region" => &REGIONS,
                "organization" if !account.is_management => &[],
                _ => &["global"],
            };
            units.extend(regions.iter().map(|region| Unit {
                account_id: account.id.clone(),
                region: (*region).to_owned(),
                service: (*service).to_owned(),
            }));
        }
    }
    units.into_iter().collect()
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut accounts = 1_000;
    let mut resources = 1_000_000;
    let mut output = None;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("`{word}` needs a value"))?;
        match word.as_str() {
            "--accounts" => accounts = value.parse()?,
            "--resources" => resources = value.parse()?,
            "--output" => output = Some(PathBuf::from(value)),
            _ => return Err(format!("`{word}` is none of --accounts, --resources and --output").into()),
        }
    }
    if accounts == 0 {
        return Err("an organization has an account at least".into());
    }
    Ok(Arguments {
        accounts,
        resources,
        output: output.ok_or("--output DIR is missing")?,
    })
}
