//! What is left of a run that is disturbed: by a network that breaks calls, and by being killed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::stand_in::{Finding, Project, REGIONS, Server, say, seed};

/// One line of the proxy's log.
#[derive(Deserialize)]
struct Fault {
    #[serde(rename = "fault")]
    kind: String,
    lasting: bool,
    account: String,
    region: String,
    service: String,
    operation: String,
}

/// Account, region and service of every unit that a run finished.
fn units(project: &Project) -> Result<BTreeSet<String>> {
    let rows = project.query("select account_id, region, service from standfast_collection_unit")?;
    ensure!(!rows.is_empty(), "the ledger of units is empty");
    Ok(rows.iter().map(|row| format!("{row:?}")).collect())
}

/// Account, region and `service:Operation` of every call that failed for good.
fn errors(project: &Project) -> Result<Vec<[String; 3]>> {
    let rows = project.query("select account_id, region, operation from standfast_collection_error")?;
    let text = |row: &BTreeMap<String, serde_json::Value>, column: &str| {
        row.get(column)
            .and_then(serde_json::Value::as_str)
            .map(str::to_owned)
            .with_context(|| format!("no text in column {column}"))
    };
    rows.iter()
        .map(|row| Ok([text(row, "account_id")?, text(row, "region")?, text(row, "operation")?]))
        .collect()
}

fn with_status<'a>(findings: &'a [Finding], status: &str) -> BTreeSet<(&'a str, &'a str, &'a str)> {
    findings
        .iter()
        .filter(|finding| finding.status == status)
        .map(|finding| {
            (
                finding.control_id.as_str(),
                finding.account_id.as_str(),
                finding.resource.as_str(),
            )
        })
        .collect()
}

#[test]
fn a_broken_network_costs_coverage_and_never_the_truth() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::moto(&folder.path().join("calls.jsonl"))?;
    seed(&server, 1)?;
    let calm = Project::new(&server.endpoint)?;
    calm.discover()?;
    let (calm_findings, calm_units) = (calm.assess()?, units(&calm)?);
    let calm_passes = with_status(&calm_findings, "pass");
    for draw in ["1", "2", "3"] {
        let log = folder.path().join(format!("faults-{draw}.jsonl"));
        let rates = "--throttle 0.02 --drop 0.04 --delay 0.05 --truncate 0.04 --error 0.04 --deny 0.04 --broken 0.02";
        let path = log.to_string_lossy();
        let mut arguments: Vec<&str> = rates.split(' ').collect();
        arguments.extend(["--seed", draw, "--log", &path]);
        let proxy = Server::proxy(&server, &arguments)?;
        let project = Project::new(&proxy.endpoint)?;
        project.discover()?;
        let (findings, errors) = (project.assess()?, errors(&project)?);

        ensure!(
            units(&project)? == calm_units,
            "draw {draw}: units of the run are missing"
        );
        let faults = read_faults(&log)?;
        for kind in ["throttle", "drop", "delay", "truncate", "error", "deny", "broken"] {
            ensure!(faults.iter().any(|fault| fault.kind == kind), "draw {draw}: no {kind}");
        }
        let mut lasting = 0_usize;
        for fault in faults.iter().filter(|fault| fault.lasting) {
            lasting += 1;
            let recorded = errors.iter().any(|[account, region, operation]| {
                *account == fault.account
                    && (*region == fault.region || region == "global")
                    && operation.rsplit(':').next() == Some(fault.operation.as_str())
            });
            ensure!(
                recorded,
                "draw {draw}: {} of {}:{} in {} {} left no collection error",
                fault.kind,
                fault.service,
                fault.operation,
                fault.account,
                fault.region
            );
        }
        for pass in with_status(&findings, "pass") {
            ensure!(
                calm_passes.contains(&pass),
                "draw {draw}: passes only when disturbed: {pass:?}"
            );
        }
        missing_is_unknown(draw, &calm_findings, &findings)?;
        say(&format!(
            "draw {draw}: {} faults, {lasting} lasting; {} collection errors; {} findings, {} calm",
            faults.len(),
            errors.len(),
            findings.len(),
            calm_findings.len()
        ))?;
    }
    Ok(())
}

/// What was found in peace and is not found now has to be unknown now: for the resource, or for the account as a whole.
fn missing_is_unknown(draw: &str, calm: &[Finding], disturbed: &[Finding]) -> Result<()> {
    let now: BTreeSet<(&str, &str, &str)> = disturbed
        .iter()
        .map(|finding| {
            (
                finding.control_id.as_str(),
                finding.account_id.as_str(),
                finding.resource.as_str(),
            )
        })
        .collect();
    let unknown: BTreeSet<(&str, &str)> = disturbed
        .iter()
        .filter(|finding| finding.status == "unknown")
        .map(|finding| (finding.control_id.as_str(), finding.account_id.as_str()))
        .collect();
    for finding in calm {
        let (control, account) = (finding.control_id.as_str(), finding.account_id.as_str());
        ensure!(
            now.contains(&(control, account, finding.resource.as_str())) || unknown.contains(&(control, account)),
            "draw {draw}: {control} says nothing of {} in {account}, not even that it is unknown",
            finding.resource
        );
    }
    Ok(())
}

