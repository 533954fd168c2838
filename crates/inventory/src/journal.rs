//! The journal of a run: rows go to disk as they come, so that memory stays flat and a killed run can be resumed.
//!
//! Layout of a run's folder: `plan.json` (what the run reads), `openings` (one byte for each time the journal was opened), and for
//! each account a folder with one `<table>.ndjson` per table and `units.ndjson`. A row names the unit and the opening it was
//! written by; it counts only when `units.ndjson` holds that same pair. So a kill between any two writes loses nothing but the
//! units that were not finished, and those are read again.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::tables::standfast::{CollectionError, CollectionUnit};
use crate::{Error, Row, RunPlan};

/// Rows are flushed to disk when a unit holds more than this many bytes of one table.
const FLUSH_BYTES: usize = 128 * 1024;

/// One service in one account and region: what is read, finished and, after a kill, read again as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Unit {
    /// The account, 12 digits.
    pub account_id: String,
    /// The region, or `global`.
    pub region: String,
    /// The service, as the SDK names it.
    pub service: String,
}

/// A unit that was finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRecord {
    /// The unit.
    #[serde(flatten)]
    pub unit: Unit,
    /// Which opening of the journal wrote its rows.
    pub opening: u64,
    /// Calls made.
    pub calls: u64,
    /// Calls that failed.
    pub errors: u64,
    /// Rows written, those of the ledger not counted.
    pub rows: u64,
}

/// The journal of one run. Shared between tasks; each unit is written by one [`UnitWriter`].
#[derive(Debug)]
pub struct Journal {
    dir: PathBuf,
    plan: RunPlan,
    opening: u64,
    done: Mutex<HashSet<Unit>>,
    appending: Mutex<()>,
}

#[derive(Serialize)]
struct Line<'a, R> {
    _unit: &'a str,
    partition: &'a str,
    account_id: &'a str,
    region: &'a str,
    #[serde(flatten)]
    row: &'a R,
}

impl Journal {
    /// Begins a run in a folder that does not exist yet.
    pub fn create(dir: &Path, plan: RunPlan) -> Result<Self, Error> {
        if dir.exists() {
            return Err(Error::Exists { path: dir.to_owned() });
        }
        // The folder gets its name when the plan is in it: a journal without a plan could not be resumed.
        let fresh = dir.with_extension("new");
        if fresh.exists() {
            fs::remove_dir_all(&fresh).map_err(Error::io("remove", &fresh))?;
        }
        fs::create_dir_all(&fresh).map_err(Error::io("create", &fresh))?;
        let path = fresh.join("plan.json");
        let text = serde_json::to_vec_pretty(&plan).map_err(|source| Error::Row { table: "plan", source })?;
        fs::write(&path, text).map_err(Error::io("write", &path))?;
        fs::rename(&fresh, dir).map_err(Error::io("rename", &fresh))?;
        Self::open(dir)
    }

    /// Opens a journal, new or left behind by a run that was killed.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let path = dir.join("plan.json");
        let text = fs::read(&path).map_err(Error::io("read", &path))?;
        let plan: RunPlan = serde_json::from_slice(&text).map_err(|source| Error::Malformed {
            path: path.clone(),
            line: source.line(),
            expected: "the plan of a run",
            source,
        })?;
        let path = dir.join("openings");
        append(&path, b".")?;
        let opening = fs::metadata(&path).map_err(Error::io("read", &path))?.len();
        for entry in account_dirs(dir)? {
            for file in files(&entry)? {
                cut_torn_line(&file)?;
            }
        }
        let done = read_units(dir)?.into_iter().map(|record| record.unit).collect();
        Ok(Self {
            dir: dir.to_owned(),
            plan,
            opening,
            done: Mutex::new(done),
            appending: Mutex::new(()),
        })
    }

    /// What the run reads.
    pub fn plan(&self) -> &RunPlan {
        &self.plan
    }

    /// The run's folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// True when a unit was finished, in this opening or an earlier one.
    pub fn is_done(&self, unit: &Unit) -> bool {
        lock(&self.done).contains(unit)
    }

    /// Begins to write a unit.
    pub fn begin(self: &Arc<Self>, unit: Unit) -> UnitWriter {
        UnitWriter {
            tag: format!("{}/{}#{}", unit.service, unit.region, self.opening),
            journal: Arc::clone(self),
            unit,
            buffers: Mutex::new(Buffers::default()),
        }
    }

    fn append_rows(&self, account_id: &str, table: &str, bytes: &[u8]) -> Result<(), Error> {
        let dir = self.dir.join(account_id);
        let _one_at_a_time = lock(&self.appending);
        if !dir.exists() {
            fs::create_dir_all(&dir).map_err(Error::io("create", &dir))?;
        }
        append(&dir.join(format!("{table}.ndjson")), bytes)
    }
}

#[derive(Debug, Default)]
struct Buffers {
    tables: BTreeMap<&'static str, Vec<u8>>,
    rows: u64,
    calls: u64,
    errors: u64,
    /// The first write that failed; the unit cannot be finished any more.
    failed: Option<Error>,
}

