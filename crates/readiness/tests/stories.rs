//! The backlog: stable ids, one story for one defect, an order in which the work can be done.
#![allow(clippy::expect_used, clippy::format_push_string, reason = "a test may end at once")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::*;
use proptest::prelude::*;
use standfast_content::program::Program;
use standfast_content::{Control, ControlScope};
use standfast_model::{Assessment, Evidence, EvidenceKind, Severity, Size, Story};
use standfast_readiness::{Situation, stories};

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

fn ids(stories: &[Story]) -> Vec<&str> {
    stories.iter().map(|story| story.id.as_str()).collect()
}

fn story<'a>(stories: &'a [Story], id: &str) -> &'a Story {
    stories
        .iter()
        .find(|story| story.id == id)
        .unwrap_or_else(|| panic!("story {id} among {:?}", ids(stories)))
}

fn failing() -> Assessment {
    assessment(vec![
        result("ebs-volume-encrypted", &[counts(3, 30, 0, 0, 0), counts(3, 1, 0, 0, 0)]),
        result("ebs-default-on", &[counts(0, 1, 0, 0, 0)]),
        result("ebs-snapshot-private", &[counts(0, 1, 0, 0, 0)]),
    ])
}

#[test]
fn the_program_lays_down_the_order() {
    let (program, controls, assessment) = (program(), small_controls(), failing());
    let stories = stories(&situation(&program, &controls, Some(&assessment), &[])).expect("an order");
    let order: Vec<(u32, &str, Vec<&str>)> = stories
        .iter()
        .map(|story| {
            (
                story.wave,
                story.id.as_str(),
                story.after.iter().map(String::as_str).collect(),
            )
        })
        .collect();
    assert_eq!(
        order,
        [
            (1, "SF-ebs-snapshot-private", vec![]),
            (1, "SF-1.1-workshop-held", vec![]),
            (2, "SF-document-discovery", vec!["SF-1.1-workshop-held"]),
            (3, "SF-document-gap-analysis", vec!["SF-document-discovery"]),
            (4, "SF-1.4-own-way", vec!["SF-document-gap-analysis"]),
            (4, "SF-document-strategy", vec!["SF-document-gap-analysis"]),
            (
                5,
                "SF-artifact-template",
                vec!["SF-1.4-own-way", "SF-document-strategy"]
            ),
            (5, "SF-ebs-default-on", vec!["SF-document-strategy"]),
            (6, "SF-ebs-volume-encrypted", vec!["SF-ebs-default-on"]),
            (6, "SF-deployment-template", vec!["SF-artifact-template"]),
            (7, "SF-rehearsal-drill", vec!["SF-deployment-template"]),
        ]
    );
}

#[test]
fn one_defect_is_one_story() {
    let (program, controls, assessment) = (program(), small_controls(), failing());
    let stories = stories(&situation(&program, &controls, Some(&assessment), &[])).expect("an order");
    let volumes = story(&stories, "SF-ebs-volume-encrypted");
    assert_eq!(volumes.criteria, ["1.4.a", "1.4.b"]);
    assert_eq!(volumes.controls, ["ebs-volume-encrypted"]);
    assert_eq!(
        volumes.title,
        "State of ebs-volume-encrypted: 31 EBS volumes in 2 accounts to mend"
    );
    assert_eq!(volumes.why, "It matters. What closes it: Mend it.");
    assert_eq!(volumes.accounts, ["111122223333", "111122223334"]);
    assert_eq!((volumes.resource_count, volumes.resources.len()), (31, 20));
    assert_eq!(volumes.size, Size::Medium, "31 resources are more than a day");
    let workshop = story(&stories, "SF-1.1-workshop-held");
    assert_eq!(workshop.title, "Hold the workshop");
    assert_eq!(workshop.criteria, ["1.1.a", "1.1.b"]);
    assert_eq!(workshop.acceptance.len(), 2);
    let discovery = story(&stories, "SF-document-discovery");
    assert_eq!(discovery.criteria, ["1.2.a.a", "1.2.a.b"]);
    let snapshot = story(&stories, "SF-ebs-snapshot-private");
    assert_eq!(snapshot.severity, Severity::Critical);
    assert_eq!(
        snapshot.title,
        "State of ebs-snapshot-private: 1 EBS volume in 1 account to mend"
    );
}

