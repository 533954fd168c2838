//! Files that people write, broken in every way: the message has file, line and what was expected, the exit code says whose fault it is,
//! and nothing half-written stays behind.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::cli::EXCEPTION;
use crate::demo::{Folder, Said, recording};
use crate::stand_in::root;

/// A control that is quick to run.
const QUICK: [&str; 3] = ["assess", "--controls", "iam-user-mfa-enabled"];

/// Runs what cannot be done: it ends with that code, says all of that, writes no data, and leaves the folder as it was.
fn refused(folder: &Folder, code: i32, arguments: &[&str], says: &[&str]) -> Result<Said> {
    let before = folder.listing()?;
    let said = folder.ends(code, arguments)?;
    ensure!(said.out.is_empty(), "{arguments:?} wrote data: {}", said.out);
    for words in says {
        ensure!(
            said.err.contains(words),
            "{arguments:?} does not say `{words}`: {}",
            said.err
        );
    }
    let after = folder.listing()?;
    let new: Vec<_> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    ensure!(new.is_empty(), "{arguments:?} left {new:?}");
    let changed: Vec<_> = before
        .iter()
        .filter(|(path, content)| after.get(*path) != Some(*content))
        .map(|(path, _)| path)
        .collect();
    ensure!(changed.is_empty(), "{arguments:?} changed {changed:?}");
    Ok(said)
}

#[test]
fn a_broken_design() -> Result<()> {
    let folder = Folder::demo()?;
    for (text, says) in [
        ("[keys\nrotation_max_days = 90\n", ["design.toml:1:", "expected TOML"]),
        (
            "[keys]\n\nrotation_maximum = 90\n",
            ["design.toml:3:", "expected one of "],
        ),
        (
            "\n[kays]\nrotation_max_days = 90\n",
            ["design.toml:", "expected one of "],
        ),
        (
            "[keys]\nrotation_max_days = \"90\"\n",
            ["design.toml:2:", "expected a whole number"],
        ),
        (
            "[keys]\nrotation_max_days = -1\n",
            ["design.toml:2:", "expected a number from 0 on"],
        ),
        (
            "rotation_max_days = 90\n",
            ["design.toml:1:", "expected a section such as "],
        ),
    ] {
        folder.write("design.toml", text)?;
        refused(&folder, 2, &QUICK, &says)?;
    }
    fs::write(folder.path().join("design.toml"), b"[keys]\n# caf\xe9\n")?;
    refused(&folder, 2, &QUICK, &["cannot read `", "design.toml`", "UTF-8"])?;
    fs::remove_file(folder.path().join("design.toml"))?;
    refused(
        &folder,
        2,
        &QUICK,
        &["this is no readiness project", "hint: `standfast init` makes one"],
    )?;
    Ok(())
}

/// A control of a project's own.
const CONTROL: &str = r#"-- ---
-- id = "own-bucket-named"
-- title = "Buckets have a name"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "What has no name is not found again."
-- limits = "Whether anybody knows what the name means."
-- fix = "Name it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://wiki.example.com/names"]
-- ---
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE WHEN bucket.name = '' THEN 'fail' ELSE 'pass' END AS status,
    'named ' || bucket.name AS reason
FROM aws_s3_bucket AS bucket
"#;

