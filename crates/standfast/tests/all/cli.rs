//! What every command says, in copies of the demo's project.

use std::fs;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::demo::{CONTROLS, Folder, recording, shared, without_numbers};
use crate::stand_in::root;

#[test]
fn the_demo_says_what_it_does() -> Result<()> {
    let shared = shared()?;
    let folder = Folder::demo()?;
    let run = folder.run_id()?;
    let said = ["err", "out"]
        .map(|name| fs::read_to_string(shared.join(name)))
        .into_iter()
        .collect::<Result<Vec<String>, _>>()?
        .join("\n");
    let plain = without_numbers(&said.replace(&run, "[run]"));
    // How far the bars reach is a matter of numbers, too.
    insta::assert_snapshot!("demo", plain.replace(['█', '░', '▒'], ""));
    Ok(())
}

#[test]
fn init_makes_a_project_and_leaves_one_alone() -> Result<()> {
    let folder = Folder::empty()?;
    let said = folder.done(&["init"])?;
    insta::assert_snapshot!("init", format!("{}{}", said.out, said.err));
    let before = folder.listing()?;
    let names: Vec<String> = before
        .keys()
        .map(|path| path.strip_prefix(folder.path()).map(|path| path.display().to_string()))
        .collect::<Result<_, _>>()?;
    assert_eq!(
        names,
        [
            ".standfast",
            ".standfast/.gitignore",
            ".standfast/state.sqlite",
            "design.toml",
            "exceptions.toml"
        ]
    );
    let said = folder.ends(2, &["init"])?;
    assert!(said.err.contains("this is a readiness project"), "{}", said.err);
    folder.ends(2, &["init", "--project", "."])?;
    folder.ends(2, &["init", &folder.at("")])?;
    ensure!(folder.listing()? == before, "init changed a project that was there");
    // `--project` names the folder as well as the argument does.
    let other = Folder::empty()?;
    other.done(&["init", "--project", "one"])?;
    other.done(&["init", "two"])?;
    for made in ["one", "two"] {
        assert!(other.path().join(made).join("design.toml").is_file(), "{made}");
        other.done(&["status", "--project", made])?;
    }
    Ok(())
}

#[test]
fn commands_of_a_small_program() -> Result<()> {
    let folder = Folder::small()?;
    let said = |arguments: &[&str]| -> Result<String> { Ok(folder.plain(&folder.done(arguments)?.out)) };
    folder.done(&[
        "attest",
        "1.1.a",
        "--by",
        "Ana Ruiz",
        "--evidence",
        "https://wiki.example.com/crew",
    ])?;
    let until = ["--valid-until", "2027-01-31"];
    let again = [
        "attest",
        "1.1.a",
        "--by",
        "Bo Li",
        "--evidence",
        "minutes.txt",
        "--note",
        "all hands",
    ];
    let told = folder.done(&[again.as_slice(), until.as_slice()].concat())?;
    assert_eq!(
        told.err,
        "recorded as 2: attestation crew-met for criterion 1.1.a, valid until 2027-01-31\n"
    );
    insta::assert_snapshot!("gaps", said(&["gaps"])?);
    insta::assert_snapshot!("stories", said(&["stories"])?);
    insta::assert_snapshot!("stories-markdown", said(&["stories", "--format", "markdown"])?);
    insta::assert_snapshot!("status", said(&["status", "--depth", "criteria"])?);
    insta::assert_snapshot!("status-narrow", said(&["status", "--depth", "domains"])?);
    insta::assert_snapshot!("program-show", said(&["program", "show"])?);
    Ok(())
}

