//! Where things stand: nothing met without evidence, nothing met in the dark, nothing met that has expired.
#![allow(clippy::expect_used, clippy::format_push_string, reason = "a test may end at once")]

mod common;

use std::collections::BTreeMap;

use common::*;
use proptest::prelude::*;
use standfast_content::Control;
use standfast_content::program::Program;
use standfast_model::{Assessment, CriterionState, Evidence, EvidenceKind, Gap, GapAspect, Severity};
use standfast_readiness::{Board, CriterionStatus, Situation, gaps, status};

fn situation<'a>(
    program: &'a Program,
    controls: &'a BTreeMap<String, Control>,
    assessment: Option<&'a Assessment>,
    evidence: &'a [Evidence],
) -> Situation<'a> {
    Situation {
        program,
        controls,
        assessment,
        evidence,
        now: at(1000),
    }
}

fn criterion<'a>(board: &'a Board, id: &str) -> &'a CriterionStatus {
    board
        .criteria()
        .find(|criterion| criterion.id == id)
        .unwrap_or_else(|| panic!("criterion {id}"))
}

fn all_evidence() -> Vec<Evidence> {
    vec![
        evidence("1.1.a", EvidenceKind::Attestation, "Ana Ruiz"),
        evidence("1.1.b", EvidenceKind::Attestation, "Ana Ruiz"),
        evidence("1.2.a.a", EvidenceKind::Document, "discovery"),
        evidence("1.3.a", EvidenceKind::Document, "gap-analysis"),
        evidence("1.4.a", EvidenceKind::Document, "strategy"),
        evidence("1.5.a", EvidenceKind::Artifact, "template"),
        evidence("1.5.a", EvidenceKind::Deployment, "template"),
        evidence("1.5.a", EvidenceKind::Rehearsal, "drill"),
    ]
}

fn all_green() -> Assessment {
    assessment(vec![
        result(
            "ebs-volume-encrypted",
            &[counts(200, 0, 0, 3, 0), counts(11, 0, 3, 0, 0)],
        ),
        result("ebs-default-on", &[counts(1, 0, 0, 0, 0)]),
        result("ebs-snapshot-private", &[counts(1, 0, 0, 0, 0)]),
    ])
}

#[test]
fn before_anything_is_known_nothing_is_met() {
    for program in [program(), built_in()] {
        let controls = small_controls();
        let board = status(&situation(&program, &controls, None, &[]));
        assert_eq!(board.tally.met, 0);
        assert_eq!(board.percent_met, 0);
        assert!(
            board
                .criteria()
                .all(|one| one.state != CriterionState::Met && one.percent_shown == 0)
        );
    }
    let program = built_in();
    let controls = small_controls();
    let board = status(&situation(&program, &controls, None, &[]));
    assert_eq!(board.domains.len(), 5);
    assert_eq!(
        board.domains.iter().map(|domain| domain.subtasks.len()).sum::<usize>(),
        50
    );
    assert_eq!(board.tally.total(), 87);
}

#[test]
fn with_all_evidence_everything_is_met() {
    let (program, controls, assessment, evidence) = (program(), small_controls(), all_green(), all_evidence());
    let situation = situation(&program, &controls, Some(&assessment), &evidence);
    let board = status(&situation);
    assert_eq!(board.tally.met, board.tally.total());
    assert_eq!(board.percent_met, 100);
    assert!(
        board
            .criteria()
            .all(|one| one.state == CriterionState::Met && one.percent_shown == 100)
    );
    assert_eq!(gaps(&situation), Vec::<Gap>::new());
    let strategy = criterion(&board, "1.4.a");
    let words: Vec<&str> = strategy.evidence.iter().map(|piece| piece.summary.as_str()).collect();
    assert_eq!(
        words,
        [
            "211 of 214 pass, 3 under exception",
            "1 of 1 pass",
            "approved by Ana Ruiz"
        ]
    );
}

#[test]
fn each_piece_of_evidence_is_needed() {
    let (program, controls, assessment, evidence) = (program(), small_controls(), all_green(), all_evidence());
    for left_out in 0..evidence.len() {
        let mut rest = evidence.clone();
        let piece = rest.remove(left_out);
        let board = status(&situation(&program, &controls, Some(&assessment), &rest));
        assert_ne!(
            criterion(&board, &piece.criterion).state,
            CriterionState::Met,
            "{piece:?}"
        );
        assert!(board.percent_met < 100);
    }
    for left_out in 0..assessment.controls.len() {
        let mut rest = assessment.clone();
        rest.controls.remove(left_out);
        let board = status(&situation(&program, &controls, Some(&rest), &evidence));
        assert!(board.tally.not_known > 0, "a control that did not run is not known");
    }
}