fn read_faults(log: &Path) -> Result<Vec<Fault>> {
    fs::read_to_string(log)?
        .lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

/// The manifests of the whole snapshots under a folder; what is not finished carries its state in its name.
fn manifests(folder: &Path) -> Result<Vec<serde_json::Value>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let unfinished = path
            .extension()
            .is_some_and(|state| state == "partial" || state == "writing");
        if path.is_dir() && !unfinished {
            found.extend(manifests(&path)?);
        } else if path.file_name().is_some_and(|name| name == "manifest.json") {
            found.push(serde_json::from_slice(&fs::read(&path)?)?);
        }
    }
    Ok(found)
}

/// Tables whose bytes two undisturbed runs do not share either: the server stamps a trail's delivery and a role's last use with the moment
/// of the call, and the first run alone has to wait for the credential report. Their rows are counted.
const STAMPED: [&str; 3] = [
    "aws_cloudtrail_trail_status",
    "aws_iam_role",
    "standfast_collection_unit",
];

/// Rows and digest of each file of the one snapshot that a project has.
fn files(project: &Project) -> Result<BTreeMap<String, (u64, String)>> {
    let manifests = manifests(project.folder())?;
    ensure!(
        manifests.len() == 1,
        "{} snapshots where there should be one",
        manifests.len()
    );
    let tables = manifests[0]["tables"]
        .as_object()
        .context("the manifest names no tables")?;
    tables
        .iter()
        .map(|(name, file)| {
            let rows = file["rows"].as_u64().context("no count of rows")?;
            let digest = file["sha256"].as_str().context("no digest")?;
            let digest = if STAMPED.contains(&name.as_str()) { "" } else { digest };
            Ok((name.clone(), (rows, digest.to_owned())))
        })
        .collect()
}

/// Numbers that look random and are the same every time (the multiplier is Knuth's).
struct Draws(u64);

impl Draws {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// The server's log of calls, read as it grows.
struct Calls {
    reader: BufReader<fs::File>,
}

impl Calls {
    fn open(log: &Path) -> Result<Self> {
        let mut file = fs::File::open(log)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Self {
            reader: BufReader::new(file),
        })
    }

    /// How many calls were logged since the last look.
    fn more(&mut self) -> Result<u64> {
        let (mut count, mut line) = (0, String::new());
        while self.reader.read_line(&mut line)? > 0 {
            if line.ends_with('\n') {
                count += 1;
                line.clear();
            }
        }
        Ok(count)
    }
}

#[test]
fn a_killed_run_resumes_to_the_same_snapshot() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let log = folder.path().join("calls.jsonl");
    let server = Server::moto(&log)?;
    seed(&server, 1)?;
    let calm = Project::new(&server.endpoint)?;
    let mut calls = Calls::open(&log)?;
    calm.discover()?;
    let total = calls.more()?;
    let calm_files = files(&calm)?;
    let mut draws = Draws(20);
    let mut resumed = 0;
    for number in 1..=20 {
        // The last four come after the last call, while the snapshot is written.
        let (moment, grace) = if number <= 16 {
            (1 + draws.below(total * 19 / 20), 0)
        } else {
            (total, draws.below(200))
        };
        let what = format!("kill {number}, {grace} ms after {moment} of {total} calls");
        let project = Project::new(&server.endpoint)?;
        kill_after(&project, &log, moment, Duration::from_millis(grace))?;
        if manifests(project.folder())?.is_empty() {
            project.run(&["assess"], &[1, 2])?;
            // Killed before its plan was settled, a run leaves nothing to go on with, and says so.
            if project.run(&["discover", "--resume"], &[0, 1, 3])?.status.code() == Some(1) {
                ensure!(moment < total / 4, "{what}: nothing to resume");
                project.discover()?;
            } else {
                resumed += 1;
            }
        }
        // The same bytes: whatever is made of them is the same, too.
        let files = files(&project)?;
        ensure!(
            files == calm_files,
            "{what}: files differ: {:?}",
            calm_files
                .iter()
                .filter(|(table, file)| files.get(*table) != Some(*file))
                .map(|(table, file)| (table, file, files.get(table)))
                .collect::<Vec<_>>()
        );
    }
    ensure!(resumed >= 10, "only {resumed} of 20 kills left something to resume");
    Ok(())
}

/// Starts a run and kills it (SIGKILL) some time after it has made so many calls; it may have ended by then.
fn kill_after(project: &Project, log: &Path, moment: u64, grace: Duration) -> Result<()> {
    let mut calls = Calls::open(log)?;
    let mut run = project
        .command(&["discover", "--regions", REGIONS])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut made = 0;
    while made < moment && run.try_wait()?.is_none() {
        made += calls.more()?;
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(grace);
    run.kill()?;
    run.wait()?;
    Ok(())
}