#[test]
fn a_last_day_is_shown_as_it_was_given() -> Result<()> {
    let folder = Folder::small()?;
    let attest = [
        "attest",
        "1.1.a",
        "--by",
        "Ana Ruiz",
        "--evidence",
        "minutes",
        "--valid-until",
        "2027-01-31",
    ];
    folder.done(&attest)?;
    for arguments in [["evidence", "list", "--quiet"], ["status", "--depth", "criteria"]] {
        let said = folder.done(&arguments)?.out;
        assert!(said.contains("valid until 2027-01-31"), "{said}");
        assert!(!said.contains("2027-02-01"), "{said}");
    }
    // It counts to the end of that day, and not a second longer.
    let state = |now: &str| -> Result<(String, String)> {
        let output = folder
            .command(&["status", "--depth", "criteria"])
            .env("STANDFAST_NOW", now)
            .output()?;
        let board = String::from_utf8(output.stdout)?;
        let line = board
            .lines()
            .find(|line| line.contains("1.1.a"))
            .context("no criterion")?;
        Ok((line.trim().chars().take(1).collect(), board))
    };
    assert_eq!(state("2027-01-31T23:59:59Z")?.0, "■");
    let (mark, board) = state("2027-02-01T00:00:00Z")?;
    assert_eq!(mark, "□");
    assert!(board.contains("expired: 2027-01-31 was its last"), "{board}");
    let late = folder
        .command(&["evidence", "list"])
        .env("STANDFAST_NOW", "2027-02-01T00:00:00Z")
        .output()?;
    assert!(String::from_utf8(late.stdout)?.contains("expired: 2027-01-31 was its last day"));
    // So is the last day of an exception.
    folder.write("exceptions.toml", EXCEPTION)?;
    let said = folder
        .done(&["assess", "--controls", "iam-user-mfa-enabled", "--quiet"])?
        .out;
    assert!(
        said.contains("(exception contractor of Bo Li until 2027-03-31: "),
        "{said}"
    );
    Ok(())
}

/// Covers failures of the demo that a whole assessment and one of this control alone find.
pub(crate) const EXCEPTION: &str = r#"[[exception]]
id = "contractor"
control = "iam-user-mfa-enabled"
owner = "Bo Li"
reason = "The contract ends in spring."
expires = 2027-03-31
scope = { accounts = ["*"], regions = ["*"] }
"#;

#[test]
fn findings_of_some_controls_are_summed_up() -> Result<()> {
    let folder = Folder::demo()?;
    let before = folder.listing()?;
    let said = folder.done(&["assess", "--controls", &CONTROLS.join(",")])?;
    insta::assert_snapshot!("assess-controls", folder.plain(&format!("{}{}", said.out, said.err)));
    let said = folder.done(&["assess", "--controls", "vpc-security-group-ssh-closed-ipv6"])?;
    assert!(
        said.out
            .starts_with("no findings\nvpc-security-group-ssh-closed-ipv6: nothing fails; "),
        "{}",
        said.out
    );
    // More than a screen of them is cut, and that is said.
    let said = folder.done(&[
        "assess",
        "--controls",
        "ec2-ebs-volume-encrypted",
        "--status",
        "pass,fail,not_applicable,unknown",
    ])?;
    let csv = folder.done(&["assess", "--controls", "ec2-ebs-volume-encrypted", "--format", "csv"])?;
    let all = csv.out.lines().count() - 1;
    ensure!(all > 40, "the control has no more than {all} findings");
    assert!(
        said.out
            .contains(&format!("and {} more; `--format csv` writes all of them", all - 40)),
        "{}",
        said.out
    );
    ensure!(
        folder.listing()? == before,
        "an assessment by some controls took the place of the whole one"
    );
    Ok(())
}

#[test]
fn a_whole_assessment_lists_failing_controls_worst_first() -> Result<()> {
    let folder = Folder::demo()?;
    let said = folder.done(&["assess"])?;
    let severities: Vec<&str> = said
        .out
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let order = ["critical", "high", "medium", "low", "informational"];
    let ranks: Vec<usize> = severities
        .iter()
        .map(|word| {
            order
                .iter()
                .position(|known| known == word)
                .with_context(|| format!("severity {word}"))
        })
        .collect::<Result<_>>()?;
    assert!(ranks.is_sorted() && ranks.len() > 100, "{ranks:?}");
    let sum = folder.plain(&said.err);
    insta::assert_snapshot!("assess-told", without_numbers(&sum));
    // The same snapshot, the same moment: the same bytes.
    let first = folder.listing()?;
    folder.done(&["assess", "--quiet"])?;
    let again = folder.listing()?;
    let differing: Vec<_> = first
        .iter()
        .filter(|(path, content)| again.get(*path) != Some(*content))
        .map(|(path, _)| path)
        .collect();
    ensure!(differing.is_empty() && first.len() == again.len(), "{differing:?}");
    Ok(())
}

