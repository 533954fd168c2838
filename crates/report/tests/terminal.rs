//! What the terminal shows, as snapshots, and that colour and width change nothing else.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use standfast_model::{CoverageError, CriterionState, Evidence, EvidenceKind, LeftOut};
use standfast_report::ReportInput;
use standfast_report::terminal::{Detail, Style, Terminal, coverage, gaps, status, stories};
use unicode_width::UnicodeWidthStr;

fn everything(input: &ReportInput, terminal: Terminal) -> [String; 4] {
    let mut outputs: [Vec<u8>; 4] = Default::default();
    let [one, two, three, four] = &mut outputs;
    status(&input.board, Detail::Criteria, terminal, one).unwrap();
    gaps(&input.gaps, None, terminal, two).unwrap();
    stories(&input.stories, terminal, three).unwrap();
    coverage(
        &input.assessment.coverage,
        &input.assessment.snapshot.left_out,
        terminal,
        four,
    )
    .unwrap();
    outputs.map(|output| String::from_utf8(output).unwrap())
}

fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut output = Vec::new();
    write(&mut output);
    String::from_utf8(output).unwrap()
}

#[test]
fn the_board() {
    let input = common::report(12);
    insta::assert_snapshot!(
        "board",
        text(|output| status(&input.board, Detail::Subtasks, Terminal::plain(100), output).unwrap())
    );
}

#[test]
fn a_domain_with_its_criteria() {
    let mut input = common::report(12);
    input.board.domains.retain(|domain| domain.domain.task() == 3);
    insta::assert_snapshot!(
        "criteria",
        text(|output| status(&input.board, Detail::Criteria, Terminal::plain(80), output).unwrap())
    );
}

#[test]
fn the_worst_gaps() {
    let input = common::report(12);
    insta::assert_snapshot!(
        "gaps",
        text(|output| gaps(&input.gaps, Some(6), Terminal::plain(90), output).unwrap())
    );
}

#[test]
fn the_stories() {
    let mut input = common::report(12);
    input.stories.retain(|story| story.domain.task() == 1);
    insta::assert_snapshot!(
        "stories",
        text(|output| stories(&input.stories, Terminal::plain(90), output).unwrap())
    );
}

#[test]
fn the_coverage() {
    let mut input = common::report(12);
    input.assessment.coverage.errors_left_out = 3;
    insta::assert_snapshot!(
        "coverage",
        text(|output| coverage(
            &input.assessment.coverage,
            &input.assessment.snapshot.left_out,
            Terminal::plain(90),
            output
        )
        .unwrap())
    );
}

#[test]
fn colour_changes_nothing_but_colour() {
    let input = common::report(12);
    let plain = everything(&input, Terminal::plain(100));
    let coloured = everything(
        &input,
        Terminal {
            width: 100,
            style: Style::coloured(),
        },
    );
    for (plain, coloured) in plain.iter().zip(coloured) {
        assert!(!plain.contains('\u{1b}'));
        assert!(coloured.contains("\u{1b}["));
        let mut stripped = String::new();
        let mut parts = coloured.split("\u{1b}[");
        stripped.push_str(parts.next().unwrap());
        for part in parts {
            stripped.push_str(part.split_once('m').unwrap().1);
        }
        assert_eq!(plain, &stripped);
    }
}

#[test]
fn lines_keep_to_the_width() {
    let input = common::report(12);
    for width in [60, 80, 132] {
        let [board, gaps, stories, _] = everything(&input, Terminal::plain(width));
        for line in [&board, &gaps, &stories].into_iter().flat_map(|text| text.lines()) {
            assert!(
                line.width() <= width || !line.trim().contains(' ') || line.contains('█') || line.contains('░'),
                "{width}: {line}"
            );
        }
    }
}