#[test]
fn an_unread_resource_keeps_a_criterion_from_being_met() {
    let (program, controls, evidence) = (program(), small_controls(), all_evidence());
    let mut assessment = all_green();
    assessment.controls[2] = result("ebs-volume-encrypted", &[counts(213, 0, 0, 0, 1)]);
    let board = status(&situation(&program, &controls, Some(&assessment), &evidence));
    let strategy = criterion(&board, "1.4.a");
    assert_eq!(strategy.state, CriterionState::NotKnown);
    assert_eq!(strategy.percent_shown, 99);
    assert_eq!(strategy.evidence[0].summary, "1 of 214 could not be read");
    assert_eq!(
        criterion(&board, "1.a").state,
        CriterionState::NotKnown,
        "it rests on the other"
    );
    // Something that fails is worse than something that was not read.
    assessment.controls[2] = result("ebs-volume-encrypted", &[counts(212, 1, 0, 0, 1)]);
    let board = status(&situation(&program, &controls, Some(&assessment), &evidence));
    assert_eq!(criterion(&board, "1.4.a").state, CriterionState::Open);
}

#[test]
fn a_control_that_asks_nothing_neither_shows_nor_spoils() {
    let (program, controls, mut evidence) = (program(), small_controls(), all_evidence());
    let nothing = assessment(vec![
        result("ebs-volume-encrypted", &[counts(0, 0, 0, 4, 0)]),
        result("ebs-default-on", &[counts(0, 0, 0, 2, 0)]),
        result("ebs-snapshot-private", &[counts(0, 0, 0, 1, 0)]),
    ]);
    let board = status(&situation(&program, &controls, Some(&nothing), &evidence));
    assert_eq!(
        criterion(&board, "1.4.a").state,
        CriterionState::Met,
        "the document decides"
    );
    assert_eq!(
        criterion(&board, "1.4.b").state,
        CriterionState::Open,
        "no evidence at all"
    );
    evidence.push(evidence_for_own_way());
    let board = status(&situation(&program, &controls, Some(&nothing), &evidence));
    assert_eq!(criterion(&board, "1.4.b").state, CriterionState::Met);
}

fn evidence_for_own_way() -> Evidence {
    evidence("1.4.b", EvidenceKind::Attestation, "Bo Li")
}

#[test]
fn one_of_several_is_enough_where_the_program_says_so() {
    let (program, controls) = (program(), small_controls());
    let failing = assessment(vec![result("ebs-volume-encrypted", &[counts(1, 9, 0, 0, 0)])]);
    let evidence = [evidence_for_own_way()];
    let board = status(&situation(&program, &controls, Some(&failing), &evidence));
    assert_eq!(criterion(&board, "1.4.b").state, CriterionState::Met);
    let board = status(&situation(&program, &controls, Some(&failing), &[]));
    assert_eq!(criterion(&board, "1.4.b").state, CriterionState::Open);
    assert_eq!(criterion(&board, "1.4.b").percent_shown, 10);
}

#[test]
fn what_has_expired_or_lies_ahead_does_not_count() {
    let (program, controls, assessment) = (program(), small_controls(), all_green());
    let mut evidence = all_evidence();
    evidence[0].valid_until = Some(at(1000));
    evidence[1].valid_until = Some(at(1001));
    evidence[3].at = at(1001);
    let board = status(&situation(&program, &controls, Some(&assessment), &evidence));
    let expired = criterion(&board, "1.1.a");
    assert_eq!(expired.state, CriterionState::Open, "it ends with that very moment");
    assert_eq!(expired.evidence[0].state, CriterionState::Open);
    assert_eq!(
        expired.evidence[0].summary,
        "approved by Ana Ruiz (expired: 2026-09-21 was its last day)"
    );
    assert_eq!(criterion(&board, "1.1.b").state, CriterionState::Met);
    assert_eq!(
        criterion(&board, "1.3.a").state,
        CriterionState::Open,
        "dated in the future"
    );
    // A renewal counts again, whatever the order in which the two are given.
    let mut renewed = evidence[0].clone();
    renewed.at = at(500);
    renewed.valid_until = None;
    for place in [0, evidence.len()] {
        let mut both = evidence.clone();
        both.insert(place, renewed.clone());
        let board = status(&situation(&program, &controls, Some(&assessment), &both));
        assert_eq!(criterion(&board, "1.1.a").state, CriterionState::Met);
    }
}

