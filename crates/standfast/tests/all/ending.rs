//! How commands end, and for whom they write: exit codes, readers that went away, terminals.

use std::fs;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use crate::cli::EXCEPTION;
use crate::demo::{Folder, NOW, recording};
use crate::stand_in::root;

#[test]
fn every_exit_code_of_the_reference() -> Result<()> {
    let reference = fs::read_to_string(root().join("docs/commands.md"))?;
    let table = reference
        .split("## Exit codes")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .context("no exit codes")?;
    let told: Vec<i32> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(' ').next()?.parse().ok())
        .collect();
    assert_eq!(told, [0, 1, 2, 3, 10]);

    let folder = Folder::project()?;
    // 0: done.
    folder.done(&["status"])?;
    folder.done(&["--version"])?;
    // 1: no credentials.
    let said = folder.ends(1, &["discover"])?;
    assert!(
        said.err.contains("sts:GetCallerIdentity") && said.err.contains("hint: "),
        "{}",
        said.err
    );
    assert!(
        !folder.path().join(".standfast/snapshots").exists(),
        "a run that did not begin left something"
    );
    // 2: an option, a name, a command that there is not.
    for arguments in [
        ["assess", "--nothing"],
        ["assess", "--format=xml"],
        ["coverage", "--snapshot=none"],
        ["controls", "no-such-control"],
        ["tables", "no_such_table"],
        ["nothing", "at-all"],
        ["permissions", "--services=no-such-service"],
        ["diff", "none"],
        ["status", "--project=nowhere"],
    ] {
        let said = folder.ends(2, &arguments)?;
        assert!(
            said.out.is_empty() && said.err.starts_with("error: "),
            "{arguments:?}: {}",
            said.err
        );
    }
    let said = folder.ends(2, &[])?;
    assert!(said.err.contains("Usage: standfast"), "{}", said.err);
    // 3: done, but the recording knows nothing of one region.
    let (accounts, regions) = ("--accounts=master,sandbox-ana", "--regions=us-east-1,ap-south-1");
    let said = folder.ends(
        3,
        &[
            "discover",
            "--replay",
            &recording(),
            accounts,
            regions,
            "--services=s3,sns",
        ],
    )?;
    assert!(
        said.err.contains("calls failed: what depends on them is unknown"),
        "{}",
        said.err
    );
    folder.ends(3, &["coverage"])?;
    let buckets = ["assess", "--controls", "s3-bucket-versioning-enabled"];
    let said = folder.ends(3, &buckets)?;
    assert!(
        said.out.contains(" unknown"),
        "what was not read is unknown: {}",
        said.out
    );
    // 10: open failures; it comes before 3.
    let (demo, users) = (
        Folder::demo()?,
        ["assess", "--controls", "iam-user-mfa-enabled", "--quiet", "--fail-on"],
    );
    demo.ends(10, &[users.as_slice(), &["critical"]].concat())?;
    demo.ends(10, &[users.as_slice(), &["low"]].concat())?;
    demo.done(&[
        "assess",
        "--controls",
        "vpc-security-group-ssh-closed-ipv6",
        "--fail-on",
        "informational",
    ])?;
    demo.ends(2, &[users.as_slice(), &["terrible"]].concat())?;
    folder.ends(10, &[buckets.as_slice(), &["--fail-on", "low"]].concat())?;
    Ok(())
}

#[test]
fn accepted_failures_end_no_gate() -> Result<()> {
    let folder = Folder::demo()?;
    let arguments = ["assess", "--controls", "iam-user-mfa-enabled", "--fail-on", "low"];
    folder.ends(10, &arguments)?;
    folder.write("exceptions.toml", EXCEPTION)?;
    let said = folder.done(&arguments)?;
    assert!(
        said.out
            .contains("iam-user-mfa-enabled: nothing fails; 8 under exception"),
        "{}",
        said.out
    );
    // Its last day is over: the failures are open again, and that is said.
    let output = folder
        .command(&arguments)
        .env("STANDFAST_NOW", "2027-04-01T00:00:00Z")
        .output()?;
    assert_eq!(output.status.code(), Some(10));
    let said = String::from_utf8(output.stderr)?;
    assert!(
        said.contains("exception `contractor` has expired, 2027-03-31 was its last day: 8 findings are open again"),
        "{said}"
    );
    Ok(())
}

