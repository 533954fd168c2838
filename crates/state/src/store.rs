//! The store itself.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior};

use crate::chain::{Fault, FaultKind, check_chain, check_head};
use crate::error::{StateError, VerifyError};
use crate::head::{self, Head, write_whole};
use crate::record::{Draft, Record};

/// The database's name in the store's folder.
const DATABASE: &str = "state.sqlite";
/// The export's name in the store's folder.
const EXPORT: &str = "state.jsonl";
const VERSION: i64 = 1;
/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(30);

/// Tables and triggers by name, each exactly as the database must hold it.
const SCHEMA: &[(&str, &str)] = &[
    (
        "record",
        r#"CREATE TABLE record (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT"#,
    ),
    (
        "head",
        "CREATE TABLE head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  count INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT",
    ),
    (
        "record_insert",
        "CREATE TRIGGER record_insert BEFORE INSERT ON record
WHEN NEW.seq IS NOT (SELECT count + 1 FROM head) OR NEW.previous IS NOT (SELECT hash FROM head)
BEGIN SELECT RAISE(ABORT, 'records are only added at the end'); END",
    ),
    (
        "record_update",
        "CREATE TRIGGER record_update BEFORE UPDATE ON record
BEGIN SELECT RAISE(ABORT, 'records are never changed'); END",
    ),
    (
        "record_delete",
        "CREATE TRIGGER record_delete BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'records are never deleted'); END",
    ),
    (
        "head_insert",
        "CREATE TRIGGER head_insert BEFORE INSERT ON head WHEN (SELECT count(*) FROM head) > 0
BEGIN SELECT RAISE(ABORT, 'there is one head'); END",
    ),
    (
        "head_update",
        "CREATE TRIGGER head_update BEFORE UPDATE ON head
WHEN NEW.count IS NOT OLD.count + 1 OR NEW.hash IS NOT (SELECT hash FROM record WHERE seq = NEW.count)
BEGIN SELECT RAISE(ABORT, 'the head only moves to the next record'); END",
    ),
    (
        "head_delete",
        "CREATE TRIGGER head_delete BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'the head is never deleted'); END",
    ),
];

/// The append-only store of a readiness project. Several processes may use one store at once.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    path: PathBuf,
    connection: Connection,
}

/// What a verification found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Records checked.
    pub count: u64,
    /// The last record's hash.
    pub hash: String,
}

impl Store {
    /// Opens the store in a folder (`.standfast` of a project), and makes folder and store where there is none.
    pub fn open(folder: &Path) -> Result<Self, StateError> {
        let path = folder.join(DATABASE);
        std::fs::create_dir_all(folder).map_err(|source| StateError::File {
            what: "write",
            path: folder.to_owned(),
            source,
        })?;
        let opened = |source| StateError::Open {
            path: path.clone(),
            source,
        };
        let connection = Connection::open(&path).map_err(opened)?;
        connection.busy_timeout(PATIENCE).map_err(opened)?;
        // A rollback journal and full syncs: what was acknowledged survives a crash, and all of it is in one file.
        connection.pragma_update(None, "synchronous", "EXTRA").map_err(opened)?;
        connection
            .pragma_update(None, "recursive_triggers", true)
            .map_err(opened)?;
        let mut store = Self {
            folder: folder.to_owned(),
            path,
            connection,
        };
        store.prepare()?;
        Ok(store)
    }

    fn prepare(&mut self) -> Result<(), StateError> {
        let path = self.path.clone();
        let opened = |source| StateError::Open {
            path: path.clone(),
            source,
        };
        // A store that is there is opened without a lock: readers neither wait nor need to write.
        let version: i64 = self
            .connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(opened)?;
        if version == VERSION {
            return Ok(());
        }
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(opened)?;
        let version: i64 = transaction
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(opened)?;
        let empty: bool = transaction
            .query_row("SELECT count(*) = 0 FROM sqlite_master", [], |row| row.get(0))
            .map_err(opened)?;
        if version == 0 && empty {
            for (_, sql) in SCHEMA {
                transaction.execute_batch(sql).map_err(opened)?;
            }
            transaction
                .execute("INSERT INTO head (one, count, hash) VALUES (1, 0, ?1)", [head::START])
                .map_err(opened)?;
            transaction
                .pragma_update(None, "user_version", VERSION)
                .map_err(opened)?;
            transaction.commit().map_err(opened)?;
        } else if version != VERSION {
            return Err(StateError::Version {
                path: self.path.clone(),
                found: version,
                known: VERSION,
            });
        }
        Ok(())
    }

