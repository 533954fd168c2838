//! The store as its users see it, and as those see it who go around it.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "a test may end at once"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use jiff::Timestamp;
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::json;
use standfast_model::{CriterionState, EvidenceKind};
use standfast_state::{
    Attestation, Draft, Fault, FaultKind, FileState, Head, Proof, Record, StateError, Store, VerifyError, check_chain,
    check_head, read_lines, write_lines,
};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).expect("a time in range")
}

fn draft(number: i64) -> Draft {
    Draft {
        kind: if number % 3 == 0 { "run" } else { "note" }.to_owned(),
        subject: format!("1.{number}.a"),
        body: json!({ "text": format!("entry {number}: \"ä\"\n"), "number": number, "list": [true, null] }),
        at: at(number),
        by: "Ana Ruiz".to_owned(),
    }
}

fn filled(folder: &Path, count: i64) -> Store {
    let mut store = Store::open(folder).expect("a new store opens");
    for number in 1..=count {
        store.append(&draft(number)).expect("a record is added");
    }
    store
}

fn fault(store: &mut Store) -> Fault {
    match store.verify() {
        Err(VerifyError::Fault(fault)) => fault,
        other => panic!("a fault was expected, found {other:?}"),
    }
}

/// Changes the database behind the store's back: takes the triggers away, and puts them back afterwards.
fn tamper(folder: &Path, sql: &str) {
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
fn rewrite(folder: &Path, records: &[Record]) {
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

#[test]
fn records_come_back_as_they_went_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new/.standfast");
    let mut store = filled(&path, 7);
    assert_eq!(store.verify().expect("whole").count, 7);
    drop(store);
    let mut store = Store::open(&path).expect("the store opens again");
    let all = store.all().expect("records");
    assert_eq!(all.len(), 7);
    assert_eq!(all[1].subject, "1.2.a");
    assert_eq!(all[1].value().expect("JSON"), draft(2).body);
    assert_eq!(
        all[1].body,
        r#"{"list":[true,null],"number":2,"text":"entry 2: \"ä\"\n"}"#
    );
    assert_eq!(all[1].previous, all[0].hash);
    assert_eq!(store.records("run").expect("records").len(), 2);
    assert_eq!(store.records("none").expect("records").len(), 0);
    assert_eq!(store.append(&draft(8)).expect("added").seq, 8);
    let head = std::fs::read_to_string(path.join("state.head")).expect("a head file");
    assert_eq!(
        head,
        format!(
            "standfast state 1\nrecords 8\nlast {}\n",
            store.all().expect("records")[7].hash
        )
    );
    let left: Vec<_> = std::fs::read_dir(&path)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(left.len(), 2, "nothing half-written is left: {left:?}");
}

#[test]
fn one_hash_is_known_from_outside() {
    // Reckoned by hand over the same bytes, so that the form of the hash cannot change unseen.
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(folder.path()).expect("opens");
    let record = store
        .append(&Draft {
            kind: "note".to_owned(),
            subject: "s".to_owned(),
            body: json!({"b": 1, "a": "x"}),
            at: at(0),
            by: "Bo".to_owned(),
        })
        .expect("added");
    let zeros = "0".repeat(64);
    let fields = [
        "note",
        "s",
        r#"{"a":"x","b":1}"#,
        "2026-09-21T14:13:20Z",
        "Bo",
        zeros.as_str(),
    ];
    let mut bytes = b"standfast record 1\0".to_vec();
    for field in fields {
        bytes.extend((field.len() as u64).to_be_bytes());
        bytes.extend(field.as_bytes());
    }
    assert_eq!(record.hash, sha256(&bytes));
}

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

#[test]
fn a_head_file_left_behind_by_a_crash_is_mended() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 3);
    let behind = std::fs::read(folder.path().join("state.head")).expect("a head");
    store.append(&draft(4)).expect("added");
    std::fs::write(folder.path().join("state.head"), behind).expect("written");
    assert_eq!(store.verify().expect("a head that is behind is no fault").count, 4);
    store.append(&draft(5)).expect("added");
    let head = std::fs::read_to_string(folder.path().join("state.head")).expect("a head");
    assert!(head.contains("records 5\n"), "{head}");
}

