//! Tests of program files and of the Markdown form.
#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test may end at once, and says what it left out"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use standfast_model::{Domain, GapAspect};

use super::{FileError, Program, SubtaskKind, import, letters};

const FIXTURE: &str = include_str!("fixtures/workshop.md");

/// A small program file; tests break it in one place each.
const SMALL: &str = r#"version = 1
id = "small"
title = "Small"

[[service]]
id = "s3"
name = "Amazon S3"

[[task]]
number = 1
domain = "data-protection"
title = "Data"
summary = "Keep it."
services = ["s3"]

[[task.criterion]]
id = "1.a"
text = "All is well"
satisfied_by = { criteria = ["1.1.a"] }

[[task.subtask]]
id = "1.1"
title = "Lock"
kind = "build"
owner = "platform-engineer"
summary = "Lock it."
readiness = { state = "s", policy = "p", process = "r", tools = "t", people = "o" }

[[task.subtask.criterion]]
id = "1.1.a"
text = "Locked"
satisfied_by = { controls = ["door-locked"], any = true }

[[task.subtask.criterion]]
id = "1.1.b"
text = "Bolted"
[[task.subtask.criterion.part]]
id = "1.1.b.a"
text = "Front"
satisfied_by = { attestation = "bolted" }
"#;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn built_in() -> Program {
    let path = repository().join("content/program/security.toml");
    let text = std::fs::read_to_string(&path).expect("the built-in program is in the repository");
    Program::parse("content/program/security.toml", &text, None)
        .unwrap_or_else(|error| panic!("{}:{}: {error:?}", error.file(), error.line()))
}

fn broken(text: &str) -> FileError {
    let controls = BTreeSet::from(["door-locked"]);
    Program::parse("small.toml", text, Some(&controls)).expect_err("the file is broken")
}

/// Replaces one place of the small program and expects an error on a line, with words of the problem and of what was
/// expected.
#[track_caller]
fn breaks(from: &str, to: &str, line: usize, problem: &str, expected: &str) {
    assert_eq!(SMALL.matches(from).count(), 1, "`{from}` stands once");
    let error = broken(&SMALL.replace(from, to));
    assert_eq!(error.file(), "small.toml");
    assert_eq!(error.problem, problem);
    assert_eq!(error.expected.as_deref(), Some(expected));
    assert_eq!(error.line(), line);
}

#[test]
fn the_built_in_program_has_every_task_subtask_and_criterion() {
    let program = built_in();
    assert_eq!(program.tasks.len(), 5);
    assert_eq!(program.subtasks().count(), 50);
    assert_eq!(program.services.len(), 22);
    assert_eq!(program.structure().services.len(), 22, "each is named");
    let own = program
        .criteria()
        .filter(|placed| placed.subtask.is_none() && placed.parent.is_none());
    assert_eq!(own.count(), 5 + 3 + 2 + 8 + 3);
    let of_subtasks = program
        .criteria()
        .filter(|placed| placed.subtask.is_some() && placed.parent.is_none());
    assert_eq!(of_subtasks.count(), 13 + 25 + 5 + 9 + 14);
    for task in &program.tasks {
        assert_eq!(task.domain.task(), task.number);
    }
}

#[test]
fn every_control_shows_a_criterion_and_every_control_named_exists() {
    // By the names of the files, which are the ids: a control that is broken in itself is another test's to report.
    let mut ids = Vec::new();
    let controls = repository().join("content/controls");
    for domain in Domain::ALL {
        for entry in std::fs::read_dir(controls.join(domain.as_str())).expect("a folder for each domain") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "sql") {
                ids.extend(path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned));
            }
        }
    }
    assert!(ids.len() > 100, "{} controls found", ids.len());
    let known: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    let program = Program::parse("program/security.toml", crate::program_text(), Some(&known))
        .unwrap_or_else(|error| panic!("line {}: {}", error.line(), error.problem));
    let named = program.control_ids();
    let left_out: Vec<_> = known.difference(&named).collect();
    assert!(
        left_out.is_empty(),
        "no criterion of content/program/security.toml names {left_out:?}: add each to what it shows"
    );
}

#[test]
fn every_subtask_is_of_the_phase_that_its_place_asks_for() {
    let program = built_in();
    for task in &program.tasks {
        let kinds: Vec<SubtaskKind> = task.subtasks.iter().map(|step| step.kind).collect();
        assert_eq!(kinds.first(), Some(&SubtaskKind::Workshop));
        for once in [SubtaskKind::Document, SubtaskKind::GapAnalysis] {
            assert_eq!(kinds.iter().filter(|kind| **kind == once).count(), 1);
        }
    }
}

#[test]
fn the_module_file_has_the_structure_of_the_built_in_program() {
    let path = std::env::var_os("STANDFAST_MISSION").map_or_else(
        || repository().join("../shared/mission/security-module.md"),
        PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!(
            "the module file was not at hand ({}): structure not compared",
            path.display()
        );
        return;
    };
    let program = built_in();
    let imported = import("security-module.md", &text, &program.services)
        .unwrap_or_else(|error| panic!("line {}: {error:?}", error.line()));
    assert_eq!(imported.structure(), program.structure());
    for (ours, theirs) in program.subtasks().zip(imported.subtasks()) {
        assert_eq!(ours.1.kind, theirs.1.kind, "kind of {}", ours.1.id);
    }
    assert_round_trip(&imported);
}