#[test]
fn a_broken_control_of_the_projects_own() -> Result<()> {
    let folder = Folder::demo()?;
    let file = "controls/data-protection/own-bucket-named.sql";
    let own = ["assess", "--controls", "own-bucket-named"];
    folder.write(file, CONTROL)?;
    let said = folder.done(&own)?;
    assert!(said.out.contains("own-bucket-named: nothing fails; "), "{}", said.out);
    let at = |line: usize| format!("{file}:{line}:");
    for (from, to, line, expected) in [
        (
            "-- ---\n-- id",
            "-- id",
            1,
            "expected a header between two lines `-- ---`",
        ),
        ("-- size = \"S\"", "-- size = \"small\"", 12, "expected"),
        ("-- after = []", "-- afer = []", 13, "expected"),
        ("-- owner = \"workload-owner\"\n", "", 1, "missing field `owner`"),
        (
            "\"own-bucket-named\"",
            "\"own-bucket-known\"",
            2,
            "expected `id = \"own-bucket-named\"`",
        ),
        (
            "title = \"Buckets have a name\"",
            "title = \"Ensure buckets have a name\"",
            3,
            "expected the secure state",
        ),
        (
            "after = []",
            "after = [\"no-such-control\"]",
            13,
            "expected the id of a control",
        ),
        (
            "https://wiki",
            "http://wiki",
            14,
            "expected at least one https:// address",
        ),
    ] {
        let text = CONTROL.replace(from, to);
        ensure!(text != CONTROL, "`{from}` does not occur");
        folder.write(file, &text)?;
        let place = if from.contains("owner") {
            file.to_owned()
        } else {
            at(line)
        };
        refused(&folder, 2, &own, &[&place, expected])?;
        // The file is at fault for whatever reads controls.
        refused(&folder, 2, &["status"], &[&place, expected])?;
    }
    for (from, to, line, says) in [
        ("SELECT", "SELEKT", 16, "SELEKT"),
        ("bucket.arn AS", "bucket.urn AS", 17, "urn"),
        ("FROM aws_s3_bucket ", "FROM aws_s3_bukket ", 22, "aws_s3_bukket"),
        (
            "AS reason",
            "AS raison",
            16,
            "expected resource, account_id, region, status, reason",
        ),
        ("= ''", "= $no_such_key", 20, "no_such_key"),
    ] {
        let text = CONTROL.replace(from, to);
        ensure!(text != CONTROL, "`{from}` does not occur");
        folder.write(file, &text)?;
        refused(&folder, 2, &own, &[&at(line), says])?;
    }
    // A whole assessment stops as well, and what was assessed before stays.
    folder.write(file, &CONTROL.replace("bucket.arn AS", "bucket.urn AS"))?;
    refused(&folder, 2, &["assess"], &[&at(17)])?;
    // So it does where nothing was assessed before.
    fs::remove_dir_all(folder.path().join(".standfast/assessments"))?;
    refused(&folder, 2, &["assess"], &[&at(17)])?;
    // Not where a control can stand, and not text.
    fs::remove_dir_all(folder.path().join("controls"))?;
    folder.write("controls/own-bucket-named.sql", CONTROL)?;
    refused(
        &folder,
        2,
        &own,
        &["controls/own-bucket-named.sql", "expected `controls/<domain>/<id>.sql`"],
    )?;
    fs::write(folder.path().join("controls/own-bucket-named.sql"), b"\xff\xfe")?;
    refused(&folder, 2, &own, &["cannot read `", "own-bucket-named.sql`"])?;
    Ok(())
}

#[test]
fn a_broken_framework_of_the_projects_own() -> Result<()> {
    let folder = Folder::demo()?;
    let text = "id = \"harbour\"\nname = \"Harbour rules\"\nversion = \"1\"\nurl = \"https://rules.example.com\"\n\n[[requirement]]\nid = \"1\"\nsubject = \"locks\"\ncontrols = [\"s3-bucket-versioning-enabled\"]\n";
    let file = "frameworks/harbour.toml";
    folder.write(file, text)?;
    folder.done(&["frameworks"])?;
    for (from, to, line) in [
        ("s3-bucket-versioning-enabled", "s3-bucket-locked", 9),
        ("subject", "topic", 8),
        ("\"harbour\"", "\"harbor\"", 1),
        ("version = \"1\"", "version = 1", 3),
    ] {
        folder.write(file, &text.replace(from, to))?;
        refused(&folder, 2, &["frameworks"], &[&format!("{file}:{line}:"), "expected"])?;
    }
    Ok(())
}

#[test]
fn broken_exceptions() -> Result<()> {
    let folder = Folder::demo()?;
    for (from, to, line, expected) in [
        ("[[exception]]", "[[exceptions]]", 1, "expected `exception`"),
        (
            "control = \"iam-user-mfa-enabled\"",
            "control = \"iam-user-mfa-enable\"",
            3,
            "expected the id of a control",
        ),
        ("owner = \"Bo Li\"", "owner = \"\"", 4, "expected some words"),
        (
            "expires = 2027-03-31",
            "expires = \"spring\"",
            6,
            "expected the last day on which it counts",
        ),
        (
            "regions = [\"*\"]",
            "region = [\"*\"]",
            7,
            "expected one of `accounts`, `regions`, `resources`",
        ),
        (
            "accounts = [\"*\"]",
            "accounts = [\"sandbox\"]",
            7,
            "expected 12 digits or `*`",
        ),
    ] {
        let text = EXCEPTION.replace(from, to);
        ensure!(text != EXCEPTION, "`{from}` does not occur");
        folder.write("exceptions.toml", &text)?;
        let place = format!("exceptions.toml:{line}:");
        for arguments in [QUICK.as_slice(), &["status"], &["gaps"], &["stories"], &["report"]] {
            refused(&folder, 2, arguments, &[&place, expected])?;
        }
    }
    folder.write("exceptions.toml", &format!("{EXCEPTION}\n{EXCEPTION}"))?;
    refused(
        &folder,
        2,
        &QUICK,
        &["exceptions.toml:10:", "expected an id of its own"],
    )?;
    Ok(())
}

