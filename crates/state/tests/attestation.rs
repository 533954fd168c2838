//! People's words.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "a test may end at once"
)]

mod common;

use common::*;
use standfast_model::{CriterionState, EvidenceKind};
use standfast_state::{Attestation, FileState, Proof, StateError, Store};

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

#[test]
fn an_attestation_that_ends_before_it_begins_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::open(folder.path()).expect("opens");
    let mut late = attestation("1.1.a", Proof::given("we did", folder.path()).expect("a proof"));
    late.valid_until = Some("2026-09-21T00:00:00Z".parse().expect("a moment"));
    let refused = store.attest(&late).expect_err("it has ended");
    assert!(matches!(refused, StateError::Expired { .. }));
    assert_eq!(
        refused.to_string(),
        "its last day would be 2026-09-20, and it is 2026-09-21 already"
    );
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