#[test]
fn a_name_cannot_speak_to_the_terminal() {
    let hostile = "\u{1b}]0;owned\u{7}\u{1b}[2J\r\nfake: line\u{202e}";
    let mut input = common::report(3);
    for domain in &mut input.board.domains {
        for subtask in &mut domain.subtasks {
            subtask.id = hostile.to_owned();
            subtask.title = hostile.to_owned();
            for criterion in &mut subtask.criteria {
                criterion.id = hostile.to_owned();
                criterion.text = hostile.to_owned();
                criterion.needs = vec![hostile.to_owned()];
                for evidence in &mut criterion.evidence {
                    evidence.subject = hostile.to_owned();
                    evidence.summary = hostile.to_owned();
                }
            }
        }
    }
    for gap in &mut input.gaps {
        gap.criterion = hostile.to_owned();
        gap.readiness_state = hostile.to_owned();
        gap.current_state = vec![hostile.to_owned()];
        for missing in &mut gap.missing {
            missing.what = hostile.to_owned();
            missing.shown_by = hostile.to_owned();
        }
    }
    for story in &mut input.stories {
        story.id = hostile.to_owned();
        story.title = hostile.to_owned();
        story.after = vec![hostile.to_owned()];
    }
    input.assessment.coverage.errors = vec![CoverageError {
        account_id: hostile.to_owned(),
        region: hostile.to_owned(),
        operation: hostile.to_owned(),
        class: hostile.to_owned(),
        count: 1,
    }];
    for output in everything(&input, Terminal::plain(100)) {
        assert!(output.contains("\\u{1b}"));
        assert!(
            !output
                .chars()
                .any(|character| character.is_control() && character != '\n' || character == '\u{202e}'),
            "{output:?}"
        );
        assert!(!output.lines().any(|line| line.starts_with("fake")));
    }
}

#[test]
fn what_a_snapshot_leaves_out_stands_above_board_and_ledger() {
    let mut input = common::report(3);
    let account = input.assessment.snapshot.accounts[0].clone();
    input.board.left_out = LeftOut {
        accounts: vec![account.clone()],
        suspended: vec![account.clone(), account],
        ..LeftOut::default()
    };
    input.assessment.snapshot.left_out = input.board.left_out.clone();
    let [board, _, _, ledger] = everything(&input, Terminal::plain(200));
    for text in [board, ledger] {
        let lines: Vec<&str> = text.lines().skip(1).take(2).collect();
        assert!(lines[0].starts_with("narrowed: 1 account was left out ("), "{text}");
        assert!(
            lines[1].starts_with("not read, since AWS has suspended them: 2 accounts ("),
            "{text}"
        );
    }
}

#[test]
fn statements_of_one_thing_are_one_line() {
    let mut input = common::report(3);
    input.board.domains.retain(|domain| domain.domain.task() == 3);
    let said = |who: &str, day: &str| Evidence {
        criterion: "3.1.a".to_owned(),
        kind: EvidenceKind::Attestation,
        subject: who.to_owned(),
        state: CriterionState::Met,
        summary: format!("attested by {who}"),
        at: format!("{day}T10:00:00Z").parse().unwrap(),
        valid_until: Some("2027-02-01T00:00:00Z".parse().unwrap()),
    };
    let criterion = &mut input.board.domains[0].subtasks[0].criteria[0];
    criterion.evidence = vec![
        said("Bo Li", "2026-03-01"),
        said("Ana Ruiz", "2026-02-01"),
        said("Ana Ruiz", "2026-01-01"),
    ];
    let [board, ..] = everything(&input, Terminal::plain(200));
    let lines: Vec<&str> = board.lines().filter(|line| line.contains("attested by")).collect();
    let newest = "met: attested by Bo Li, on 2026-03-01, valid until 2027-01-31; 2 other statements of the same";
    assert_eq!(
        lines.iter().filter(|line| line.trim() == newest).count(),
        1,
        "{lines:?}"
    );
    assert!(
        !board.contains("2026-02-01") && !board.contains("attestation Ana Ruiz"),
        "{board}"
    );
}

#[test]
fn nothing_left_is_said_so() {
    let mut input = common::report(1);
    input.gaps.clear();
    input.stories.clear();
    input.assessment.coverage.errors.clear();
    input.assessment.coverage.complete_units = input.assessment.coverage.units;
    let [_, gaps, stories, coverage] = everything(&input, Terminal::plain(80));
    assert_eq!(gaps, "no gaps: every criterion is met\n");
    assert_eq!(stories, "no stories: there is nothing left to do\n");
    assert_eq!(
        coverage,
        "100% read to the end: 62 of 62 combinations of account, region and service\nno call failed\n"
    );
}