#[track_caller]
fn assert_round_trip(program: &Program) {
    let printed = program.to_toml();
    let read = Program::parse("printed.toml", &printed, None).unwrap_or_else(|error| {
        panic!("line {}: {error:?}\n{printed}", error.line());
    });
    assert_eq!(&read, program);
    assert_eq!(read.to_toml(), printed);
}

#[test]
fn printed_programs_read_back_the_same() {
    assert_round_trip(&built_in());
    let mut program = Program::parse("small.toml", SMALL, None).expect("the small program is whole");
    program.title = "quotes \" and ' and \\, tabs \t, lines\nand more\n\"\"\"\u{1}".to_owned();
    assert_round_trip(&program);
}

#[test]
fn the_markdown_form_is_read_in_any_order() {
    let known = built_in().services;
    let program = import("workshop.md", FIXTURE, &known).expect("the fixture is in the form");
    assert_eq!(program.id, "harbour");
    assert_eq!(program.title, "Harbour");
    let ids: Vec<&str> = program.criteria().map(|placed| placed.criterion.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "1.a", "1.1.a", "1.2.a", "1.2.a.a", "1.2.a.b", "1.2.a.c", "2.a", "2.b", "2.b.a", "2.b.b", "2.1.a", "2.1.b",
        ]
    );
    let text = |id: &str| {
        program
            .criterion(id)
            .map(|placed| placed.criterion.text.clone())
            .unwrap_or_default()
    };
    assert_eq!(text("2.b"), "Night watch is arranged, which includes");
    assert_eq!(text("2.b.b"), "numbers for the night");
    assert_eq!(text("2.1.a"), "There is a procedure");
    assert_eq!(text("2.1.b"), "Everybody has read it, and signed it");

    let [data, incidents] = program.tasks.as_slice() else {
        panic!("two tasks, found {}", program.tasks.len());
    };
    assert_eq!(data.domain, Domain::DataProtection);
    assert_eq!(incidents.domain, Domain::IncidentResponse);
    assert_eq!(incidents.title, "Incident Response");
    assert_eq!(incidents.summary, "Be ready.");
    let kinds: Vec<SubtaskKind> = program.subtasks().map(|(_, step)| step.kind).collect();
    assert_eq!(
        kinds,
        [SubtaskKind::Workshop, SubtaskKind::Document, SubtaskKind::Define]
    );
    let services: Vec<&[String]> = program.subtasks().map(|(_, step)| step.services.as_slice()).collect();
    assert_eq!(services[0], ["s3", "kms"]);
    assert!(services[1].is_empty());
    assert_eq!(services[2], ["ec2", "pager"], "one service under two names");
    assert_eq!(incidents.subtasks[0].summary, "One page.\nTwo pages are too many.");
    let kept = program.service("kms").expect("a known service is kept");
    assert_eq!(kept.tables.len(), 2, "with its tables");
    assert_eq!(program.service("pager").map(|own| own.tables.len()), Some(0));

    let own = program.criterion("1.a").expect("a task's criterion");
    assert_eq!(own.criterion.satisfied_by.criteria, ["1.1.a"]);
    let policy = program.criterion("1.2.a.b").expect("a lettered part");
    assert_eq!(policy.criterion.aspect, Some(GapAspect::Policy));
    assert_eq!(policy.criterion.satisfied_by.documents, ["data-protection-discovery"]);
    assert_round_trip(&program);
}

#[test]
fn what_is_not_the_markdown_form_is_named_with_its_line() {
    let cases = [
        ("", 1, "no task"),
        (
            "## Task 1: Subtask 1: Lock\n#### Acceptance Criteria\n• x\n",
            1,
            "no task",
        ),
        ("## Task 2: Data\n", 1, "task 2 without a task 1 before it"),
        ("## Task 1: Data\n\n## Task 1: Data\n", 3, "a second task 1"),
        (
            "## Task 1: Data\n## Task 1: Subtask 2: Lock\n#### Acceptance Criteria\n• x\n",
            2,
            "subtask 1.2 without a subtask 1.1 before it",
        ),
        (
            "## Task 1: Data\n## Task 2: Subtask 1: Lock\n#### Acceptance Criteria\n• x\n",
            2,
            "subtask 2.1 without its task",
        ),
        (
            "## Task 1: Data\n## Task 1: Subtask 1: Lock\n#### Description\nx\n",
            2,
            "subtask 1.1 has no acceptance criterion",
        ),
        (
            "## Task 1: Data\n## Task 1: Subtask one: Lock\n",
            2,
            "a subtask `Subtask one: Lock` without number or title",
        ),
        ("## Task 1: Gardening\n", 1, "task 1 `Gardening` belongs to no domain"),
        ("## Task 1: Data\n#### Costs\n", 2, "a section `Costs`"),
        ("## Chapter 1\n", 1, "a heading `Chapter 1` that names no task"),
        (
            "## Task 1: Data\n### Description\n",
            2,
            "a heading `Description` of level 3",
        ),
        (
            "## Task 1: Data\n#### Description\nx\n##Task 2\n",
            4,
            "a heading `Task 2` that names no task",
        ),
        ("## Task 1: Data\nloose\n", 2, "text outside of a section"),
        ("loose\n## Task 1: Data\n", 1, "text outside of a section"),
        (
            "## Task 1: Data\n#### Acceptance Criteria\n• x\na) one\nc) three\n",
            5,
            "a part `c)` out of order",
        ),
        (
            "## Task 1: Data\n#### Acceptance Criteria\na) one\n",
            3,
            "a part `a)` without a criterion",
        ),
        (
            "## Task 1: Data\n#### Acceptance Criteria\n• x\n#### Acceptance Criteria\na) one\n",
            5,
            "a part `a)` without a criterion",
        ),
    ];
    for (text, line, problem) in cases {
        let error = import("own.md", text, &[]).expect_err(problem);
        assert_eq!(error.problem, problem);
        assert_eq!(error.line(), line, "{problem}");
        assert!(error.expected.is_some(), "{problem}");
    }
}

