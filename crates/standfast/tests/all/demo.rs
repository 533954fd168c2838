//! standfast run by hand: in a copy of the demo's project, in an environment that has nothing of the machine's own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::stand_in::root;

/// What the time is in these tests: the day after the demo's recording.
pub(crate) const NOW: &str = "2026-11-24T09:00:00Z";

/// The recording that the demo replays.
pub(crate) fn recording() -> String {
    root().join("examples/organization.ndjson.gz").display().to_string()
}

/// What a run said, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    fn of(arguments: &[&str], output: Output) -> Result<Self> {
        let said = Self {
            code: output.status.code().context("ended by a signal")?,
            out: String::from_utf8(output.stdout)?,
            err: String::from_utf8(output.stderr)?,
        };
        ensure!(
            !said.err.contains("panicked at") && !said.err.contains("this is a bug"),
            "standfast {arguments:?} broke: {}",
            said.err
        );
        Ok(said)
    }

    /// The JSON document on standard output.
    pub(crate) fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_str(&self.out).with_context(|| format!("no JSON: {}", self.out))
    }
}

/// A folder in which standfast is run.
pub(crate) struct Folder {
    folder: TempDir,
}

impl Folder {
    /// Nothing in it.
    pub(crate) fn empty() -> Result<Self> {
        Ok(Self {
            folder: tempfile::tempdir()?,
        })
    }

    /// A new project.
    pub(crate) fn project() -> Result<Self> {
        let project = Self::empty()?;
        project.done(&["init", "--quiet"])?;
        Ok(project)
    }

    /// A copy of the demo's project, which is made once for all tests.
    pub(crate) fn demo() -> Result<Self> {
        let copy = Self::empty()?;
        copy_folder(&shared()?.join("project"), copy.path())?;
        Ok(copy)
    }

    /// A copy of the demo's project with a small program, and an assessment that holds the verdicts of a few controls only. What is shown
    /// of it does not change when a control is added.
    pub(crate) fn small() -> Result<Self> {
        let copy = Self::demo()?;
        fs::write(copy.path().join("program.toml"), PROGRAM)?;
        // What was attested for the demo's own program says nothing of this one.
        for name in ["state.sqlite", "state.head"] {
            fs::remove_file(copy.path().join(".standfast").join(name))?;
        }
        let folder = copy.path().join(".standfast/assessments").join(copy.run_id()?);
        let path = folder.join("assessment.json");
        let mut assessment: serde_json::Value = serde_json::from_slice(&fs::read(&path)?)?;
        let controls = assessment["controls"].as_array_mut().context("no controls")?;
        controls.retain(|control| CONTROLS.iter().any(|id| control["control_id"] == **id));
        ensure!(
            controls.len() == CONTROLS.len(),
            "a control of the small program is gone"
        );
        fs::write(path, serde_json::to_vec(&assessment)?)?;
        Ok(copy)
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The path of something in the folder, as an argument.
    pub(crate) fn at(&self, name: &str) -> String {
        self.path().join(name).display().to_string()
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.path().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(path, text)?)
    }

    /// The name of the demo's snapshot.
    pub(crate) fn run_id(&self) -> Result<String> {
        let mut names = fs::read_dir(self.path().join(".standfast/snapshots"))?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<Vec<String>>>()?;
        names.sort();
        names.pop().context("no snapshot")
    }

    /// The folder of the demo's snapshot.
    pub(crate) fn snapshot(&self) -> Result<PathBuf> {
        Ok(self.path().join(".standfast/snapshots").join(self.run_id()?))
    }

    /// standfast in this folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        command(arguments, self.path())
    }

    /// Runs to the end, however that is.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<Said> {
        Said::of(arguments, self.command(arguments).output()?)
    }

    /// Runs to the end, which has to be that one.
    pub(crate) fn ends(&self, code: i32, arguments: &[&str]) -> Result<Said> {
        let said = self.run(arguments)?;
        ensure!(
            said.code == code,
            "standfast {arguments:?} ended with {}, not {code}: {}{}",
            said.code,
            said.out,
            said.err
        );
        Ok(said)
    }

    /// Runs to a good end.
    pub(crate) fn done(&self, arguments: &[&str]) -> Result<Said> {
        self.ends(0, arguments)
    }

    /// Every file and folder below, with what is in it.
    pub(crate) fn listing(&self) -> Result<BTreeMap<PathBuf, Option<Vec<u8>>>> {
        let mut found = BTreeMap::new();
        let mut open = vec![self.path().to_owned()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                let content = if path.is_dir() {
                    open.push(path.clone());
                    None
                } else {
                    Some(fs::read(&path)?)
                };
                found.insert(path, content);
            }
        }
        Ok(found)
    }

    /// Text with the folder and the run that are named in it told by a word, so that it can be compared.
    pub(crate) fn plain(&self, text: &str) -> String {
        let text = text.replace(&self.path().display().to_string(), "[folder]");
        match self.run_id() {
            Ok(run) => text.replace(&run, "[run]"),
            Err(_) => text,
        }
    }
}