#[test]
fn what_ends_with_a_day_is_told_by_that_day() {
    let (program, controls) = (program(), small_controls());
    let mut past = evidence("1.1.a", EvidenceKind::Attestation, "Ana Ruiz");
    let midnight: jiff::Timestamp = "2026-09-01T00:00:00Z".parse().expect("a moment");
    (past.at, past.valid_until) = (midnight - jiff::SignedDuration::from_hours(48), Some(midnight));
    let pieces = [past];
    let board = status(&situation(&program, &controls, None, &pieces));
    assert_eq!(
        criterion(&board, "1.1.a").evidence[0].summary,
        "approved by Ana Ruiz (expired: 2026-08-31 was its last day)"
    );
}

#[test]
fn of_several_statements_the_one_that_decides_comes_first() {
    let (program, controls) = (program(), small_controls());
    let said = |summary: &str, from: i64, until: Option<i64>| Evidence {
        summary: summary.to_owned(),
        at: at(from),
        valid_until: until.map(at),
        ..evidence("1.1.a", EvidenceKind::Attestation, "Ana Ruiz")
    };
    let pieces = [
        said("first", 1, None),
        said("expired", 500, Some(900)),
        said("third", 400, None),
        said("second", 400, None),
        said("ahead", 1001, None),
    ];
    let board = status(&situation(&program, &controls, None, &pieces));
    let one = criterion(&board, "1.1.a");
    assert_eq!(one.state, CriterionState::Met);
    let order: Vec<&str> = one
        .evidence
        .iter()
        .map(|piece| piece.summary.split(' ').next().unwrap_or_default())
        .collect();
    assert_eq!(order, ["second", "ahead", "expired", "third", "first"]);
    // A gap names the last word alone.
    let over = [said("early", 1, Some(300)), said("late", 2, Some(301))];
    let assessment = all_green();
    let gaps = gaps(&situation(&program, &controls, Some(&assessment), &over));
    let gap = gaps.iter().find(|gap| gap.criterion == "1.1.a").expect("a gap");
    assert_eq!(gap.current_state.len(), 1, "{:?}", gap.current_state);
    assert!(gap.current_state[0].contains(": late (expired:"));
}

#[test]
fn readiness_is_the_share_of_criteria_that_are_met() {
    let (program, controls) = (program(), small_controls());
    let assessment = all_green();
    let pieces = [
        evidence("1.1.a", EvidenceKind::Attestation, "Ana Ruiz"),
        evidence("1.4.a", EvidenceKind::Document, "strategy"),
    ];
    let board = status(&situation(&program, &controls, Some(&assessment), &pieces));
    let share = |tally: standfast_readiness::Tally| u8::try_from(tally.met * 100 / tally.total()).expect("a share");
    assert!(board.tally.met > 0 && board.tally.open > 0);
    assert_eq!(board.percent_met, share(board.tally));
    for domain in &board.domains {
        assert_eq!(domain.percent_met, share(domain.tally));
        for subtask in &domain.subtasks {
            assert_eq!(subtask.percent_met, share(subtask.tally), "{}", subtask.id);
        }
    }
    let half = board.domains[0].subtasks.iter().find(|subtask| subtask.id == "1.1");
    assert_eq!(half.expect("a subtask").percent_met, 50);
}

#[test]
fn the_board_says_what_its_snapshot_leaves_out() {
    let (program, controls) = (program(), small_controls());
    let mut assessment = all_green();
    assessment.snapshot.left_out.regions = vec!["sa-east-1".to_owned()];
    let board = status(&situation(&program, &controls, Some(&assessment), &[]));
    assert_eq!(board.snapshot.as_deref(), Some("run-1"));
    assert_eq!(board.left_out, assessment.snapshot.left_out);
    let board = status(&situation(&program, &controls, None, &[]));
    assert_eq!((board.snapshot, board.left_out.is_empty()), (None, true));
}

#[test]
fn a_rehearsal_that_failed_later_counts_more() {
    let (program, controls, assessment) = (program(), small_controls(), all_green());
    let mut evidence = all_evidence();
    let mut failed = evidence[7].clone();
    failed.state = CriterionState::Open;
    failed.at = at(10);
    evidence.push(failed);
    let board = status(&situation(&program, &controls, Some(&assessment), &evidence));
    assert_eq!(criterion(&board, "1.5.a").state, CriterionState::Open);
}

