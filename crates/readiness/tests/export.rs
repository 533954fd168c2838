//! The forms in which stories leave: whole, the same each time, and harmless whatever a resource is called.
#![allow(clippy::expect_used, clippy::format_collect, reason = "a test may end at once")]

mod common;

use std::collections::BTreeMap;

use common::*;
use proptest::prelude::*;
use standfast_model::{Severity, Story};
use standfast_readiness::export::{StoryFormat, write};
use standfast_readiness::{Situation, stories};

const HOSTILE: &[&str] = &[
    "=HYPERLINK(\"http://203.0.113.7\",\"x\")",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "a,b\r\n\"c\"",
    "<script>alert(1)</script>",
    "`` ` tick",
    "{noformat}{code}[link|http://203.0.113.7]!x.png!",
    "| a | b |\n# heading\n- [x] done",
    "--> <!-- standfast:SF-other -->",
    "@security-team",
    "\u{202e}\u{0}\u{7}",
    "",
];

fn backlog(resources: &[&str]) -> Vec<Story> {
    let (program, controls) = (program(), small_controls());
    let mut found = result("ebs-volume-encrypted", &[counts(0, 30, 0, 0, 0)]);
    for (finding, name) in found.failing.iter_mut().zip(resources) {
        (*name).clone_into(&mut finding.resource);
    }
    let assessment = assessment(vec![found]);
    stories(&Situation {
        program: &program,
        controls: &controls,
        assessment: Some(&assessment),
        evidence: &[],
        now: at(1000),
    })
    .expect("an order")
}