#[test]
fn an_exception_that_matches_nothing() -> Result<()> {
    let folder = Folder::demo()?;
    let idle = EXCEPTION.replace(
        "accounts = [\"*\"], regions = [\"*\"]",
        "accounts = [\"111122223333\"], regions = [\"eu-west-1\"]",
    );
    folder.write("exceptions.toml", &idle)?;
    let said = folder.ends(2, &["assess"])?;
    for words in [
        "exceptions.toml:2:",
        "exception `contractor` matches nothing",
        "expected a failure of `iam-user-mfa-enabled`",
    ] {
        assert!(said.err.contains(words), "{}", said.err);
    }
    // The assessment itself is done, and shown.
    assert!(said.out.lines().count() > 100);
    // Of what lies in a region that was left out nothing is known.
    folder.write("exceptions.toml", &idle.replace("eu-west-1", "sa-east-1"))?;
    let said = folder.done(&["assess", "--quiet"])?;
    assert!(
        said.err
            .contains("exception `contractor` matches nothing in what was read"),
        "{}",
        said.err
    );
    Ok(())
}

#[test]
fn a_broken_program() -> Result<()> {
    let folder = Folder::small()?;
    let text = fs::read_to_string(folder.path().join("program.toml"))?;
    let line = |needle: &str| -> Result<usize> {
        let before = text.split(needle).next().context("nothing before it")?;
        ensure!(before.len() < text.len(), "`{needle}` does not occur");
        Ok(before.lines().count() + usize::from(before.ends_with('\n')))
    };
    for (from, to, says) in [
        ("summary = \"Sit together.\"", "sumary = \"Sit together.\"", "expected"),
        ("id = \"1.1.b\"", "id = \"1.1.a\"", "1.1.a"),
        ("id = \"1.2\"\n", "id = \"1.1\"\n", "1.1"),
        ("kind = \"define\"", "kind = \"dream\"", "expected"),
        (
            "\"vpc-security-group-ssh-closed-ipv6\"",
            "\"vpc-gangway-closed\"",
            "vpc-gangway-closed",
        ),
        ("number = 1", "number = \"one\"", "expected"),
    ] {
        let place = format!("program.toml:{}:", line(from)?);
        folder.write("program.toml", &text.replacen(from, to, 1))?;
        for arguments in [
            vec!["status"],
            vec!["program", "show"],
            vec!["attest", "1.1.a", "--by", "A", "--evidence", "b"],
        ] {
            refused(&folder, 2, &arguments, &[&place, says])?;
        }
    }
    // Markdown that is no program.
    folder.write("program.md", "# Nothing\n\nJust words.\n")?;
    refused(
        &folder,
        2,
        &["program", "import", "program.md", "--output", "new.toml"],
        &["program.md"],
    )?;
    refused(
        &folder,
        2,
        &["program", "import", "nowhere.md", "--output", "new.toml"],
        &["cannot read `nowhere.md`"],
    )?;
    let fixture = root()
        .join("crates/content/src/program/fixtures/workshop.md")
        .display()
        .to_string();
    refused(
        &folder,
        1,
        &["program", "import", &fixture, "--output", "nowhere/new.toml"],
        &["cannot write `nowhere/new.toml`"],
    )?;
    Ok(())
}

#[test]
fn a_moment_that_is_none() -> Result<()> {
    let folder = Folder::project()?;
    for moment in ["yesterday", "", "2026-01-31"] {
        let output = folder.command(&["status"]).env("STANDFAST_NOW", moment).output()?;
        let said = String::from_utf8(output.stderr)?;
        assert_eq!(output.status.code(), Some(2), "{moment}: {said}");
        assert!(
            said.contains(&format!("STANDFAST_NOW is `{moment}`; expected a moment such as ")),
            "{said}"
        );
    }
    Ok(())
}