#[test]
fn what_an_artifact_deploys_waits_for_it_and_what_it_does_not_waits_for_the_gap_analysis() {
    let program = program();
    let assessment = assessment(vec![result("ebs-snapshot-private", &[counts(0, 1, 0, 0, 0)])]);
    let found = |scope: ControlScope| {
        let mut own = control("ebs-snapshot-private", Severity::Medium, &[]);
        own.scope = scope;
        let controls = controls(vec![own]);
        let stories = stories(&situation(&program, &controls, Some(&assessment), &[])).expect("an order");
        story(&stories, "SF-ebs-snapshot-private").clone()
    };
    assert_eq!(found(ControlScope::Resource).after, ["SF-document-gap-analysis"]);
    assert_eq!(found(ControlScope::Account).after, ["SF-deployment-template"]);
    assert_eq!(
        found(ControlScope::Account).title,
        "State of ebs-snapshot-private: 1 account to mend"
    );
    assert_eq!(
        found(ControlScope::Region).title,
        "State of ebs-snapshot-private: 1 region in 1 account to mend"
    );
    assert_eq!(
        found(ControlScope::Organization).title,
        "State of ebs-snapshot-private: not so yet"
    );
}

#[test]
fn what_is_done_leaves_the_backlog_and_the_order_closes_over_it() {
    let (program, controls, assessment) = (program(), small_controls(), failing());
    let evidence = [
        evidence("1.1.a", EvidenceKind::Attestation, "Ana Ruiz"),
        evidence("1.3.a", EvidenceKind::Document, "gap-analysis"),
    ];
    let stories = stories(&situation(&program, &controls, Some(&assessment), &evidence)).expect("an order");
    assert!(!ids(&stories).contains(&"SF-document-gap-analysis"));
    assert_eq!(
        story(&stories, "SF-1.1-workshop-held").criteria,
        ["1.1.b"],
        "the id stays"
    );
    assert_eq!(story(&stories, "SF-document-strategy").after, ["SF-document-discovery"]);
}

#[test]
fn a_control_that_no_criterion_names_has_its_story_too() {
    let (program, mut controls) = (program(), small_controls());
    let own = control("own-thing-done", Severity::Low, &[]);
    controls.insert(own.id.clone(), own);
    let assessment = assessment(vec![
        result("own-thing-done", &[counts(0, 2, 0, 0, 0)]),
        result("unheard-of-control", &[counts(0, 1, 0, 0, 0)]),
    ]);
    let stories = stories(&situation(&program, &controls, Some(&assessment), &[])).expect("an order");
    assert_eq!(story(&stories, "SF-own-thing-done").wave, 1);
    assert!(story(&stories, "SF-own-thing-done").criteria.is_empty());
    assert_eq!(story(&stories, "SF-unheard-of-control").resource_count, 1);
}

#[test]
fn what_could_not_be_read_is_one_story() {
    let (program, controls) = (program(), small_controls());
    let assessment = assessment(vec![
        result("ebs-volume-encrypted", &[counts(3, 0, 0, 0, 2), counts(1, 0, 0, 0, 0)]),
        result("ebs-snapshot-private", &[counts(0, 0, 0, 0, 1)]),
    ]);
    let stories = stories(&situation(&program, &controls, Some(&assessment), &[])).expect("an order");
    let coverage = story(&stories, "SF-coverage");
    assert_eq!(coverage.controls, ["ebs-snapshot-private", "ebs-volume-encrypted"]);
    assert_eq!(coverage.criteria, ["1.4.a", "1.4.b", "1.5.a"]);
    assert_eq!(coverage.severity, Severity::Critical);
    assert_eq!(coverage.account_count, 1);
    assert_eq!(coverage.wave, 1);
    assert!(!ids(&stories).contains(&"SF-ebs-volume-encrypted"));
}

#[test]
fn excepted_failures_make_no_story() {
    let (program, controls) = (program(), small_controls());
    let assessment = assessment(vec![result("ebs-volume-encrypted", &[counts(3, 0, 2, 0, 0)])]);
    let stories = stories(&situation(&program, &controls, Some(&assessment), &[])).expect("an order");
    assert!(!ids(&stories).contains(&"SF-ebs-volume-encrypted"));
}