/// Writes the rows of one unit. Rows count only after [`UnitWriter::finish`].
#[derive(Debug)]
pub struct UnitWriter {
    journal: Arc<Journal>,
    unit: Unit,
    tag: String,
    buffers: Mutex<Buffers>,
}

impl UnitWriter {
    /// The unit.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// Writes a row in the unit's region.
    pub fn row<R: Row>(&self, row: &R) {
        self.row_in(&self.unit.region, row);
    }

    /// Writes a row of a resource that has a region of its own.
    pub fn row_in<R: Row>(&self, region: &str, row: &R) {
        self.write(region, row, true);
    }

    /// Counts a call.
    pub fn called(&self) {
        lock(&self.buffers).calls += 1;
    }

    /// Writes a call that failed.
    pub fn failed(&self, error: &CollectionError) {
        lock(&self.buffers).errors += 1;
        self.write(&self.unit.region, error, false);
    }

    /// Writes what is held in memory to disk. Rows still count only after [`UnitWriter::finish`].
    pub fn flush(&self) {
        let mut buffers = lock(&self.buffers);
        for (table, bytes) in std::mem::take(&mut buffers.tables) {
            if buffers.failed.is_none()
                && !bytes.is_empty()
                && let Err(error) = self.journal.append_rows(&self.unit.account_id, table, &bytes)
            {
                buffers.failed = Some(error);
            }
        }
    }

    fn write<R: Row>(&self, region: &str, row: &R, counts: bool) {
        let table = R::TABLE.name;
        let mut buffers = lock(&self.buffers);
        if buffers.failed.is_some() {
            return;
        }
        let buffer = buffers.tables.entry(table).or_default();
        let line = Line {
            _unit: &self.tag,
            partition: &self.journal.plan.partition,
            account_id: &self.unit.account_id,
            region,
            row,
        };
        let before = buffer.len();
        if let Err(source) = serde_json::to_writer(&mut *buffer, &line) {
            buffer.truncate(before);
            buffers.failed = Some(Error::Row { table, source });
            return;
        }
        buffer.push(b'\n');
        if buffer.len() > FLUSH_BYTES {
            let bytes = std::mem::take(buffer);
            if let Err(error) = self.journal.append_rows(&self.unit.account_id, table, &bytes) {
                buffers.failed = Some(error);
            }
        }
        if counts {
            buffers.rows += 1;
        }
    }

    /// Ends the unit: from here on its rows count. Fails if any row could not be written.
    pub fn finish(self) -> Result<UnitRecord, Error> {
        let (calls, errors, rows) = {
            let buffers = lock(&self.buffers);
            (buffers.calls, buffers.errors, buffers.rows)
        };
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let ledger = CollectionUnit {
            service: self.unit.service.clone(),
            calls: count(calls),
            errors: count(errors),
            rows: count(rows),
        };
        self.write(&self.unit.region, &ledger, false);
        let buffers = self.buffers.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = buffers.failed {
            return Err(error);
        }
        for (table, bytes) in &buffers.tables {
            if !bytes.is_empty() {
                self.journal.append_rows(&self.unit.account_id, table, bytes)?;
            }
        }
        let record = UnitRecord {
            unit: self.unit,
            opening: self.journal.opening,
            calls,
            errors,
            rows,
        };
        let mut line = serde_json::to_vec(&record).map_err(|source| Error::Row { table: "units", source })?;
        line.push(b'\n');
        self.journal.append_rows(&record.unit.account_id, "units", &line)?;
        lock(&self.journal.done).insert(record.unit.clone());
        Ok(record)
    }
}

/// Every finished unit of a journal, sorted.
pub(crate) fn read_units(dir: &Path) -> Result<Vec<UnitRecord>, Error> {
    let mut records = Vec::new();
    for account in account_dirs(dir)? {
        let path = account.join("units.ndjson");
        if !path.exists() {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(Error::io("read", &path))?;
        for (index, line) in text.lines().enumerate() {
            records.push(
                serde_json::from_str::<UnitRecord>(line).map_err(|source| Error::Malformed {
                    path: path.clone(),
                    line: index + 1,
                    expected: "a finished unit",
                    source,
                })?,
            );
        }
    }
    records.sort_by(|left, right| left.unit.cmp(&right.unit));
    Ok(records)
}

/// The folders of the accounts, sorted.
pub(crate) fn account_dirs(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    Ok(files(dir)?.into_iter().filter(|path| path.is_dir()).collect())
}

fn files(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir).map_err(Error::io("list", dir))? {
        paths.push(entry.map_err(Error::io("list", dir))?.path());
    }
    paths.sort();
    Ok(paths)
}

/// A kill can leave the beginning of a line; what is written after it would be glued to it.
fn cut_torn_line(path: &Path) -> Result<(), Error> {
    let bytes = fs::read(path).map_err(Error::io("read", path))?;
    if bytes.last().is_none_or(|last| *last == b'\n') {
        return Ok(());
    }
    let whole = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |position| position + 1);
    let file = fs::OpenOptions::new()
        .write(true)
        .open(path)
        .map_err(Error::io("open", path))?;
    file.set_len(u64::try_from(whole).unwrap_or(0))
        .map_err(Error::io("shorten", path))
}

fn append(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(Error::io("write", path))
}

/// A panic in another task must not take the rows of this one with it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
