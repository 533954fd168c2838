//! The store as its users see it.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "a test may end at once"
)]

mod common;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use common::*;
use serde_json::json;
use standfast_state::{Draft, Fault, FaultKind, StateError, Store, VerifyError, read_lines};

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