    /// The store's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Adds a record at the end. It is on disk when this returns.
    pub fn append(&mut self, draft: &Draft) -> Result<Record, StateError> {
        if draft.kind.is_empty() {
            return Err(StateError::Empty { field: "kind" });
        }
        if draft.by.trim().is_empty() {
            return Err(StateError::Empty { field: "by" });
        }
        let record = self.locked(|transaction, folder| {
            let head = sound_head(transaction, folder)?;
            let record = Record::after(draft, head.count + 1, &head.hash)?;
            insert(transaction, &record)?;
            Ok(record)
        })?;
        self.write_head()?;
        Ok(record)
    }

    /// Runs a change in a transaction that no other writer can enter.
    fn locked<T>(&mut self, change: impl FnOnce(&Transaction<'_>, &Path) -> Result<T, Inner>) -> Result<T, StateError> {
        let path = self.path.clone();
        let failed = |inner: Inner| match inner {
            Inner::State(error) => error,
            Inner::Sql(source) => StateError::Write {
                path: path.clone(),
                source,
            },
            Inner::Fault(source) => StateError::Broken {
                path: path.clone(),
                source,
            },
        };
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|source| failed(source.into()))?;
        let done = change(&transaction, &self.folder).map_err(failed)?;
        transaction.commit().map_err(|source| failed(source.into()))?;
        Ok(done)
    }

    /// Brings the head file up to the database. Under the writers' lock, since a slow writer must not put back an older
    /// head; after the commit, since a head that is ahead of the database would look like a removed record. A crash between
    /// the two leaves a head that is behind, and the next writer mends it.
    fn write_head(&mut self) -> Result<(), StateError> {
        self.locked(|transaction, folder| {
            let head = database_head(transaction)?;
            if !matches!(Head::read(folder)?, Some(Ok(written)) if written == head) {
                head.write(folder)?;
            }
            Ok(())
        })
    }

    /// All records in order.
    pub fn all(&self) -> Result<Vec<Record>, StateError> {
        self.select("SELECT * FROM record ORDER BY seq", &[])
    }

    /// The records of one kind in order.
    pub fn records(&self, kind: &str) -> Result<Vec<Record>, StateError> {
        self.select("SELECT * FROM record WHERE kind = ?1 ORDER BY seq", &[kind])
    }

    fn select(&self, sql: &str, arguments: &[&str]) -> Result<Vec<Record>, StateError> {
        select(&self.connection, sql, arguments).map_err(|source| StateError::Read {
            path: self.path.clone(),
            source,
        })
    }

    /// Checks tables, triggers, every record, the chain, and both heads.
    pub fn verify(&mut self) -> Result<Verified, VerifyError> {
        let folder = self.folder.clone();
        let path = self.path.clone();
        let read = |source| StateError::Read {
            path: path.clone(),
            source,
        };
        // Writers wait meanwhile: a head written between two reads would look like a fault.
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(read)?;
        for (name, sql) in SCHEMA {
            let found: Option<String> = transaction
                .query_row("SELECT sql FROM sqlite_master WHERE name = ?1", [name], |row| {
                    row.get(0)
                })
                .optional()
                .map_err(read)?;
            if found.as_deref() != Some(*sql) {
                let name = (*name).to_owned();
                return Err(Fault::at(0, FaultKind::Schema { name }).into());
            }
        }
        let strange: Option<String> = transaction
            .query_row(
                "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT IN ('record', 'head',
                 'record_insert', 'record_update', 'record_delete', 'head_insert', 'head_update', 'head_delete') LIMIT 1",
                [],
                |row| row.get(0),
            )
            .optional()
            .map_err(read)?;
        if let Some(name) = strange {
            return Err(Fault::at(0, FaultKind::Schema { name }).into());
        }
        let records = select(&transaction, "SELECT * FROM record ORDER BY seq", &[]).map_err(read)?;
        check_chain(&records)?;
        let own = database_head(&transaction).map_err(read)?;
        check_head(&records, &own, "the database's head")?;
        if let Some(extra) = records.get(usize::try_from(own.count).unwrap_or(usize::MAX)) {
            return Err(Fault::at(extra.seq, FaultKind::Inserted).into());
        }
        match Head::read(&folder)? {
            Some(head) => check_head(&records, &head?, "the head file")?,
            None if records.is_empty() => {}
            None => return Err(Fault::at(0, FaultKind::NoHead).into()),
        }
        Ok(Verified {
            count: own.count,
            hash: own.hash,
        })
    }

    /// Writes all records as lines of JSON to `state.jsonl` beside the database, in one step, for git.
    pub fn export(&mut self) -> Result<PathBuf, StateError> {
        self.locked(|transaction, folder| {
            let records = select(transaction, "SELECT * FROM record ORDER BY seq", &[])?;
            write_whole(folder, EXPORT, |file| crate::write_lines(&records, file))?;
            Ok(folder.join(EXPORT))
        })
    }

    /// Fills an empty store with the records of an export whose chain is whole and reaches the head file, where there is one.
    pub fn restore(&mut self, records: &[Record]) -> Result<Verified, VerifyError> {
        check_chain(records)?;
        if let Some(head) = Head::read(&self.folder)? {
            check_head(records, &head?, "the head file")?;
        }
        let path = self.path.clone();
        self.locked(|transaction, _| {
            let head = database_head(transaction)?;
            if head.count > 0 {
                return Err(Inner::State(StateError::NotEmpty {
                    path,
                    count: head.count,
                }));
            }
            records.iter().try_for_each(|record| insert(transaction, record))
        })?;
        self.write_head()?;
        self.verify()
    }
}