#[test]
fn controls_that_wait_for_each_other_are_an_error() {
    let program = program();
    let controls = controls(vec![
        control("a-a-a", Severity::High, &["c-c-c"]),
        control("b-b-b", Severity::High, &["a-a-a"]),
        control("c-c-c", Severity::High, &["b-b-b"]),
    ]);
    let assessment = assessment(
        ["a-a-a", "b-b-b", "c-c-c"]
            .map(|id| result(id, &[counts(0, 1, 0, 0, 0)]))
            .to_vec(),
    );
    let error = stories(&situation(&program, &controls, Some(&assessment), &[])).expect_err("a round");
    let mut found = error.ids.clone();
    found.sort();
    assert_eq!(found, ["SF-a-a-a", "SF-b-b-b", "SF-c-c-c"]);
    assert!(error.to_string().contains("wait for each other"), "{error}");
}

#[test]
fn a_control_that_passes_does_not_break_the_chain() {
    let program = program();
    let controls = controls(vec![
        control("a-a-a", Severity::High, &[]),
        control("b-b-b", Severity::High, &["a-a-a"]),
        control("c-c-c", Severity::High, &["b-b-b"]),
    ]);
    let assessment = assessment(vec![
        result("a-a-a", &[counts(0, 1, 0, 0, 0)]),
        result("b-b-b", &[counts(1, 0, 0, 0, 0)]),
        result("c-c-c", &[counts(0, 1, 0, 0, 0)]),
    ]);
    let stories = stories(&situation(&program, &controls, Some(&assessment), &[])).expect("an order");
    assert_eq!(story(&stories, "SF-c-c-c").after, ["SF-a-a-a"]);
}

#[test]
fn sizes_grow_with_accounts_and_resources() {
    let program = program();
    let controls = small_controls();
    let size = |accounts: usize, each: u64| {
        let assessment = assessment(vec![result(
            "ebs-snapshot-private",
            &vec![counts(0, each, 0, 0, 0); accounts],
        )]);
        let stories = stories(&situation(&program, &controls, Some(&assessment), &[])).expect("an order");
        let story = story(&stories, "SF-ebs-snapshot-private").clone();
        assert_eq!(story.account_count, accounts as u64);
        assert_eq!(story.accounts.len(), accounts.min(50));
        story.size
    };
    assert_eq!(size(3, 1), Size::Small);
    assert_eq!(size(4, 1), Size::Medium);
    assert_eq!(size(26, 1), Size::Large);
    assert_eq!(size(1, 21), Size::Medium);
    assert_eq!(size(60, 10), Size::Large);
}

#[test]
fn the_built_in_program_gives_a_backlog_in_order() {
    let program = built_in();
    let controls = BTreeMap::new();
    let stories = stories(&situation(&program, &controls, None, &[])).expect("an order");
    assert_in_order(&stories);
    let wave = |id: &str| story(&stories, id).wave;
    assert_eq!(wave("SF-1.1-workshop-held"), 1);
    assert_eq!(wave("SF-1.2-workshop-held"), 1);
    assert_eq!(wave("SF-document-data-protection-discovery"), 3);
    assert_eq!(wave("SF-document-data-protection-gap-analysis"), 4);
    assert_eq!(wave("SF-document-encryption-at-rest"), 5);
    assert_eq!(wave("SF-artifact-data-protection-controls"), 6);
    assert_eq!(wave("SF-deployment-data-protection-controls"), 7);
    assert_eq!(
        story(&stories, "SF-document-waf-rules").after,
        ["SF-document-infrastructure-protection-gap-analysis"]
    );
    let workshops = stories.iter().filter(|story| story.id.ends_with("-workshop-held"));
    assert_eq!(workshops.count(), 6);
}

#[test]
fn the_shipped_controls_have_an_order_even_if_all_of_them_fail() {
    let program = built_in();
    let content = standfast_content::Content::load(None).expect("the shipped content is whole");
    let results = content
        .controls
        .keys()
        .map(|id| result(id, &[counts(1, 1, 0, 0, 0)]))
        .collect();
    let assessment = assessment(results);
    let stories = stories(&situation(&program, &content.controls, Some(&assessment), &[])).expect("an order");
    assert_in_order(&stories);
    for id in content.controls.keys() {
        assert!(
            !story(&stories, &format!("SF-{id}")).criteria.is_empty(),
            "{id} serves a criterion"
        );
    }
}