#[test]
fn a_framework_is_reported_requirement_by_requirement() -> Result<()> {
    let folder = Folder::demo()?;
    let framework = r#"id = "harbour-1"
name = "Harbour rules"
version = "1"
url = "https://rules.example.com"

[[requirement]]
id = "1"
subject = "second factor"
controls = ["iam-user-mfa-enabled"]

[[requirement]]
id = "2"
subject = "the gangway is closed"
controls = ["vpc-security-group-ssh-closed-ipv6"]

[[requirement]]
id = "3"
subject = "a watch is held"
controls = []
manual = true

[[requirement]]
id = "4"
subject = "nobody looks"
controls = []
"#;
    folder.write("frameworks/harbour-1.toml", framework)?;
    let arguments = [
        "assess",
        "--framework",
        "harbour-1",
        "--controls",
        "iam-user-mfa-enabled,vpc-security-group-ssh-closed-ipv6",
    ];
    insta::assert_snapshot!("framework", folder.done(&arguments)?.out);
    let csv = folder.done(&[arguments.as_slice(), ["--format", "csv"].as_slice()].concat())?;
    insta::assert_snapshot!("framework-csv", csv.out);
    let listed = folder.done(&["frameworks"])?.out;
    assert!(
        listed.lines().any(
            |line| line.starts_with("harbour-1") && line.ends_with(" Harbour rules 1: 2 of 4 requirements covered")
        ),
        "{listed}"
    );
    insta::assert_snapshot!(
        "frameworks",
        without_numbers(&Folder::empty()?.done(&["frameworks"])?.out)
    );
    Ok(())
}

#[test]
fn lists_of_controls_tables_and_snapshots() -> Result<()> {
    let folder = Folder::demo()?;
    let of = |arguments: &[&str]| -> Result<String> { Ok(folder.plain(&folder.done(arguments)?.out)) };
    insta::assert_snapshot!("control", of(&["controls", "s3-bucket-versioning-enabled"])?);
    insta::assert_snapshot!("table", of(&["tables", "aws_s3_bucket"])?);
    insta::assert_snapshot!("table-findings", of(&["tables", "standfast_finding"])?);
    insta::assert_snapshot!("snapshots", without_numbers(&of(&["snapshots"])?));
    insta::assert_snapshot!("coverage", without_numbers(&of(&["coverage"])?));
    let controls = of(&["controls"])?;
    let json = folder.done(&["controls", "--format", "json"])?.json()?;
    let ids: Vec<&str> = json["controls"]
        .as_array()
        .context("a list")?
        .iter()
        .filter_map(|one| one["id"].as_str())
        .collect();
    let listed: Vec<&str> = controls
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    ensure!(
        ids == listed && ids.len() > 300,
        "{} in JSON, {} listed",
        ids.len(),
        listed.len()
    );
    // Without limits there is no empty line that says so.
    for id in ids.iter().step_by(25) {
        let text = of(&["controls", id])?;
        let head = text.split("\n\n").nth(1).context("no facts")?;
        for line in head.lines() {
            assert!(
                line.split("  ").filter(|part| !part.trim().is_empty()).count() >= 2,
                "{id}: `{line}`"
            );
        }
    }
    let tables = of(&["tables"])?;
    assert!(tables.lines().any(|line| line.starts_with("standfast_finding ")) && tables.lines().count() > 100);
    let functions = of(&["tables", "--functions"])?;
    assert!(functions.contains("policy_statements(policy)\n    "), "{functions}");
    Ok(())
}