fn written(stories: &[Story], format: StoryFormat) -> String {
    let mut bytes = Vec::new();
    write(stories, format, &mut bytes).expect("written to memory");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn json_is_versioned_and_reads_back() {
    let stories = backlog(HOSTILE);
    let json: serde_json::Value = serde_json::from_str(&written(&stories, StoryFormat::Json)).expect("JSON");
    assert_eq!(json["version"], 1);
    let back: Vec<Story> = serde_json::from_value(json["stories"].clone()).expect("stories");
    assert_eq!(back, stories);
}

#[test]
fn csv_has_one_row_for_each_story() {
    let stories = backlog(&[]);
    let text = written(&stories, StoryFormat::Csv);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    assert_eq!(
        header,
        [
            "Summary",
            "Issue Type",
            "Priority",
            "Description",
            "External ID",
            "Depends On",
            "Owner Role",
            "Size",
            "Component",
            "Labels",
            "Labels",
            "Labels",
            "Labels",
            "Labels"
        ]
    );
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
    assert_eq!(rows.len(), stories.len());
    for (row, story) in rows.iter().zip(&stories) {
        assert_eq!(&row[0], story.title);
        assert_eq!(&row[4], story.id);
        assert_eq!(&row[5], story.after.join(" "));
    }
    let volumes = rows
        .iter()
        .find(|row| &row[4] == "SF-ebs-volume-encrypted")
        .expect("a row");
    assert_eq!(&volumes[1], "Story");
    assert_eq!(&volumes[2], "Medium");
    assert_eq!(&volumes[9], "standfast");
    assert_eq!(&volumes[10], "data-protection");
    assert_eq!(
        &volumes[3],
        "It matters. What closes it: Mend it.\n\nDone when:\n* Control `ebs-volume-encrypted` has no open failure in any account\n\n\
         Criteria: 1.4.a, 1.4.b\n\nAccounts (1):\n{noformat}\n111122223333\n{noformat}\n\nResources (30):\n{noformat}\n"
            .to_owned()
            + &(0..20).map(|number| format!("arn:aws:ec2:eu-west-1:111122223333:volume/vol-{number:04}\n")).collect::<String>()
            + "and 10 more\n{noformat}\n"
    );
}

#[test]
fn no_cell_is_a_formula_and_no_resource_breaks_out() {
    let mut stories = backlog(HOSTILE);
    for (story, name) in stories.iter_mut().zip(HOSTILE) {
        story.title = format!("{name} and more");
        story.why = (*name).to_owned();
        story.after = vec![(*name).to_owned()];
    }
    let text = written(&stories, StoryFormat::Csv);
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .collect::<Result<_, _>>()
        .expect("each row has all cells");
    assert_eq!(rows.len(), stories.len());
    for row in &rows {
        for cell in row {
            let first = cell.trim_start().chars().next();
            assert!(!matches!(first, Some('=' | '+' | '-' | '@')), "{cell:?}");
        }
        assert_eq!(row[3].matches("{noformat}").count() % 2, 0);
    }
    let volumes = rows
        .iter()
        .find(|row| &row[4] == "SF-ebs-volume-encrypted")
        .expect("a row");
    assert_eq!(
        volumes[3].matches("{noformat}").count(),
        4,
        "two blocks, opened and closed"
    );
}

#[test]
fn markdown_is_legible_and_harmless() {
    let stories = backlog(HOSTILE);
    let text = written(&stories, StoryFormat::Markdown);
    assert!(
        text.starts_with("# Stories\n\n9 stories in 7 waves;"),
        "{}",
        &text[..80]
    );
    assert!(text.contains("\n## Wave 1\n\n### SF-1.1-workshop-held: Hold the workshop\n"));
    for story in &stories {
        assert!(text.contains(&format!("\n### {}: ", story.id)), "{}", story.id);
    }
    assert_eq!(
        text.lines().filter(|line| line.starts_with("### ")).count(),
        stories.len()
    );
    assert_eq!(text.lines().filter(|line| line.starts_with("# ")).count(), 1);
    // Hostile names stand in code spans, each on its line, whatever ticks they bring.
    assert!(text.contains("- `<script>alert(1)</script>`\n"));
    assert!(text.contains("- ``` `` ` tick ```\n"));
    assert!(text.contains("- `| a | b | # heading - [x] done`\n"));
    assert!(text.contains("- `a,b  \"c\"`\n"));
    assert_eq!(
        written(&[], StoryFormat::Markdown),
        "# Stories\n\nNothing is missing.\n"
    );
}

#[test]
fn text_from_people_is_no_markup() {
    let mut stories = backlog(&[]);
    stories[0].title = "<b>bold</b> [x](http://203.0.113.7) @team |".to_owned();
    stories[0].why = "a\n# b".to_owned();
    let text = written(&stories, StoryFormat::Markdown);
    assert!(text.contains("&lt;b&gt;bold&lt;/b&gt; \\[x\\](http://203.0.113.7) &#64;team \\|"));
    assert!(text.contains("\na \\# b\n"));
}

#[test]
fn github_issues_are_bodies_of_requests() {
    let mut stories = backlog(HOSTILE);
    stories[0].title = "x".repeat(400);
    let json: serde_json::Value = serde_json::from_str(&written(&stories, StoryFormat::Github)).expect("JSON");
    assert_eq!(json["version"], 1);
    let issues = json["issues"].as_array().expect("issues");
    assert_eq!(issues.len(), stories.len());
    let mut markers = BTreeMap::new();
    for (issue, story) in issues.iter().zip(&stories) {
        assert_eq!(issue["id"], story.id);
        let request = issue["request"].as_object().expect("a request");
        assert_eq!(request.keys().collect::<Vec<_>>().len(), 3);
        assert!(request["title"].as_str().expect("a title").chars().count() <= 256);
        let body = request["body"].as_str().expect("a body");
        let marker = issue["marker"].as_str().expect("a marker");
        assert!(body.ends_with(&format!("\n{marker}\n")));
        assert!(body.len() < 65_536);
        *markers.entry(marker.to_owned()).or_insert(0) += 1;
        assert!(
            request["labels"]
                .as_array()
                .expect("labels")
                .contains(&"standfast".into())
        );
    }
    assert_eq!(markers.len(), stories.len());
}

#[test]
fn words_of_formats() {
    for format in StoryFormat::ALL {
        assert_eq!(format.to_string().parse::<StoryFormat>(), Ok(*format));
    }
    let error = "yaml".parse::<StoryFormat>().expect_err("no such form");
    assert_eq!(
        error.to_string(),
        "`yaml` is not a form of stories; expected one of markdown, json, csv, github"
    );
}

proptest! {
    /// Any names: the same bytes twice, rows and issues that read back.
    #[test]
    fn any_text_is_written_whole(names in proptest::collection::vec(proptest::collection::vec(any::<char>(), 0..32).prop_map(String::from_iter), 0..6), severity in 0usize..5) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut stories = backlog(&names);
        for (story, name) in stories.iter_mut().zip(&names) {
            story.title = (*name).to_owned();
            story.why = (*name).to_owned();
            story.severity = Severity::ALL[severity];
        }
        for format in StoryFormat::ALL {
            prop_assert_eq!(written(&stories, *format), written(&stories, *format));
        }
        let text = written(&stories, StoryFormat::Csv);
        let rows: Result<Vec<csv::StringRecord>, _> = csv::Reader::from_reader(text.as_bytes()).records().collect();
        prop_assert_eq!(rows.expect("rows").len(), stories.len());
        let text = written(&stories, StoryFormat::Markdown);
        prop_assert_eq!(text.lines().filter(|line| line.starts_with("### ")).count(), stories.len());
    }
}