#[test]
fn a_word_counts_for_its_criterion_a_document_for_all_that_name_it() {
    let (program, controls) = (program(), small_controls());
    let evidence = [
        evidence("1.1.a", EvidenceKind::Attestation, "Ana Ruiz"),
        evidence("1.2.a.a", EvidenceKind::Document, "discovery"),
        evidence("1.3.a", EvidenceKind::Attestation, "not what is asked for"),
    ];
    let board = status(&situation(&program, &controls, None, &evidence));
    assert_eq!(criterion(&board, "1.1.a").state, CriterionState::Met);
    assert_eq!(criterion(&board, "1.1.b").state, CriterionState::Open);
    assert_eq!(criterion(&board, "1.2.a.b").state, CriterionState::Met);
    assert_eq!(criterion(&board, "1.2.a").state, CriterionState::Met);
    assert_eq!(criterion(&board, "1.3.a").state, CriterionState::Open);
}

#[test]
fn gaps_say_in_numbers_what_is_there_and_what_is_missing() {
    let (program, controls) = (program(), small_controls());
    let accounts: Vec<_> = (0..12)
        .map(|index| {
            if index == 0 {
                counts(28, 30, 1, 0, 0)
            } else if index == 1 {
                counts(13, 1, 0, 0, 2)
            } else {
                counts(13 + u64::from(index == 2) * 9, 0, 0, 0, 0)
            }
        })
        .collect();
    let mut assessment = all_green();
    assessment.controls[2] = result("ebs-volume-encrypted", &accounts);
    let situation = situation(&program, &controls, Some(&assessment), &[]);
    let gaps = gaps(&situation);
    let gap = gaps.iter().find(|gap| gap.criterion == "1.4.a").expect("a gap");
    assert_eq!(gap.readiness_state, "There is a strategy. Everything is encrypted.");
    assert_eq!(
        gap.current_state,
        [
            "1 EBS snapshot",
            "214 EBS volumes in 12 accounts, 31 of them short of \"State of ebs-volume-encrypted\", 1 under exception, 2 not readable",
            "1 region in 1 account, all with \"State of ebs-default-on\"",
        ]
    );
    let discovery = gaps.iter().find(|gap| gap.criterion == "1.2.a.a").expect("a gap");
    assert_eq!(discovery.current_state, ["Nothing on record"]);
    let missing: Vec<_> = gap
        .missing
        .iter()
        .map(|missing| (missing.aspect, missing.what.as_str(), missing.shown_by.as_str()))
        .collect();
    assert_eq!(
        missing,
        [
            (
                GapAspect::Tools,
                "State of ebs-volume-encrypted: not so for 31 of 214 EBS volumes in 2 accounts",
                "ebs-volume-encrypted"
            ),
            (
                GapAspect::Policy,
                "No approved document \"strategy\"; asked for: Encryption is required",
                "document strategy"
            ),
        ]
    );
    assert_eq!((gap.missing[0].resources, gap.missing[0].accounts), (31, 2));
    let aspects: Vec<_> = gaps
        .iter()
        .flat_map(|gap| {
            gap.missing
                .iter()
                .map(|missing| (gap.criterion.as_str(), missing.aspect))
        })
        .collect();
    assert_eq!(
        aspects,
        [
            ("1.1.a", GapAspect::People),
            ("1.1.b", GapAspect::People),
            ("1.2.a.a", GapAspect::Process),
            ("1.2.a.b", GapAspect::People),
            ("1.3.a", GapAspect::Policy),
            ("1.4.a", GapAspect::Tools),
            ("1.4.a", GapAspect::Policy),
            ("1.4.b", GapAspect::Tools),
            ("1.4.b", GapAspect::People),
            ("1.5.a", GapAspect::Tools),
            ("1.5.a", GapAspect::Tools),
            ("1.5.a", GapAspect::Process),
        ]
    );
}