#[test]
fn a_query_writes_rows_in_every_format() -> Result<()> {
    let folder = Folder::demo()?;
    let sql = "select name, is_management from aws_account where name in ('master', 'network') order by 1";
    for format in ["table", "json", "ndjson", "csv"] {
        insta::assert_snapshot!(
            format!("query-{format}"),
            folder.done(&["query", sql, "--format", format])?.out
        );
    }
    let none = "select name, is_management from aws_account where false";
    for format in ["table", "json", "csv"] {
        insta::assert_snapshot!(
            format!("query-none-{format}"),
            folder.done(&["query", none, "--format", format])?.out
        );
    }
    // From standard input, by the snapshot's name.
    let mut child = folder
        .command(&["query", "-", "--snapshot", &folder.run_id()?, "--format", "csv"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    std::io::Write::write_all(&mut child.stdin.take().context("no standard input")?, sql.as_bytes())?;
    let output = child.wait_with_output()?;
    assert_eq!(
        String::from_utf8(output.stdout)?,
        folder.done(&["query", sql, "--format", "csv"])?.out
    );
    Ok(())
}

#[test]
fn the_report_is_one_file_where_it_was_asked_for() -> Result<()> {
    let folder = Folder::demo()?;
    fs::remove_file(folder.path().join("standfast-report.html"))?;
    let before = folder.listing()?;
    let said = folder.done(&["report", "--output", "board.html", "--organization", "Harbour & Sons"])?;
    assert!(
        said.out.is_empty() && said.err.contains("wrote board.html ("),
        "{said:?}"
    );
    let after = folder.listing()?;
    let made: Vec<_> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    assert_eq!(made, [&folder.path().join("board.html")]);
    let html = fs::read_to_string(folder.path().join("board.html"))?;
    assert!(
        html.contains("Security readiness of Harbour &amp; Sons") && html.ends_with("</html>"),
        "no report"
    );
    assert!(html.contains("a narrowed run"), "the demo reads two regions of many");
    folder.done(&["report"])?;
    assert!(folder.path().join("standfast-report.html").is_file());
    Ok(())
}

#[test]
fn two_snapshots_are_compared() -> Result<()> {
    let folder = Folder::project()?;
    let recording = recording();
    let discover = |now: &str, more: &[&str]| -> Result<()> {
        let all = [
            &[
                "discover",
                "--replay",
                &recording,
                "--regions",
                "us-east-1",
                "--services",
                "sns",
            ],
            more,
        ]
        .concat();
        let output = folder.command(&all).env("STANDFAST_NOW", now).output()?;
        ensure!(
            output.status.code() == Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(())
    };
    discover("2026-11-24T08:00:00Z", &["--accounts", "network"])?;
    discover("2026-11-24T09:00:00Z", &["--accounts", "network,log-archive"])?;
    let (old, new) = ("2026-11-24T08-00-00Z", "2026-11-24T09-00-00Z");
    insta::assert_snapshot!(
        "diff",
        folder
            .done(&["diff", old, new, "--tables", "aws_account,aws_region"])?
            .out
    );
    let back = folder.done(&["diff", new, old, "--tables", "aws_account"])?.out;
    assert!(back.ends_with("0 appeared, 1 vanished, 0 changed\n"), "{back}");
    let same = folder.done(&["diff", "latest"])?.out;
    assert_eq!(same, "0 appeared, 0 vanished, 0 changed\n");
    insta::assert_snapshot!("snapshots-narrowed", without_numbers(&folder.done(&["snapshots"])?.out));
    let said = folder.done(&["coverage", "--snapshot", old])?.out;
    for left in [
        "accounts were left out (payments-dev",
        "enabled regions were left out (",
        "services were left out (",
    ] {
        assert!(said.replace('\n', " ").contains(left), "{said}");
    }
    Ok(())
}

#[test]
fn the_policy_grants_reading_alone() -> Result<()> {
    let folder = Folder::empty()?;
    let said = folder.done(&["permissions", "--services", "sns,sts"])?;
    insta::assert_snapshot!("permissions", said.out);
    let china = folder
        .done(&["permissions", "--partition", "aws-cn", "--role-name", "reader"])?
        .json()?;
    let text = china.to_string();
    assert!(text.contains("arn:aws-cn:iam::*:role/reader"), "{text}");
    let actions = china["Statement"]
        .as_array()
        .context("statements")?
        .iter()
        .flat_map(|one| one["Action"].as_array().into_iter().flatten());
    let reading = [
        "Get",
        "List",
        "Describe",
        "BatchGet",
        "AssumeRole",
        "GenerateCredentialReport",
        "Simulate",
    ];
    for action in actions.filter_map(Value::as_str) {
        let verb = action.split(':').nth(1).unwrap_or_default();
        ensure!(
            reading.iter().any(|known| verb.starts_with(known)),
            "{action} does more than read"
        );
    }
    Ok(())
}

#[test]
fn statements_are_kept_listed_taken_back_and_exported() -> Result<()> {
    let folder = Folder::project()?;
    folder.write("minutes.txt", "present: all\n")?;
    let attest = |criterion: &str, more: &[&str]| {
        folder.run(&[&["attest", criterion, "--by", "Ana Ruiz", "--evidence"], more].concat())
    };
    assert_eq!(
        attest("1.1.a", &["minutes.txt", "--valid-until", "2027-01-31"])?.code,
        0
    );
    assert_eq!(
        attest("1.1.b", &["https://wiki.example.com/w", "--note", "all came"])?.code,
        0
    );
    let shown = attest("1.10.a", &["words"])?;
    assert_eq!(shown.code, 2, "{}", shown.err);
    let one_name = attest("1.10.a", &["words", "--for", "data-protection-controls"])?;
    assert_eq!(one_name.code, 2, "an artifact and its deployment have this name");
    let named = attest("1.10.a", &["words", "--for", "deployment data-protection-controls"])?;
    insta::assert_snapshot!("attest", format!("{}{}", shown.err, named.err));
    insta::assert_snapshot!("evidence-list", folder.done(&["evidence", "list"])?.out);
    let verified = folder.done(&["evidence", "verify"])?.out;
    assert!(
        verified.contains(", every one as it was written; the chain ends in "),
        "{verified}"
    );
    let said = folder.done(&[
        "evidence",
        "withdraw",
        "2",
        "--by",
        "Bo Li",
        "--reason",
        "it was another workshop",
    ])?;
    assert_eq!(
        (said.out.as_str(), said.err.contains("record 2 no longer counts; ")),
        ("", true)
    );
    let listed = folder.done(&["evidence", "list"])?.out;
    assert!(!listed.contains("1.1.b"), "{listed}");
    folder.done(&["evidence", "export"])?;
    let lines = fs::read_to_string(folder.path().join(".standfast/state.jsonl"))?;
    let kinds: Vec<String> = lines
        .lines()
        .map(|line| {
            Ok(serde_json::from_str::<Value>(line)?["kind"]
                .as_str()
                .context("a kind")?
                .to_owned())
        })
        .collect::<Result<_>>()?;
    assert!(
        kinds.starts_with(&["attestation".to_owned(), "attestation".to_owned()])
            && kinds.ends_with(&["withdrawal".to_owned()]),
        "{kinds:?}"
    );
    Ok(())
}

#[test]
fn a_program_in_markdown_takes_the_place_of_the_built_in_one() -> Result<()> {
    let folder = Folder::project()?;
    let markdown = fs::read_to_string(root().join("crates/content/src/program/fixtures/workshop.md"))?;
    folder.write("harbour.md", &markdown)?;
    let said = folder.done(&["program", "import", "harbour.md"])?;
    insta::assert_snapshot!("program-import", folder.plain(&said.err));
    let shown = folder.done(&["program", "show"])?.out;
    assert!(shown.contains("Write a procedure for the night"), "{shown}");
    folder.done(&["status"])?;
    let before = folder.listing()?;
    folder.ends(2, &["program", "import", "harbour.md"])?;
    ensure!(
        folder.listing()? == before,
        "an import changed a program that was there"
    );
    folder.done(&["program", "import", "harbour.md", "--output", "other.toml"])?;
    assert_eq!(
        fs::read(folder.path().join("other.toml"))?,
        fs::read(folder.path().join("program.toml"))?
    );
    Ok(())
}

#[test]
fn a_query_can_ask_the_views_that_controls_read() -> Result<()> {
    let folder = Folder::demo()?;
    let views = fs::read_dir(root().join("content/views"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    assert!(!views.is_empty());
    for view in views {
        let name = view.file_stem().and_then(|stem| stem.to_str()).context("a name")?;
        let query = format!("SELECT count(*) AS rows FROM {name}");
        let said = folder.done(&["query", &query, "--format", "json"])?.json()?;
        assert!(said["rows"][0]["rows"].is_u64(), "{name}: {said}");
    }
    Ok(())
}