#[track_caller]
fn assert_in_order(stories: &[Story]) {
    let mut done: BTreeMap<&str, u32> = BTreeMap::new();
    for story in stories {
        let before = story.after.iter().map(|id| {
            *done
                .get(id.as_str())
                .unwrap_or_else(|| panic!("{} comes before {id}, which it waits for", story.id))
        });
        assert_eq!(story.wave, 1 + before.max().unwrap_or(0), "{}", story.id);
        assert!(story.after.is_sorted());
        assert!(story.criteria.is_sorted());
        assert!(!story.acceptance.is_empty(), "{}", story.id);
        assert!(!story.title.is_empty(), "{}", story.id);
        assert!(done.insert(&story.id, story.wave).is_none(), "{} twice", story.id);
    }
}

prop_compose! {
    /// Up to 9 controls that wait for earlier ones only, and what they found.
    fn any_case()(list in proptest::collection::vec((0usize..5, proptest::collection::btree_set(0usize..9, 0..4), 0u64..3, 0u64..2, 0u64..2), 0..9))
        -> (BTreeMap<String, Control>, Assessment) {
        let named = ["ebs-volume-encrypted", "ebs-default-on", "ebs-snapshot-private"];
        let id = |index: usize| named.get(index).map_or_else(|| format!("own-thing-{index}"), |id| (*id).to_owned());
        let mut all = BTreeMap::new();
        let mut results = Vec::new();
        for (index, (severity, after, fail, pass, unknown)) in list.iter().enumerate() {
            let after: Vec<String> = after.iter().filter(|before| **before < index).map(|before| id(*before)).collect();
            let after: Vec<&str> = after.iter().map(String::as_str).collect();
            all.insert(id(index), control(&id(index), Severity::ALL[*severity], &after));
            results.push(result(&id(index), &[counts(*pass, *fail, 0, 0, *unknown)]));
        }
        (all, assessment(results))
    }
}

proptest! {
    /// Any findings: an order, each story after what it waits for, one story for each control that fails.
    #[test]
    fn the_order_is_topological((controls, assessment) in any_case(), documents in proptest::collection::vec(any::<bool>(), 4)) {
        let program = program();
        let names = ["discovery", "gap-analysis", "strategy", "nothing"];
        let evidence: Vec<Evidence> = names
            .iter()
            .zip(&documents)
            .filter(|(_, there)| **there)
            .map(|(name, _)| evidence("1.2.a.a", EvidenceKind::Document, name))
            .collect();
        let situation = situation(&program, &controls, Some(&assessment), &evidence);
        let found = stories(&situation).expect("an order");
        assert_in_order(&found);
        let failing: BTreeSet<String> = assessment
            .controls
            .iter()
            .filter(|result| result.totals().fail > 0)
            .map(|result| format!("SF-{}", result.control_id))
            .collect();
        let of_controls: BTreeSet<String> = found
            .iter()
            .filter(|story| story.controls.len() == 1 && story.id == format!("SF-{}", story.controls[0]))
            .map(|story| story.id.clone())
            .collect();
        prop_assert_eq!(of_controls, failing);
    }

    /// A second run gives the same stories; more failures change numbers, never ids.
    #[test]
    fn a_second_run_updates((controls, assessment) in any_case(), more in 1u64..50) {
        let program = program();
        let first = stories(&situation(&program, &controls, Some(&assessment), &[])).expect("an order");
        let again = stories(&situation(&program, &controls, Some(&assessment), &[])).expect("an order");
        prop_assert_eq!(&first, &again);
        let mut worse = assessment.clone();
        for result in &mut worse.controls {
            for counts in result.accounts.values_mut().filter(|counts| counts.fail > 0) {
                counts.fail += more;
            }
        }
        let later = stories(&situation(&program, &controls, Some(&worse), &[])).expect("an order");
        let ids = |stories: &[Story]| stories.iter().map(|story| story.id.clone()).collect::<BTreeSet<_>>();
        prop_assert_eq!(ids(&first), ids(&later));
    }
}