#[test]
fn a_reader_that_went_away_is_no_failure() -> Result<()> {
    let folder = Folder::demo()?;
    for arguments in [
        vec!["controls"],
        vec!["controls", "--format", "json"],
        vec!["tables", "--format", "json"],
        vec!["stories", "--format", "markdown"],
        vec!["stories", "--format", "csv"],
        vec!["gaps", "--all"],
        vec!["status", "--depth", "criteria"],
        vec!["status", "--format", "json"],
        vec!["query", "select * from aws_iam_role"],
        vec!["query", "select * from aws_iam_role", "--format", "json"],
        vec!["query", "select * from aws_iam_role", "--format", "ndjson"],
        vec!["query", "select * from aws_iam_role", "--format", "csv"],
    ] {
        for closed in ["stdout", "both"] {
            let mut command = folder.command(&arguments);
            let (reader, writer) = std::io::pipe()?;
            drop(reader);
            if closed == "both" {
                command.stderr(writer.try_clone()?);
            } else {
                command.stderr(Stdio::piped());
            }
            command.stdout(writer);
            let child = command.spawn()?;
            // The command itself holds a writer's end.
            drop(command);
            let output = child.wait_with_output()?;
            let said = String::from_utf8(output.stderr)?;
            ensure!(
                output.status.code() == Some(0),
                "{arguments:?}, {closed} closed: {:?} {said}",
                output.status
            );
            ensure!(
                !said.contains("panicked") && !said.contains("error"),
                "{arguments:?}: {said}"
            );
        }
    }
    Ok(())
}

#[test]
fn colour_is_for_terminals_and_nothing_else() -> Result<()> {
    let folder = Folder::small()?;
    let line = format!("'{}' status", env!("CARGO_BIN_EXE_standfast"));
    let in_terminal = |no_colour: Option<&str>| -> Result<String> {
        // script gives what it runs a terminal.
        let mut command = std::process::Command::new("script");
        command
            .args(["-qec", &line, "/dev/null"])
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", folder.path())
            .env("STANDFAST_NOW", NOW)
            .env("TERM", "xterm")
            .stdin(Stdio::null());
        if let Some(value) = no_colour {
            command.env("NO_COLOR", value);
        }
        let output = command.output().context("`script` (util-linux) does not run")?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        Ok(String::from_utf8(output.stdout)?)
    };
    let coloured = in_terminal(None)?;
    assert!(coloured.contains("\u{1b}["), "{coloured}");
    let plain = in_terminal(Some("1"))?;
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let mut piped = folder.command(&["status"]);
    piped.env_remove("NO_COLOR");
    assert!(!String::from_utf8(piped.output()?.stdout)?.contains('\u{1b}'));
    Ok(())
}

#[test]
fn lines_keep_to_the_width_of_the_terminal() -> Result<()> {
    let folder = Folder::small()?;
    for arguments in [
        vec!["status", "--depth", "criteria"],
        vec!["gaps"],
        vec!["stories"],
        vec!["coverage"],
    ] {
        for width in [60, 80, 140] {
            let output = folder.command(&arguments).env("COLUMNS", width.to_string()).output()?;
            let text = String::from_utf8(output.stdout)?;
            for line in text
                .lines()
                .filter(|line| line.trim().contains(' ') && !line.contains(['█', '░']))
            {
                ensure!(line.chars().count() <= width, "{arguments:?} at {width}: {line}");
            }
        }
    }
    Ok(())
}