/// Failures inside a transaction, before they get their context.
enum Inner {
    State(StateError),
    Sql(rusqlite::Error),
    Fault(Fault),
}

impl From<StateError> for Inner {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

impl From<rusqlite::Error> for Inner {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Fault> for Inner {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

fn select(connection: &Connection, sql: &str, arguments: &[&str]) -> Result<Vec<Record>, rusqlite::Error> {
    connection
        .prepare(sql)?
        .query_map(rusqlite::params_from_iter(arguments), record_of)?
        .collect()
}

fn record_of(row: &Row<'_>) -> Result<Record, rusqlite::Error> {
    Ok(Record {
        seq: row.get("seq")?,
        kind: row.get("kind")?,
        subject: row.get("subject")?,
        body: row.get("body")?,
        at: row.get("at")?,
        by: row.get("by")?,
        previous: row.get("previous")?,
        hash: row.get("hash")?,
    })
}

fn insert(transaction: &Transaction<'_>, record: &Record) -> Result<(), Inner> {
    transaction.execute(
        r#"INSERT INTO record (seq, kind, subject, body, at, "by", previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"#,
        rusqlite::params![
            record.seq,
            record.kind,
            record.subject,
            record.body,
            record.at,
            record.by,
            record.previous,
            record.hash
        ],
    )?;
    transaction.execute(
        "UPDATE head SET count = ?1, hash = ?2",
        rusqlite::params![record.seq, record.hash],
    )?;
    Ok(())
}

fn database_head(connection: &Connection) -> Result<Head, rusqlite::Error> {
    connection.query_row("SELECT count, hash FROM head", [], |row| {
        Ok(Head {
            count: row.get(0)?,
            hash: row.get(1)?,
        })
    })
}

/// The head to add to: the database's, if its last record and the head file agree with it. The whole chain is
/// [`Store::verify`]'s to check; here it is enough that nothing was cut off.
fn sound_head(transaction: &Transaction<'_>, folder: &Path) -> Result<Head, Inner> {
    let head = database_head(transaction)?;
    let hash_of = |seq: u64| -> Result<Option<String>, rusqlite::Error> {
        if seq == 0 {
            return Ok(Some(head::START.to_owned()));
        }
        transaction
            .query_row("SELECT hash FROM record WHERE seq = ?1", [seq], |row| row.get(0))
            .optional()
    };
    let known = [
        (Some(head.clone()), "the database's head"),
        (Head::read(folder)?.transpose()?, "the head file"),
    ];
    for (anchor, source_of_truth) in known {
        let Some(anchor) = anchor else { continue };
        match hash_of(anchor.count)? {
            None => {
                let cut_off = FaultKind::CutOff {
                    until: anchor.count,
                    source_of_truth,
                };
                return Err(Fault::at(head.count.min(anchor.count) + 1, cut_off).into());
            }
            Some(hash) if hash != anchor.hash => {
                return Err(Fault::at(anchor.count, FaultKind::Replaced { source_of_truth }).into());
            }
            Some(_) => {}
        }
    }
    Ok(head)
}
