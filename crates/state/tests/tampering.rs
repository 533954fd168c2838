//! The store as those see it who go around it.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "a test may end at once"
)]

mod common;

use common::*;
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::json;
use standfast_state::{Draft, Fault, FaultKind, Head, Record, StateError, Store, check_chain, check_head, read_lines};

#[test]
fn the_database_itself_refuses_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(filled(folder.path(), 3));
    let connection = Connection::open(folder.path().join("state.sqlite")).expect("opens");
    for (sql, reason) in [
        ("UPDATE record SET body = '{}' WHERE seq = 2", "never changed"),
        ("DELETE FROM record WHERE seq = 3", "never deleted"),
        ("DELETE FROM record", "never deleted"),
        (
            "INSERT INTO record VALUES (9, 'n', 's', '{}', 't', 'b', 'p', 'h')",
            "only added at the end",
        ),
        (
            "INSERT OR REPLACE INTO record VALUES (2, 'n', 's', '{}', 't', 'b', 'p', 'h')",
            "only added at the end",
        ),
        ("UPDATE head SET count = 2", "only moves to the next record"),
        ("DELETE FROM head", "never deleted"),
        ("INSERT INTO head VALUES (1, 0, '')", "one head"),
    ] {
        let error = connection.execute_batch(sql).expect_err(sql);
        assert!(error.to_string().contains(reason), "{sql}: {error}");
    }
}

#[test]
fn a_fault_names_the_record_and_what_is_wrong() {
    // Each change as somebody would make it who knows SQL and hides the triggers' absence.
    let cases: [(&str, u64, &str); 8] = [
        ("UPDATE record SET by = 'Bo' WHERE seq = 4", 4, "it was changed"),
        ("UPDATE record SET hash = previous WHERE seq = 6", 6, "it was changed"),
        ("DELETE FROM record WHERE seq = 3", 3, "it was removed"),
        ("DELETE FROM record WHERE seq >= 5", 5, "with all up to record 6"),
        (
            "DELETE FROM record WHERE seq = 6; UPDATE head SET count = 5, hash = (SELECT hash FROM record WHERE seq = 5)",
            6,
            "according to the head file",
        ),
        (
            "UPDATE record SET seq = 100 WHERE seq = 2; UPDATE record SET seq = 2 WHERE seq = 3; UPDATE record SET seq = 3 WHERE seq = 100",
            2,
            "reordered",
        ),
        (
            "DELETE FROM record WHERE seq = 2; UPDATE record SET seq = seq - 1 WHERE seq > 2; UPDATE head SET count = 5",
            2,
            "it was removed",
        ),
        ("UPDATE record SET seq = 7 WHERE seq = 6", 6, "it was removed"),
    ];
    for (sql, seq, words) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = filled(folder.path(), 6);
        tamper(folder.path(), &sql.replace(" by =", " \"by\" ="));
        let fault = fault(&mut store);
        assert_eq!(fault.seq, seq, "{sql}: {fault}");
        assert!(fault.to_string().contains(words), "{sql}: {fault}");
    }
}

#[test]
fn an_inserted_record_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 5);
    let mut records = store.all().expect("records");
    // A record that is whole in itself and names the one before it.
    let mut forged = records[1].clone();
    forged.by = "Mallory".to_owned();
    forged.previous.clone_from(&records[1].hash);
    forged.hash = forged.reckoned();
    records.insert(2, forged);
    for (seq, record) in (1..).zip(&mut records) {
        record.seq = seq;
    }
    rewrite(folder.path(), &records);
    assert_eq!(
        fault(&mut store),
        Fault {
            seq: 3,
            kind: FaultKind::Inserted
        }
    );
}

#[test]
fn a_rewritten_chain_is_found_by_the_head_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 4);
    let mut records = store.all().expect("records");
    records[2].by = "Mallory".to_owned();
    let mut previous = records[1].hash.clone();
    for record in records.iter_mut().skip(2) {
        record.previous = previous;
        record.hash = record.reckoned();
        previous = record.hash.clone();
    }
    check_chain(&records).expect("the forged chain is whole in itself");
    rewrite(folder.path(), &records);
    let fault = fault(&mut store);
    assert_eq!(fault.seq, 4);
    assert!(
        fault.to_string().contains("the head file knows another record"),
        "{fault}"
    );
}

#[test]
fn nothing_is_added_to_a_store_that_was_cut_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 4);
    tamper(
        folder.path(),
        "DELETE FROM record WHERE seq > 2; UPDATE head SET count = 2, hash = (SELECT hash FROM record WHERE seq = 2)",
    );
    let error = store.append(&draft(9)).expect_err("refused");
    assert!(matches!(error, StateError::Broken { .. }), "{error:?}");
    assert_eq!(store.all().expect("records").len(), 2);
    // Without the database, the head file still knows that there was one.
    drop(store);
    std::fs::remove_file(folder.path().join("state.sqlite")).expect("removed");
    let mut store = Store::open(folder.path()).expect("opens");
    assert!(matches!(store.append(&draft(9)), Err(StateError::Broken { .. })));
    assert_eq!(fault(&mut store).seq, 1);
}