fn command(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_standfast"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("STANDFAST_NOW", NOW)
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null());
    command
}

/// Numbers told by `#`: what is counted changes when a control is added or the recording is made anew.
pub(crate) fn without_numbers(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text.chars().peekable();
    let mut in_number = false;
    while let Some(letter) = rest.next() {
        let between = letter == ',' && rest.peek().is_some_and(char::is_ascii_digit);
        let part = letter.is_ascii_digit() || (in_number && between);
        if !part {
            plain.push(letter);
        } else if !in_number {
            plain.push('#');
        }
        in_number = part;
    }
    plain
}

/// The demo, run once by this binary: its project, and what it said.
pub(crate) fn shared() -> Result<PathBuf> {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
    fs::create_dir_all(base)?;
    let binary = fs::metadata(env!("CARGO_BIN_EXE_standfast"))?;
    let changed = binary.modified()?.duration_since(std::time::UNIX_EPOCH)?.as_nanos();
    let folder = base.join(format!("demo-{}-{changed}", binary.len()));
    // Every test is a process of its own: the first makes it, the others wait.
    let lock = fs::File::create(base.join("demo.lock"))?;
    lock.lock()?;
    if !folder.exists() {
        for entry in fs::read_dir(base)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with("demo-") {
                fs::remove_dir_all(path)?;
            }
        }
        let making = base.join("demo-making");
        fs::create_dir_all(&making)?;
        let output = command(&["demo", "project"], &making).output()?;
        let said = Said::of(&["demo"], output)?;
        ensure!(said.code == 0, "the demo ended with {}: {}", said.code, said.err);
        fs::write(making.join("out"), said.out)?;
        fs::write(making.join("err"), said.err)?;
        fs::rename(making, &folder)?;
    }
    Ok(folder)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The controls of the small program.
pub(crate) const CONTROLS: [&str; 4] = [
    "iam-user-mfa-enabled",
    "kms-key-policy-accounts-known",
    "s3-bucket-versioning-enabled",
    "vpc-security-group-ssh-closed-ipv6",
];

/// A program of two subtasks: one that people hold, one that controls show.
const PROGRAM: &str = r#"version = 1
id = "harbour"
title = "Harbour"

[[service]]
id = "s3"
name = "Amazon S3"
tables = [{ table = "aws_s3_bucket", one = "bucket", many = "buckets" }]

[[task]]
number = 1
domain = "data-protection"
title = "Keep the cargo"
summary = "Nothing is lost on the way."

[[task.subtask]]
id = "1.1"
title = "Meet"
kind = "workshop"
owner = "security-lead"
summary = "Sit together."
readiness = { state = "Everybody knows.", policy = "Written.", process = "Held.", tools = "A room.", people = "All came." }
[[task.subtask.criterion]]
id = "1.1.a"
text = "The crew met"
satisfied_by = { attestation = "crew-met" }
[[task.subtask.criterion]]
id = "1.1.b"
text = "The plan is approved"
satisfied_by = { documents = ["cargo-plan"] }

[[task.subtask]]
id = "1.2"
title = "Lock"
kind = "define"
owner = "platform-engineer"
services = ["s3"]
summary = "Close the hatches."
readiness = { state = "Everything is locked.", policy = "Locks are required.", process = "By default.", tools = "Locks.", people = "A watch." }
[[task.subtask.criterion]]
id = "1.2.a"
text = "Cargo and crew are told apart"
satisfied_by = { controls = ["iam-user-mfa-enabled", "kms-key-policy-accounts-known", "s3-bucket-versioning-enabled"] }
[[task.subtask.criterion]]
id = "1.2.b"
text = "The gangway is closed"
satisfied_by = { controls = ["vpc-security-group-ssh-closed-ipv6"] }
[[task.subtask.criterion]]
id = "1.2.c"
text = "A watch is held"
satisfied_by = { controls = ["iam-root-unused"] }
"#;
