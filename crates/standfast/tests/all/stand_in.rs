//! The stand-in for AWS, the proxy that breaks it, and standfast run against them.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use tempfile::TempDir;

/// The management account of the seed: moto's own default.
pub(crate) const MANAGEMENT: &str = "123456789012";
pub(crate) const REGIONS: &str = "us-east-1,eu-west-1";

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A server of tests/stand_in that stops with this value, and with the test process however that ends: its standard
/// input closes.
pub(crate) struct Server {
    child: Child,
    input: Option<ChildStdin>,
    pub(crate) endpoint: String,
}

impl Server {
    /// Starts `scripts/stand-in COMMAND ARGUMENTS` and waits until it listens.
    fn start(command: &str, arguments: &[&str]) -> Result<Self> {
        let mut child = Command::new(root().join("scripts/stand-in"))
            .arg(command)
            .args(arguments)
            .arg("--until-stdin-closes")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("scripts/stand-in {command} does not start"))?;
        let input = child.stdin.take();
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no standard output")?).read_line(&mut line)?;
        let Some(endpoint) = line.trim().strip_prefix("listening on ") else {
            child.kill()?;
            bail!("scripts/stand-in {command} said `{line}` where it should say on what it listens");
        };
        let endpoint = endpoint.to_owned();
        Ok(Self { child, input, endpoint })
    }

    /// The server itself, with a log of its calls.
    pub(crate) fn moto(log: &Path) -> Result<Self> {
        Self::start("serve", &["--soft", "--log", &log.to_string_lossy()])
    }

    /// The fault proxy in front of it.
    pub(crate) fn proxy(upstream: &Self, arguments: &[&str]) -> Result<Self> {
        let mut all = vec!["--upstream", &upstream.endpoint, "--account", MANAGEMENT];
        all.extend_from_slice(arguments);
        Self::start("proxy", &all)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.input.take());
        // It ends by itself; what does not is ended.
        if !matches!(self.child.wait_timeout(), Ok(true)) {
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }
}

trait WaitTimeout {
    fn wait_timeout(&mut self) -> std::io::Result<bool>;
}

impl WaitTimeout for Child {
    fn wait_timeout(&mut self) -> std::io::Result<bool> {
        let end = std::time::Instant::now() + std::time::Duration::from_secs(5);
        while std::time::Instant::now() < end {
            if self.try_wait()?.is_some() {
                return Ok(true);
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        Ok(false)
    }
}

/// What a control has to find.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Truth {
    #[serde(rename = "std")]
    pub(crate) standard: String,
    pub(crate) check: String,
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) resource: String,
    pub(crate) expect: String,
    pub(crate) why: String,
}

#[derive(Deserialize)]
struct Manifest {
    truth: Vec<Truth>,
}

/// Plants the test organization; the truth about it.
pub(crate) fn seed(server: &Server, members: u32) -> Result<Vec<Truth>> {
    let output = Command::new(root().join("scripts/stand-in"))
        .args(["seed", "--endpoint", &server.endpoint, "--regions", REGIONS])
        .args(["--members", &members.to_string()])
        .output()?;
    ensure!(
        output.status.success(),
        "the seed failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let manifest: Manifest = serde_json::from_slice(&output.stdout)?;
    Ok(manifest.truth)
}

/// One finding, as `assess --format ndjson` writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Finding {
    pub(crate) control_id: String,
    pub(crate) account_id: String,
    pub(crate) region: String,
    pub(crate) resource: String,
    pub(crate) status: String,
    pub(crate) reason: String,
}

/// One moment for all runs of a test: what a run saw at another second would differ in its name and in ages.
fn now() -> &'static str {
    static NOW: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    NOW.get_or_init(|| {
        let seconds = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        jiff::Timestamp::from_second(i64::try_from(seconds).unwrap_or(0))
            .unwrap_or_default()
            .to_string()
    })
}

/// A readiness project in a folder of its own, whose AWS is a server of this machine.
pub(crate) struct Project {
    folder: TempDir,
    endpoint: String,
}

impl Project {
    /// An initialized project.
    pub(crate) fn new(endpoint: &str) -> Result<Self> {
        let project = Self {
            folder: TempDir::new()?,
            endpoint: endpoint.to_owned(),
        };
        project.run(&["init"], &[0])?;
        Ok(project)
    }

    /// Where the project is.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// standfast in this project, in an environment that has nothing of the machine's own AWS settings.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_standfast"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("NO_COLOR", "1")
            .env("AWS_ENDPOINT_URL", &self.endpoint)
            .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_REGION", "us-east-1")
            .env("STANDFAST_NOW", now())
            .stdin(Stdio::null());
        command
    }

    /// Runs to the end; an exit code that is not among `codes` is an error, a panic always is.
    pub(crate) fn run(&self, arguments: &[&str], codes: &[i32]) -> Result<Output> {
        let output = self.command(arguments).output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(
            !said.contains("panicked at"),
            "standfast {arguments:?} panicked: {said}"
        );
        let code = output.status.code().context("ended by a signal")?;
        ensure!(
            codes.contains(&code),
            "standfast {arguments:?} ended with {code}, not one of {codes:?}: {said}"
        );
        Ok(output)
    }

    /// Reads the whole organization; the exit code says whether coverage is complete.
    pub(crate) fn discover(&self) -> Result<Output> {
        self.run(&["discover", "--regions", REGIONS], &[0, 3])
    }

    /// The findings over the latest snapshot, sorted.
    pub(crate) fn assess(&self) -> Result<Vec<Finding>> {
        let output = self.run(&["assess", "--format", "ndjson"], &[0, 3])?;
        let mut findings = output
            .stdout
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(serde_json::from_slice)
            .collect::<Result<Vec<Finding>, _>>()?;
        findings.sort();
        Ok(findings)
    }

    /// The rows of a query.
    pub(crate) fn query(&self, sql: &str) -> Result<Vec<BTreeMap<String, serde_json::Value>>> {
        let output = self.run(&["query", "--format", "ndjson", sql], &[0])?;
        output
            .stdout
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| Ok(serde_json::from_slice(line)?))
            .collect()
    }
}

/// Says something that shows with `--no-capture`.
pub(crate) fn say(line: &str) -> Result<()> {
    writeln!(std::io::stderr().lock(), "{line}")?;
    Ok(())
}