#[test]
fn any_text_is_read_or_refused() {
    // Cut at every character and glued to itself: no input may do anything but be read or be refused.
    for (at, _) in FIXTURE.char_indices() {
        let (head, tail) = FIXTURE.split_at(at);
        for text in [head.to_owned(), tail.to_owned(), format!("{tail}{head}")] {
            if let Ok(program) = import("cut.md", &text, &[]) {
                assert_round_trip(&program);
            }
        }
    }
}

#[test]
fn broken_program_files_name_line_and_what_was_expected() {
    breaks(
        "title = \"Lock\"",
        "titel = \"Lock\"",
        23,
        "unknown field `titel`",
        "expected one of `id`, `title`, `kind`, `owner`, `services`, `after`, `summary`, `readiness`, `criterion`",
    );
    breaks(
        "domain = \"data-protection\"",
        "domain = \"gardening\"",
        11,
        "unknown variant `gardening`",
        "expected one of `data-protection`, `identity-and-access`, `incident-response`, `infrastructure-protection`, `logging-and-monitoring`",
    );
    breaks(
        "version = 1",
        "version = 2",
        1,
        "program file of version 2, which this program does not read",
        "expected version = 1",
    );
    breaks(
        "number = 1",
        "number = 3",
        10,
        "task 3 stands in place 1",
        "expected number = 1",
    );
    breaks(
        "id = \"1.1.b\"",
        "id = \"1.1.c\"",
        35,
        "id `1.1.c` does not follow its place",
        "expected `1.1.b`",
    );
    breaks(
        "services = [\"s3\"]",
        "services = [\"s4\"]",
        14,
        "no service `s4`",
        "expected the id of a `[[service]]` of this file",
    );
    breaks(
        "controls = [\"door-locked\"]",
        "controls = [\"door-open\"]",
        32,
        "no control `door-open`",
        "expected the id of a control; `standfast controls` lists them",
    );
    breaks(
        "controls = [\"door-locked\"]",
        "controls = [\"door-locked\", \"door-locked\"]",
        32,
        "control `door-locked` is named twice",
        "expected each once",
    );
    breaks(
        "satisfied_by = { attestation = \"bolted\" }",
        "",
        38,
        "nothing can satisfy criterion `1.1.b.a`",
        "expected `satisfied_by` with controls, artifacts, documents, deployments, rehearsals, an attestation or criteria, or parts",
    );
    breaks(
        "criteria = [\"1.1.a\"]",
        "criteria = [\"1.9.a\"]",
        19,
        "no criterion `1.9.a`",
        "expected the id of a criterion of this file, such as `1.5.a`",
    );
    breaks(
        "criteria = [\"1.1.a\"]",
        "criteria = [\"1.a\"]",
        19,
        "criterion `1.a` waits for itself",
        "expected an order without a cycle",
    );
    breaks(
        "kind = \"build\"",
        "kind = \"build\"\nafter = [\"1.2\"]",
        25,
        "no subtask `1.2`",
        "expected the id of a subtask of this file, such as `1.5`",
    );
    breaks(
        "attestation = \"bolted\"",
        "attestation = \"Bolted it\"",
        40,
        "`Bolted it` is not a name",
        "expected lowercase letters, digits and hyphens, such as `encryption-at-rest`",
    );
    let unclosed = broken("version = 1\nid = \"small\n");
    assert_eq!(unclosed.line(), 2);
}

#[test]
fn a_round_of_criteria_is_found() {
    let error = broken(&SMALL.replace("controls = [\"door-locked\"], any = true", "criteria = [\"1.a\"]"));
    assert!(
        error.problem.contains("waits for itself: 1.1.a → 1.a → 1.1.a"),
        "{}",
        error.problem
    );
}

#[test]
fn letters_go_on_after_z() {
    assert_eq!(letters(0), "a");
    assert_eq!(letters(25), "z");
    assert_eq!(letters(26), "aa");
    assert_eq!(letters(51), "az");
    assert_eq!(letters(52), "ba");
}