#[test]
fn tables_triggers_and_head_file_are_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 2);
    let head = std::fs::read_to_string(folder.path().join("state.head")).expect("a head");
    for broken in [
        "",
        "records 2\n",
        &head.replace("records 2", "records 02"),
        &format!("{head}x"),
    ] {
        std::fs::write(folder.path().join("state.head"), broken).expect("written");
        assert_eq!(fault(&mut store).kind, FaultKind::HeadChanged, "{broken:?}");
    }
    std::fs::remove_file(folder.path().join("state.head")).expect("removed");
    assert_eq!(fault(&mut store).kind, FaultKind::NoHead);
    std::fs::write(folder.path().join("state.head"), head.replace('\n', "\r\n")).expect("written");
    store.verify().expect("line ends of another system are no change");
    let connection = Connection::open(folder.path().join("state.sqlite")).expect("opens");
    connection.execute_batch("ANALYZE").expect("analyzed");
    store.verify().expect("what SQLite keeps for itself is no change");
    connection
        .execute_batch("CREATE TRIGGER own AFTER INSERT ON record BEGIN SELECT 1; END")
        .expect("created");
    assert_eq!(fault(&mut store).kind, FaultKind::Schema { name: "own".to_owned() });
    connection.execute_batch("DROP TRIGGER own").expect("dropped");
    connection.execute_batch("DROP TRIGGER record_delete").expect("dropped");
    assert_eq!(
        fault(&mut store).kind,
        FaultKind::Schema {
            name: "record_delete".to_owned()
        }
    );
}

/// Any text of at least so many characters, control characters included.
fn any_text(least: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), least..12).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    /// Any byte of the export, changed to any other: found, by form or by chain.
    #[test]
    fn any_changed_byte_of_an_export_is_found(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut lines = lines_of(&copied(folder.path()));
        let place = place.index(lines.len() - 1);
        prop_assume!(lines[place] != byte);
        lines[place] = byte;
        let found = match read_lines(lines.as_slice()) {
            Ok(records) => check_chain(&records).is_err(),
            Err(_) => true,
        };
        prop_assert!(found, "byte {place} is now {byte}");
    }

    /// Any record removed, with and without closing the hole, or two swapped: found in its place, the last by the head.
    #[test]
    fn any_removed_or_moved_record_is_found(first in 0usize..5, second in 0usize..5) {
        let folder = tempfile::tempdir().expect("a folder");
        let whole = copied(folder.path());
        let head = Head { count: 5, hash: whole[4].hash.clone() };
        let check = |records: &[Record]| check_chain(records).and_then(|()| check_head(records, &head, "the head"));
        prop_assert_eq!(check(&whole), Ok(()));
        let renumbered = |mut records: Vec<Record>| {
            for (seq, record) in (1..).zip(&mut records) {
                record.seq = seq;
            }
            records
        };

        let mut removed = whole.clone();
        removed.remove(first);
        prop_assert_eq!(check(&removed).map_err(|fault| fault.seq), Err(first as u64 + 1));
        prop_assert_eq!(check(&renumbered(removed)).map_err(|fault| fault.seq), Err(first as u64 + 1));

        if first != second {
            let mut swapped = whole.clone();
            swapped.swap(first, second);
            let expected = Fault { seq: first.min(second) as u64 + 1, kind: FaultKind::Reordered };
            prop_assert_eq!(check(&renumbered(swapped)), Err(expected));
        }
        let mut repeated = whole.clone();
        repeated.insert(second, whole[first].clone());
        prop_assert!(check(&renumbered(repeated)).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Any byte of any column, changed behind the triggers: found at that record.
    #[test]
    fn any_changed_byte_of_a_record_is_found(
        seq in 1u64..6,
        column in 0usize..7,
        place in any::<prop::sample::Index>(),
        byte in 1u8..128,
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        copied(folder.path());
        let columns = ["kind", "subject", "body", "at", "\"by\"", "previous", "hash"];
        let column = columns[column];
        let connection = Connection::open(folder.path().join("state.sqlite")).expect("opens");
        let text: String = connection
            .query_row(&format!("SELECT {column} FROM record WHERE seq = {seq}"), [], |row| row.get(0))
            .expect("a value");
        let mut bytes = text.into_bytes();
        let place = place.index(bytes.len());
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        drop(connection);
        let Ok(changed) = String::from_utf8(bytes) else { return Ok(()) };
        let changed = changed.replace('\'', "''");
        tamper(folder.path(), &format!("UPDATE record SET {column} = '{changed}' WHERE seq = {seq}"));
        let mut store = Store::open(folder.path()).expect("opens");
        prop_assert_eq!(fault(&mut store), Fault { seq, kind: FaultKind::Changed });
    }

    /// Any byte of the database file: either it is found, or it was in a place that says nothing, and the records are the same.
    #[test]
    fn any_changed_byte_of_the_file_is_found_or_says_nothing(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let folder = tempfile::tempdir().expect("a folder");
        let whole = copied(folder.path());
        let path = folder.path().join("state.sqlite");
        let mut bytes = std::fs::read(&path).expect("the file");
        let place = place.index(bytes.len());
        bytes[place] = byte;
        std::fs::write(&path, bytes).expect("written");
        if let Ok(mut store) = Store::open(folder.path())
            && store.verify().is_ok()
        {
            prop_assert_eq!(store.all().expect("records"), whole);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Any text in any field goes in and comes out, through the database and through the export.
    #[test]
    fn any_text_comes_back(kind in any_text(1), subject in any_text(0), text in any_text(0), key in any_text(0), by in any_text(0)) {
        // Who says something has at least a letter.
        let by = format!("{by}a");
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(folder.path()).expect("opens");
        let mut body = serde_json::Map::new();
        body.insert(key, json!([text, -7, u64::MAX]));
        body.insert("z".to_owned(), json!({"b": [], "a": {}}));
        let draft = Draft { kind: kind.clone(), subject, body: body.into(), at: at(1), by };
        let record = store.append(&draft).expect("added");
        prop_assert_eq!(record.value().expect("JSON"), draft.body);
        prop_assert_eq!(store.records(&kind).expect("records"), vec![record.clone()]);
        prop_assert_eq!(store.verify().expect("whole").count, 1);
        prop_assert_eq!(read_lines(lines_of(std::slice::from_ref(&record)).as_slice()).expect("records"), vec![record]);
    }
}
