//! The HTML report: complete, self-contained, and proof against hostile values.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::assigning_clones,
    clippy::print_stdout,
    reason = "tests"
)]

mod common;

use standfast_model::{Domain, FindingStatus};
use standfast_report::{ReportInput, write_html};

fn written(input: &ReportInput) -> String {
    let mut output = Vec::new();
    write_html(input, &mut output).unwrap();
    let text = String::from_utf8(output).unwrap();
    // For looking at it: STANDFAST_KEEP_REPORTS=folder cargo nextest run -p standfast-report html
    if let Some(folder) = std::env::var_os("STANDFAST_KEEP_REPORTS") {
        let name = format!("report-{}.html", input.assessment.snapshot.accounts.len());
        std::fs::write(std::path::Path::new(&folder).join(name), &text).unwrap();
    }
    text
}

#[test]
fn every_section_domain_subtask_criterion_and_story_appears() {
    let input = common::report(12);
    let html = written(&input);
    for domain in Domain::ALL {
        assert!(html.matches(domain.title()).count() >= 5, "{domain}");
        assert!(html.contains(&format!("id=\"program-{domain}\"")));
    }
    assert_eq!(
        input
            .board
            .domains
            .iter()
            .map(|domain| domain.subtasks.len())
            .sum::<usize>(),
        50
    );
    for subtask in input.board.domains.iter().flat_map(|domain| &domain.subtasks) {
        assert!(html.contains(&subtask.title), "{}", subtask.id);
        for criterion in &subtask.criteria {
            assert!(html.contains(&format!("id=\"criterion-{}\"", criterion.id)));
        }
    }
    for task in 1..=5 {
        for id in ["a", "a.a", "a.b"] {
            assert!(html.contains(&format!("id=\"criterion-{task}.{id}\"")));
        }
    }
    assert!(html.contains("Still needed: attestation task-complete"));
    assert!(html.contains("5 domains and 50 subtasks"));
    assert!(input.stories.len() > 50);
    for (index, story) in input.stories.iter().enumerate() {
        assert!(html.contains(&story.id), "{}", story.id);
        assert!(html.contains(&format!("id=\"story-{index}\"")));
        assert!(
            html.contains(&format!("data-node=\"{index}\"")),
            "{} is not drawn",
            story.id
        );
    }
    for account in &input.assessment.snapshot.accounts {
        assert!(html.contains(&account.name), "{}", account.name);
    }
    for result in &input.assessment.controls {
        assert!(html.contains(&result.control_id));
    }
    for exception in &input.exceptions {
        assert!(html.contains(&exception.reason));
    }
    let met: usize = input
        .board
        .domains
        .iter()
        .flat_map(|domain| &domain.subtasks)
        .flat_map(|subtask| &subtask.criteria)
        .filter(|criterion| criterion.state == standfast_model::CriterionState::Met)
        .count();
    assert!(html.contains(&format!("<span class=\"figure\">{met}</span> of ")));
}

#[test]
fn every_link_inside_the_report_leads_somewhere() {
    let html = written(&common::report(12));
    for part in html.split(" href=\"#").skip(1) {
        let target = part.split('"').next().unwrap();
        assert!(html.contains(&format!(" id=\"{target}\"")), "#{target}");
    }
    let mut ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .map(|part| part.split('"').next().unwrap())
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id comes twice");
}

#[test]
fn a_narrowed_run_is_called_so() {
    let mut input = common::report(3);
    assert!(!written(&input).contains("narrowed"));
    input.assessment.snapshot.left_out.regions = vec!["sa-east-1".to_owned()];
    input.assessment.snapshot.left_out.suspended = vec![input.assessment.snapshot.accounts[0].clone()];
    let html = written(&input);
    assert!(html.contains("<a href=\"#coverage\">a narrowed run</a>"));
    assert!(html.contains("Narrowed: 1 enabled region was left out (sa-east-1); nothing is said about it."));
    assert!(html.contains("Not read, since AWS has suspended it: 1 account ("));
    assert!(html.contains(" is in none of these numbers."));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(written(&common::report(12)), written(&common::report(12)));
}

