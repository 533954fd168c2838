//! Stores, and what those do to them who go around them.
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::panic,
    reason = "each test file uses its own part, and a test may end at once"
)]

use std::path::Path;
use std::sync::LazyLock;

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::json;
use standfast_state::{Draft, Fault, Record, Store, VerifyError, write_lines};

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).expect("a time in range")
}

pub(crate) fn draft(number: i64) -> Draft {
    Draft {
        kind: if number % 3 == 0 { "run" } else { "note" }.to_owned(),
        subject: format!("1.{number}.a"),
        body: json!({ "text": format!("entry {number}: \"ä\"\n"), "number": number, "list": [true, null] }),
        at: at(number),
        by: "Ana Ruiz".to_owned(),
    }
}

pub(crate) fn filled(folder: &Path, count: i64) -> Store {
    let mut store = Store::open(folder).expect("a new store opens");
    for number in 1..=count {
        store.append(&draft(number)).expect("a record is added");
    }
    store
}

pub(crate) fn fault(store: &mut Store) -> Fault {
    match store.verify() {
        Err(VerifyError::Fault(fault)) => fault,
        other => panic!("a fault was expected, found {other:?}"),
    }
}

/// Changes the database behind the store's back: takes the triggers away, and puts them back afterwards.
pub(crate) fn tamper(folder: &Path, sql: &str) {
    let connection = Connection::open(folder.join("state.sqlite")).expect("the database opens");
    connection
        .execute_batch("PRAGMA synchronous = OFF; BEGIN")
        .expect("a transaction begins");
    let triggers: Vec<(String, String)> = connection
        .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        .expect("the schema can be read")
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("the schema can be read")
        .collect::<Result<_, _>>()
        .expect("the schema can be read");
    for (name, _) in &triggers {
        connection
            .execute_batch(&format!("DROP TRIGGER {name}"))
            .expect("a trigger can be dropped");
    }
    connection.execute_batch(sql).expect("the database can be changed");
    for (_, sql) in &triggers {
        connection.execute_batch(sql).expect("a trigger can be put back");
    }
    connection.execute_batch("COMMIT").expect("the transaction ends");
}

/// Writes records into the database in place of what is there, its head included.
pub(crate) fn rewrite(folder: &Path, records: &[Record]) {
    let mut sql = "DELETE FROM record;\n".to_owned();
    let word = |text: &str| format!("'{}'", text.replace('\'', "''"));
    for record in records {
        sql.push_str(&format!(
            "INSERT INTO record VALUES ({}, {}, {}, {}, {}, {}, {}, {});\n",
            record.seq,
            word(&record.kind),
            word(&record.subject),
            word(&record.body),
            word(&record.at),
            word(&record.by),
            word(&record.previous),
            word(&record.hash)
        ));
    }
    let last = records.last().expect("there are records");
    sql.push_str(&format!(
        "UPDATE head SET count = {}, hash = {};",
        records.len(),
        word(&last.hash)
    ));
    tamper(folder, &sql);
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A store of five records, made once and copied: making one waits for the disk at each record.
pub(crate) fn copied(folder: &Path) -> Vec<Record> {
    static WHOLE: LazyLock<(tempfile::TempDir, Vec<Record>)> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let records = filled(folder.path(), 5).all().expect("records");
        (folder, records)
    });
    for name in ["state.sqlite", "state.head"] {
        std::fs::copy(WHOLE.0.path().join(name), folder.join(name)).expect("copied");
    }
    WHOLE.1.clone()
}

pub(crate) fn lines_of(records: &[Record]) -> Vec<u8> {
    let mut lines = Vec::new();
    write_lines(records, &mut lines).expect("written to memory");
    lines
}