#[test]
fn the_board_has_one_json_form() {
    let (program, controls, assessment, evidence) = (program(), small_controls(), all_green(), all_evidence());
    let board = status(&situation(&program, &controls, Some(&assessment), &evidence));
    let json = serde_json::to_value(&board).expect("JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["domains"][0]["domain"], "data-protection");
    assert_eq!(json["domains"][0]["subtasks"][3]["criteria"][0]["state"], "met");
    assert_eq!(
        json["domains"][0]["subtasks"][3]["criteria"][0]["needs"][0]["kind"],
        "control"
    );
    assert_eq!(json["domains"][0]["criteria"][0]["needs"][0]["name"], "1.4.a");
}

prop_compose! {
    fn any_counts()(pass in 0u64..3, fail in 0u64..2, excepted in 0u64..2, not_applicable in 0u64..3, unknown in 0u64..2)
        -> standfast_model::AccountCounts { counts(pass, fail, excepted, not_applicable, unknown) }
}

prop_compose! {
    fn any_assessment()(
        volumes in proptest::collection::vec(any_counts(), 0..3),
        regions in proptest::option::of(any_counts()),
        snapshots in proptest::option::of(any_counts()),
    ) -> Assessment {
        let mut list = vec![result("ebs-volume-encrypted", &volumes)];
        list.extend(regions.map(|counts| result("ebs-default-on", &[counts])));
        list.extend(snapshots.map(|counts| result("ebs-snapshot-private", &[counts])));
        assessment(list)
    }
}

prop_compose! {
    fn any_evidence()(pieces in proptest::collection::vec((0usize..9, 0i64..2000, proptest::option::of(0i64..2000), any::<bool>()), 0..16)) -> Vec<Evidence> {
        let mut whole = all_evidence();
        whole.push(evidence_for_own_way());
        pieces
            .into_iter()
            .map(|(which, from, until, met)| Evidence {
                at: at(from),
                valid_until: until.map(at),
                state: if met { CriterionState::Met } else { CriterionState::Open },
                ..whole[which].clone()
            })
            .collect()
    }
}

proptest! {
    /// What is met has evidence for it that is valid now, and no control behind it fails or is unread.
    #[test]
    fn nothing_is_met_without_valid_evidence(assessment in proptest::option::of(any_assessment()), evidence in any_evidence()) {
        let (program, controls) = (program(), small_controls());
        let situation = situation(&program, &controls, assessment.as_ref(), &evidence);
        let board = status(&situation);
        for one in board.criteria() {
            prop_assert_eq!(one.percent_shown == 100, one.state == CriterionState::Met, "{:?}", one);
            if one.state != CriterionState::Met || !one.parts.is_empty() || one.needs.iter().any(|need| need.kind.is_none()) {
                continue;
            }
            let shown: Vec<_> = one.evidence.iter().filter(|piece| piece.state == CriterionState::Met).collect();
            prop_assert!(!shown.is_empty(), "{:?}", one);
            for piece in shown {
                prop_assert!(piece.at <= at(1000));
                prop_assert!(piece.valid_until.is_none_or(|until| until > at(1000)));
            }
            if one.id != "1.4.b" {
                for need in one.needs.iter().filter(|need| need.kind == Some(EvidenceKind::Control)) {
                    let totals = assessment.as_ref().and_then(|all| all.control(&need.name)).map(standfast_model::ControlResult::totals);
                    let totals = totals.expect("a control that did not run shows nothing");
                    prop_assert_eq!((totals.fail, totals.unknown), (0, 0));
                }
            }
        }
        // A gap for each criterion with needs of its own that is not met, and none for one that is.
        let with_gap: Vec<_> = gaps(&situation).into_iter().map(|gap| gap.criterion).collect();
        for one in board.criteria() {
            if one.state == CriterionState::Met {
                prop_assert!(!with_gap.contains(&one.id));
            } else if one.needs.iter().any(|need| need.kind.is_some()) {
                prop_assert!(with_gap.contains(&one.id), "{}", one.id);
            }
        }
    }

    /// Turning a pass into an unknown never makes anything better.
    #[test]
    fn reading_less_never_helps(assessment in any_assessment(), evidence in any_evidence()) {
        let (program, controls) = (program(), small_controls());
        let before = status(&situation(&program, &controls, Some(&assessment), &evidence));
        let mut less = assessment.clone();
        for result in &mut less.controls {
            for counts in result.accounts.values_mut() {
                counts.unknown += counts.pass;
                counts.pass = 0;
            }
        }
        let after = status(&situation(&program, &controls, Some(&less), &evidence));
        prop_assert!(after.tally.met <= before.tally.met);
        prop_assert!(after.percent_met <= before.percent_met);
    }
}

#[test]
fn severity_of_a_gap_is_the_controls() {
    let (program, controls) = (program(), small_controls());
    let assessment = assessment(vec![result("ebs-snapshot-private", &[counts(0, 1, 0, 0, 0)])]);
    let gaps = gaps(&situation(&program, &controls, Some(&assessment), &[]));
    let gap = gaps.iter().find(|gap| gap.criterion == "1.5.a").expect("a gap");
    assert_eq!(gap.missing[0].severity, Severity::Critical, "worst first");
    assert_eq!(gap.missing[0].shown_by, "ebs-snapshot-private");
}