#[test]
fn a_statement_that_cannot_be_kept() -> Result<()> {
    let folder = Folder::project()?;
    let attest = |more: &[&'static str]| -> Vec<&'static str> { [["attest"].as_slice(), more].concat() };
    for (more, says) in [
        (
            vec!["9.9.z", "--by", "A", "--evidence", "b"],
            "the program has no criterion `9.9.z`",
        ),
        (vec!["1.1.a", "--by", "A", "--evidence", " "], "the evidence is empty"),
        (vec!["1.1.a", "--by", " ", "--evidence", "b"], "`by` is empty"),
        (
            vec!["1.1.a", "--by", "A", "--evidence", "b", "--valid-until", "soon"],
            "expected YYYY-MM-DD",
        ),
        (
            vec!["1.1.a", "--by", "A", "--evidence", "b", "--valid-until", "2026-11-23"],
            "its last day would be 2026-11-23, and it is 2026-11-24 already",
        ),
        (
            vec!["1.1.a", "--by", "A", "--evidence", "b", "--for", "nothing"],
            "criterion 1.1.a asks for `attestation workshop-held`",
        ),
        (
            vec!["1.a", "--by", "A", "--evidence", "b"],
            "is shown by controls or by other criteria",
        ),
    ] {
        refused(&folder, 2, &attest(&more), &[says])?;
    }
    refused(
        &folder,
        2,
        &["evidence", "withdraw", "7", "--by", "A", "--reason", "b"],
        &["record 7 is no attestation that still counts"],
    )?;
    Ok(())
}

#[test]
fn a_broken_query() -> Result<()> {
    let folder = Folder::demo()?;
    for (sql, says) in [
        ("select * from aws_s3_bukket", "aws_s3_bukket"),
        (
            "select nam from aws_s3_bucket",
            "No field named nam. Did you mean 'aws_s3_bucket.name'?",
        ),
        ("selekt 1", "selekt"),
        ("select cast(name as bigint) from aws_s3_bucket", "Cannot cast"),
        ("drop table aws_s3_bucket", "DDL not supported"),
        ("insert into aws_s3_bucket values (1)", "the query failed"),
        ("", "the query failed"),
    ] {
        let said = refused(
            &folder,
            2,
            &["query", sql],
            &[says, "hint: `standfast tables` lists tables"],
        )?;
        // One cause is told once.
        let causes: Vec<&str> = said
            .err
            .lines()
            .filter(|line| line.starts_with("  caused by: "))
            .collect();
        assert!(causes.len() <= 1, "{causes:?}");
    }
    Ok(())
}

#[test]
fn a_snapshot_that_was_changed() -> Result<()> {
    let whole = [
        QUICK.as_slice(),
        &["query", "select 1"],
        &["coverage"],
        &["diff", "latest"],
    ];
    let broken = |what: &str, spoil: fn(&std::path::Path) -> Result<()>, code: i32, says: &[&str]| -> Result<()> {
        let folder = Folder::demo()?;
        spoil(&folder.snapshot()?)?;
        for arguments in whole {
            refused(&folder, code, arguments, says).with_context(|| what.to_owned())?;
        }
        let listed = folder.run(&["snapshots"])?;
        ensure!(
            listed.code == 1 && listed.out.contains("  broken  "),
            "{what}: {listed:?}"
        );
        Ok(())
    };
    let table = |snapshot: &std::path::Path| snapshot.join("aws_s3_bucket.parquet");
    broken(
        "one byte of a table",
        |snapshot| {
            let path = snapshot.join("aws_s3_bucket.parquet");
            let mut bytes = fs::read(&path)?;
            let middle = bytes.len() / 2;
            *bytes.get_mut(middle).context("an empty file")? ^= 1;
            Ok(fs::write(path, bytes)?)
        },
        1,
        &[
            "aws_s3_bucket.parquet` was changed after the snapshot was written: SHA-256 ",
            ", expected ",
            "hint: ",
        ],
    )?;
    broken(
        "a table cut short",
        |snapshot| {
            let path = snapshot.join("aws_s3_bucket.parquet");
            let bytes = fs::read(&path)?;
            Ok(fs::write(path, bytes.get(..bytes.len() / 2).context("half")?)?)
        },
        1,
        &["aws_s3_bucket.parquet` was changed after the snapshot was written"],
    )?;
    broken(
        "a table removed",
        |snapshot| Ok(fs::remove_file(snapshot.join("aws_s3_bucket.parquet"))?),
        1,
        &["cannot read `", "aws_s3_bucket.parquet`"],
    )?;
    broken(
        "a manifest cut short",
        |snapshot| {
            let path = snapshot.join("manifest.json");
            let text = fs::read_to_string(&path)?;
            Ok(fs::write(path, text.get(..text.len() / 2).context("half")?)?)
        },
        1,
        &["manifest.json` line ", " is not the manifest of a snapshot"],
    )?;
    broken(
        "a manifest of another time",
        |snapshot| {
            let path = snapshot.join("manifest.json");
            let text = fs::read_to_string(&path)?;
            Ok(fs::write(path, text.replacen("\"version\": 1", "\"version\": 99", 1))?)
        },
        1,
        &["manifest.json` has version 99; this program reads version 1"],
    )?;
    let folder = Folder::demo()?;
    assert!(
        table(&folder.snapshot()?).is_file(),
        "the table that is spoilt is there"
    );
    Ok(())
}

#[test]
fn evidence_that_was_tampered_with() -> Result<()> {
    let folder = Folder::demo()?;
    let path = folder.path().join(".standfast/state.sqlite");
    let mut bytes = fs::read(&path)?;
    // Wherever it stands: pages keep copies that count for nothing.
    let places: Vec<usize> = bytes
        .windows(8)
        .enumerate()
        .filter(|(_, part)| part == b"Ana Ruiz")
        .map(|(place, _)| place)
        .collect();
    ensure!(!places.is_empty(), "no statement of hers");
    for place in places {
        bytes
            .get_mut(place..place + 3)
            .context("in range")?
            .copy_from_slice(b"Eva");
    }
    fs::write(&path, bytes)?;
    for arguments in [
        vec!["status"],
        vec!["gaps"],
        vec!["stories"],
        vec!["stories", "--format", "json"],
        vec!["report", "--output", "new.html"],
        vec!["evidence", "list"],
        vec!["evidence", "export"],
        vec!["evidence", "withdraw", "1", "--by", "A", "--reason", "b"],
        vec!["evidence", "verify"],
        vec!["attest", "1.2.a", "--by", "A", "--evidence", "b"],
    ] {
        refused(&folder, 1, &arguments, &["error: "])?;
    }
    // A head that is gone is a fault, too.
    let folder = Folder::demo()?;
    fs::remove_file(folder.path().join(".standfast/state.head"))?;
    refused(&folder, 1, &["status"], &["error: ", "hint: "])?;
    Ok(())
}

#[test]
fn places_where_nothing_can_be_written() -> Result<()> {
    let folder = Folder::demo()?;
    folder.write("file", "not a folder\n")?;
    refused(
        &folder,
        1,
        &["init", "file/below"],
        &["cannot make `file/below/.standfast`"],
    )?;
    refused(
        &folder,
        1,
        &["report", "--output", "file/board.html"],
        &["cannot write `file/board.html`"],
    )?;
    // A folder that stands where the report would.
    refused(
        &folder,
        1,
        &["report", "--output", ".standfast"],
        &["cannot write `.standfast`"],
    )?;
    refused(&folder, 2, &["demo", "file"], &["`file` is there already"])?;
    // What assessments are kept in is no folder.
    fs::remove_dir_all(folder.path().join(".standfast/assessments"))?;
    folder.write(".standfast/assessments", "")?;
    refused(&folder, 1, &["assess"], &["cannot create `", ".standfast/assessments/"])?;
    // A run that cannot keep its journal.
    let project = Folder::project()?;
    project.write(".standfast/snapshots", "")?;
    refused(&project, 1, &["discover", "--replay", &recording()], &["cannot "])?;
    Ok(())
}

#[test]
fn an_assessment_of_another_version() -> Result<()> {
    let folder = Folder::demo()?;
    let path = folder
        .path()
        .join(".standfast/assessments")
        .join(folder.run_id()?)
        .join("assessment.json");
    let text = fs::read_to_string(&path)?;
    fs::write(&path, text.replacen("\"version\":1", "\"version\":99", 1))?;
    refused(
        &folder,
        2,
        &["status"],
        &[
            "has version 99; this program reads version 1",
            "hint: `standfast assess` makes it anew",
        ],
    )?;
    fs::write(&path, text.get(..text.len() / 2).context("half")?)?;
    refused(&folder, 1, &["status"], &["assessment.json"])?;
    Ok(())
}