#[test]
fn writers_at_once_leave_one_chain() {
    let folder = tempfile::tempdir().expect("a folder");
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let path = folder.path().to_owned();
            std::thread::spawn(move || {
                let mut store = Store::open(&path).expect("opens");
                for number in 0..15 {
                    store.append(&draft(writer * 100 + number)).expect("added");
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().expect("a writer ends well");
    }
    let mut store = Store::open(folder.path()).expect("opens");
    assert_eq!(store.verify().expect("whole").count, 60);
    let head = std::fs::read_to_string(folder.path().join("state.head")).expect("a head");
    assert!(head.contains("records 60\n"), "{head}");
}

/// The test calls itself as another process that writes until it is killed.
#[test]
fn a_killed_writer_leaves_a_whole_store_with_all_it_acknowledged() {
    const FOLDER: &str = "STANDFAST_TEST_STATE_FOLDER";
    if let Some(folder) = std::env::var_os(FOLDER) {
        let mut store = Store::open(Path::new(&folder)).expect("opens");
        loop {
            let record = store.append(&draft(7)).expect("added");
            println!("acknowledged {}", record.seq);
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut acknowledged = 0;
    for round in 0..12u64 {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args([
                "--exact",
                "--nocapture",
                "a_killed_writer_leaves_a_whole_store_with_all_it_acknowledged",
            ])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the test starts itself");
        // Killed after some records, at whatever point of writing the next one it then is.
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let mut seen = 0;
        while seen <= round % 4 {
            let line = lines.next().expect("the writer goes on").expect("a line");
            if let Some(seq) = line.strip_prefix("acknowledged ") {
                acknowledged = seq.parse().expect("a number");
                seen += 1;
            }
        }
        for _ in 0..round * 1500 {
            std::hint::spin_loop();
        }
        child.kill().expect("killed");
        child.wait().expect("gone");
        for line in lines.map_while(Result::ok) {
            if let Some(seq) = line.strip_prefix("acknowledged ") {
                acknowledged = seq.parse().unwrap_or(acknowledged);
            }
        }
        let mut store = Store::open(folder.path()).expect("opens");
        let count = store.verify().expect("whole").count;
        // The one that was being written may be there or not; what was acknowledged is.
        assert!(
            count == acknowledged || count == acknowledged + 1,
            "{count} of {acknowledged}"
        );
    }
    let mut store = Store::open(folder.path()).expect("opens");
    store.append(&draft(1)).expect("the next writer goes on");
    store.verify().expect("whole");
}

#[test]
fn an_export_restores_the_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 5);
    let file = store.export().expect("exported");
    let text = std::fs::read(&file).expect("the export");
    let records = read_lines(text.as_slice()).expect("records");
    assert_eq!(records, store.all().expect("records"));
    assert!(matches!(
        store.restore(&records),
        Err(VerifyError::State(StateError::NotEmpty { count: 5, .. }))
    ));
    drop(store);
    std::fs::remove_file(folder.path().join("state.sqlite")).expect("removed");
    let mut store = Store::open(folder.path()).expect("opens");
    assert!(matches!(
        store.restore(&records[..4]),
        Err(VerifyError::Fault(Fault {
            seq: 5,
            kind: FaultKind::CutOff { .. }
        }))
    ));
    assert_eq!(store.restore(&records).expect("restored").count, 5);
    assert_eq!(store.all().expect("records"), records);
}

#[test]
fn fractions_and_nameless_records_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = filled(folder.path(), 1);
    let mut odd = draft(1);
    odd.body = json!({"share": [0.5]});
    assert!(matches!(store.append(&odd), Err(StateError::Fraction { .. })));
    odd = draft(1);
    odd.by = " ".to_owned();
    assert!(matches!(store.append(&odd), Err(StateError::Empty { field: "by" })));
    assert_eq!(store.verify().expect("whole").count, 1);
}

fn attestation(criterion: &str, proof: Proof) -> Attestation {
    Attestation {
        criterion: criterion.to_owned(),
        kind: EvidenceKind::Attestation,
        name: "workshop-held".to_owned(),
        by: "Ana Ruiz".to_owned(),
        proof,
        note: Some("both teams were there".to_owned()),
        at: at(0),
        valid_until: Some(at(86_400)),
    }
}

#[test]
fn attestations_become_evidence_until_withdrawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(&folder.path().join(".standfast")).expect("opens");
    std::fs::write(folder.path().join("minutes.txt"), "present: all\n").expect("written");
    let proof = Proof::given("minutes.txt", folder.path()).expect("a proof");
    assert_eq!(
        proof,
        Proof::File {
            path: "minutes.txt".to_owned(),
            sha256: sha256(b"present: all\n"),
            bytes: 13,
        }
    );
    let seq = store
        .attest(&attestation("1.1.a", proof.clone()))
        .expect("recorded")
        .seq;
    let mut approval = attestation(
        "1.5.a",
        Proof::Url {
            url: "https://example.com/d".to_owned(),
        },
    );
    approval.kind = EvidenceKind::Document;
    approval.name = "encryption-at-rest".to_owned();
    approval.note = None;
    approval.valid_until = None;
    store.attest(&approval).expect("recorded");

    let filed = store.attestations().expect("attestations");
    assert_eq!(filed.len(), 2);
    let evidence = filed[0].attestation.evidence();
    assert_eq!(evidence.subject, "Ana Ruiz");
    assert_eq!(evidence.state, CriterionState::Met);
    assert_eq!(evidence.valid_until, Some(at(86_400)));
    assert!(
        evidence
            .summary
            .starts_with("attested by Ana Ruiz: both teams were there (minutes.txt (sha256 "),
        "{}",
        evidence.summary
    );
    let evidence = filed[1].attestation.evidence();
    assert_eq!(evidence.kind, EvidenceKind::Document);
    assert_eq!(evidence.subject, "encryption-at-rest");
    assert_eq!(evidence.summary, "approved by Ana Ruiz (https://example.com/d)");

    assert_eq!(proof.file_state(folder.path()), Some(FileState::Same));
    std::fs::write(folder.path().join("minutes.txt"), "present: none\n").expect("written");
    assert_eq!(proof.file_state(folder.path()), Some(FileState::Changed));
    std::fs::remove_file(folder.path().join("minutes.txt")).expect("removed");
    assert_eq!(proof.file_state(folder.path()), Some(FileState::Missing));

    store
        .withdraw(seq, "Bo Li", "wrong criterion", at(9))
        .expect("withdrawn");
    let filed = store.attestations().expect("attestations");
    assert_eq!(filed.len(), 1);
    assert_eq!(filed[0].attestation, approval);
    assert!(matches!(
        store.withdraw(seq, "Bo Li", "again", at(10)),
        Err(StateError::NothingToWithdraw { .. })
    ));
    assert_eq!(store.verify().expect("whole").count, 3);
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn an_attestation_that_ends_before_it_begins_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(folder.path()).expect("opens");
    let mut late = attestation("1.1.a", Proof::given("we did", folder.path()).expect("a proof"));
    late.valid_until = Some(at(0));
    assert!(matches!(store.attest(&late), Err(StateError::Expired { .. })));
    late.valid_until = None;
    late.criterion = String::new();
    assert!(matches!(
        store.attest(&late),
        Err(StateError::Empty { field: "criterion" })
    ));
    late = attestation("1.5.a", Proof::given("we did", folder.path()).expect("a proof"));
    late.kind = EvidenceKind::Control;
    assert!(matches!(store.attest(&late), Err(StateError::Control)));
    assert!(Proof::given("  ", folder.path()).is_err());
    assert!(store.all().expect("records").is_empty());
}

/// A store of five records, made once and copied: making one waits for the disk at each record.
fn copied(folder: &Path) -> Vec<Record> {
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

fn lines_of(records: &[Record]) -> Vec<u8> {
    let mut lines = Vec::new();
    write_lines(records, &mut lines).expect("written to memory");
    lines
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
    fn any_text_comes_back(kind in "\\PC{1,8}", subject in any::<String>(), text in any::<String>(), key in any::<String>(), by in "\\PC*[a-z]") {
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