#[test]
fn nothing_is_fetched_and_nothing_inline_runs() {
    let html = written(&common::report(12));
    for forbidden in [
        " src=",
        "<link",
        "<img",
        "<iframe",
        "<object",
        "<embed",
        "@import",
        "url(",
        " style=",
        "javascript:",
        " onclick",
        " onload",
        " onerror",
        "http://",
        "https://",
        "data:",
    ] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    let policy = html
        .split("http-equiv=\"Content-Security-Policy\" content=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(html.matches("<script>").count(), 1);
    assert_eq!(html.matches("<style>").count(), 1);
}

/// Puts the value everywhere where a value from outside can stand.
fn poisoned(value: &str) -> ReportInput {
    let mut input = common::report(3);
    input.organization = value.to_owned();
    input.version = value.to_owned();
    let snapshot = &mut input.assessment.snapshot;
    snapshot.run_id = value.to_owned();
    for account in &mut snapshot.accounts {
        account.name = value.to_owned();
        account.organizational_unit = value.to_owned();
    }
    for error in &mut input.assessment.coverage.errors {
        error.region = value.to_owned();
        error.operation = value.to_owned();
        error.class = value.to_owned();
    }
    for result in &mut input.assessment.controls {
        let template = common::difficult_findings().swap_remove(1);
        let finding = standfast_model::Finding {
            resource: value.to_owned(),
            reason: value.to_owned(),
            region: value.to_owned(),
            ..template
        };
        result.failing = vec![finding.clone()];
        result.unknown = vec![standfast_model::Finding {
            status: FindingStatus::Unknown,
            ..finding
        }];
    }
    input.controls = input
        .controls
        .iter()
        .cloned()
        .map(|mut control| {
            control.title = value.to_owned();
            control.why = value.to_owned();
            control.fix = value.to_owned();
            control.limits = value.to_owned();
            control.refs = vec![value.to_owned()];
            control.frameworks = vec![(value.to_owned(), vec![value.to_owned()])];
            control
        })
        .collect();
    for subtask in input.board.domains.iter_mut().flat_map(|domain| &mut domain.subtasks) {
        subtask.title = value.to_owned();
        for criterion in &mut subtask.criteria {
            criterion.text = value.to_owned();
            criterion.needs = vec![value.to_owned()];
            criterion.parts = vec![criterion.clone()];
            for evidence in &mut criterion.evidence {
                evidence.subject = value.to_owned();
                evidence.summary = value.to_owned();
            }
        }
    }
    for gap in &mut input.gaps {
        gap.criterion = value.to_owned();
        gap.readiness_state = value.to_owned();
        gap.current_state = vec![value.to_owned()];
        for missing in &mut gap.missing {
            missing.what = value.to_owned();
            missing.shown_by = value.to_owned();
        }
    }
    for story in &mut input.stories {
        story.id = value.to_owned();
        story.title = value.to_owned();
        story.why = value.to_owned();
        story.criteria = vec![value.to_owned()];
        story.acceptance = vec![value.to_owned()];
        story.after = vec![value.to_owned()];
        story.resources = vec![value.to_owned()];
        story.resource_count = 1;
    }
    for exception in &mut input.exceptions {
        exception.id = value.to_owned();
        exception.control = value.to_owned();
        exception.owner = value.to_owned();
        exception.reason = value.to_owned();
        exception.scope = value.to_owned();
    }
    input
}

#[test]
fn hostile_values_are_text() {
    let clean = written(&common::report(3));
    let tags = |html: &str| html.matches("<script").count() + html.matches("<img").count();
    for value in [
        "<script>alert(1)</script>",
        "</title></style></script><img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "' autofocus onfocus='alert(1)",
        "&lt;img&gt;\u{0}\u{1b}[2J\u{202e}",
        "--><svg onload=alert(1)>",
        "javascript:alert(1)",
    ] {
        let html = written(&poisoned(value));
        assert_eq!(tags(&html), tags(&clean), "{value}");
        assert!(!html.contains("<svg onload"), "{value}");
        // A quote that ended an attribute would leave a handler behind it.
        assert!(!html.contains("\" onmouseover=\""), "{value}");
        assert!(!html.contains("href=\"javascript:"), "{value}");
        assert!(!html.contains(['\u{0}', '\u{1b}', '\u{202e}']), "{value}");
    }
}

#[test]
fn a_value_without_end_does_not_swell_the_report() {
    let normal = written(&common::report(3)).len();
    let long = written(&poisoned(&"x".repeat(100_000))).len();
    assert!(long < normal * 8, "{long} bytes instead of {normal}");
}

#[test]
fn a_thousand_accounts_stay_under_five_megabytes() {
    let small = written(&common::report(12)).len();
    let input = common::report(1_000);
    let html = written(&input);
    println!("12 accounts: {small} bytes, 1,000 accounts: {} bytes", html.len());
    assert!(html.len() < 5_000_000, "{} bytes", html.len());
    assert!(html.len() < small * 2, "{} bytes, {small} for 12 accounts", html.len());
    assert!(html.contains("The other 940 accounts, by organizational unit"));
    // What is left out is counted: the rows of accounts and units together hold every failure.
    let failing: u64 = common::counts(&input).fail;
    let matrix: u64 = html
        .split("<td class=\"heat h")
        .skip(1)
        .map(|cell| {
            let text = cell.split('>').nth(1).unwrap();
            let digits: String = text
                .split('<')
                .next()
                .unwrap()
                .chars()
                .filter(char::is_ascii_digit)
                .collect();
            digits.parse::<u64>().unwrap()
        })
        .sum();
    assert_eq!(matrix, failing);
}

#[test]
fn an_organization_without_anything_still_has_a_report() {
    let mut input = common::report(1);
    input.assessment.controls.clear();
    input.assessment.coverage = standfast_model::Coverage::default();
    input.assessment.snapshot.accounts.clear();
    input.assessment.snapshot.regions.clear();
    input.board.domains.clear();
    input.gaps.clear();
    input.stories.clear();
    input.exceptions.clear();
    let html = written(&input);
    assert!(html.contains("There is nothing left to do."));
    assert!(html.contains("every criterion is met"));
}
