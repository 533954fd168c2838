//! What changed from one snapshot to another, table by table.

use std::collections::BTreeMap;
use std::fs;

use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde::Serialize;

use crate::{Error, Snapshot, Table, tables};

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is in the newer snapshot alone.
    Appeared,
    /// It is in the older snapshot alone.
    Vanished,
    /// It is in both, with other values.
    Changed,
}

/// A column with another value than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnChange {
    /// The column.
    pub column: String,
    /// The value in the older snapshot; none for NULL.
    pub old: Option<String>,
    /// The value in the newer snapshot; none for NULL.
    pub new: Option<String>,
}

/// A row that appeared, vanished or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The table.
    pub table: String,
    /// What happened.
    pub kind: ChangeKind,
    /// The account.
    pub account_id: String,
    /// The region.
    pub region: String,
    /// The values of the table's key.
    pub key: Vec<String>,
    /// The columns that differ, for a row that changed.
    pub columns: Vec<ColumnChange>,
}

type Rows = BTreeMap<Vec<String>, Vec<Option<String>>>;

/// Compares two snapshots, the ledger left out; `only` narrows it to some tables. Sorted by table, account, region and key. Holds one table
/// of each snapshot in memory.
pub fn diff(old: &Snapshot, new: &Snapshot, only: &[String]) -> Result<Vec<Change>, Error> {
    let mut changes = Vec::new();
    let mut chosen: Vec<&Table> = tables::ALL
        .iter()
        .copied()
        .filter(|table| {
            !table.name.starts_with("standfast_") && (only.is_empty() || only.iter().any(|name| name == table.name))
        })
        .collect();
    chosen.sort_by_key(|table| table.name);
    for table in chosen {
        let same_file = old.manifest().tables.get(table.name).map(|file| &file.sha256)
            == new.manifest().tables.get(table.name).map(|file| &file.sha256);
        if same_file {
            continue;
        }
        let (before, mut after) = (rows(old, table)?, rows(new, table)?);
        let mut of_table = Vec::new();
        for (key, values) in before {
            match after.remove(&key) {
                None => of_table.push(change(table, ChangeKind::Vanished, &key, Vec::new())),
                Some(now) => {
                    let columns: Vec<ColumnChange> = table
                        .all_columns()
                        .zip(values.into_iter().zip(now))
                        .filter(|(_, (old, new))| old != new)
                        .map(|(column, (old, new))| ColumnChange {
                            column: column.name.to_owned(),
                            old,
                            new,
                        })
                        .collect();
                    if !columns.is_empty() {
                        of_table.push(change(table, ChangeKind::Changed, &key, columns));
                    }
                }
            }
        }
        of_table.extend(
            after
                .keys()
                .map(|key| change(table, ChangeKind::Appeared, key, Vec::new())),
        );
        of_table.sort_by(|left, right| {
            (&left.account_id, &left.region, &left.key).cmp(&(&right.account_id, &right.region, &right.key))
        });
        changes.extend(of_table);
    }
    Ok(changes)
}

fn change(table: &Table, kind: ChangeKind, key: &[String], columns: Vec<ColumnChange>) -> Change {
    let part = |index: usize| key.get(index).cloned().unwrap_or_default();
    Change {
        table: table.name.to_owned(),
        kind,
        account_id: part(0),
        region: part(1),
        key: key.get(2..).unwrap_or_default().to_vec(),
        columns,
    }
}

fn rows(snapshot: &Snapshot, table: &Table) -> Result<Rows, Error> {
    let mut rows = Rows::new();
    let Some(path) = snapshot.table_path(table.name) else {
        return Ok(rows);
    };
    let columns = |source| Error::Columns {
        table: table.name.to_owned(),
        path: path.clone(),
        source,
    };
    let file = fs::File::open(&path).map_err(Error::io("read", &path))?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .and_then(ParquetRecordBatchReaderBuilder::build)
        .map_err(Error::parquet("read", &path))?;
    let key_columns: Vec<usize> = ["account_id", "region"]
        .iter()
        .chain(table.key)
        .filter_map(|name| table.all_columns().position(|column| column.name == *name))
        .collect();
    let options = FormatOptions::default();
    for batch in reader {
        let batch = batch.map_err(columns)?;
        let formatters = batch
            .columns()
            .iter()
            .map(|column| ArrayFormatter::try_new(column, &options))
            .collect::<Result<Vec<_>, _>>()
            .map_err(columns)?;
        for row in 0..batch.num_rows() {
            let values: Vec<Option<String>> = batch
                .columns()
                .iter()
                .zip(&formatters)
                .map(|(column, formatter)| (!column.is_null(row)).then(|| formatter.value(row).to_string()))
                .collect();
            let key = key_columns
                .iter()
                .map(|index| values.get(*index).cloned().flatten().unwrap_or_default())
                .collect();
            rows.insert(key, values);
        }
    }
    Ok(rows)
}
