//! Other programs: what they are started with, and the stand-in for AWS.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;

use anyhow::{Context, bail};

/// Variables that a program needs to find its tools; everything else of the caller's environment stays out.
const KEPT: &[&str] = &[
    "PATH",
    "HOME",
    "TMPDIR",
    "CARGO_HOME",
    "CARGO_TARGET_DIR",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
    "STANDFAST_VENV",
    "XDG_CACHE_HOME",
    "SSL_CERT_FILE",
    "HTTPS_PROXY",
    "https_proxy",
    "PIP_INDEX_URL",
    "PIP_CERT",
];

/// A command in an environment without anybody's credentials or settings.
pub(crate) fn scrubbed(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env_clear();
    for name in KEPT {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    // The home is the caller's, its profiles are not.
    let nowhere = crate::root().join("target/no-such-file");
    command
        .env("AWS_CONFIG_FILE", &nowhere)
        .env("AWS_SHARED_CREDENTIALS_FILE", &nowhere)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("NO_COLOR", "1")
        .env("CARGO_TERM_COLOR", "never")
        .current_dir(crate::root());
    command
}

/// Points a command at a stand-in, with keys that nobody checks.
pub(crate) fn at<'a>(command: &'a mut Command, endpoint: &str) -> &'a mut Command {
    command
        .env("AWS_ENDPOINT_URL", endpoint)
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
}

/// The toolchain's cargo.
pub(crate) fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// `scripts/stand-in` with a command of its own.
pub(crate) fn stand_in(arguments: &[&str]) -> Command {
    let mut command = scrubbed(crate::root().join("scripts/stand-in"));
    command.args(arguments);
    command
}

/// Runs a command to its end, which has to be a good one.
pub(crate) fn succeed(command: &mut Command) -> anyhow::Result<()> {
    let status = status(command)?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs a command to its end.
pub(crate) fn status(command: &mut Command) -> anyhow::Result<ExitStatus> {
    command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cannot start {}", shown(command)))
}

/// Runs a command and takes what it prints.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {}", shown(command)))?;
    if !output.status.success() {
        bail!("{} ended with {}", shown(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} printed something else than text", shown(command)))
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

/// A stand-in for AWS; ends with this value.
pub(crate) struct Server {
    child: Child,
    drain: Option<JoinHandle<()>>,
    /// `http://host:port`.
    pub(crate) endpoint: String,
}

impl Server {
    /// Starts the server on a free port.
    pub(crate) fn start(options: &[&str]) -> anyhow::Result<Self> {
        let mut command = stand_in(&["serve", "--port", "0", "--until-stdin-closes"]);
        let mut child = command
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start the stand-in")?;
        let mut lines = BufReader::new(child.stdout.take().context("the stand-in has no output")?);
        let mut line = String::new();
        lines
            .read_line(&mut line)
            .context("cannot read the stand-in's output")?;
        let Some(endpoint) = line.trim().strip_prefix("listening on ") else {
            drop(child.stdin.take());
            let status = child.wait()?;
            bail!("the stand-in did not start ({status}); `scripts/stand-in serve` shows why");
        };
        let endpoint = endpoint.to_owned();
        // A full pipe would stop the server.
        let drain = std::thread::spawn(move || {
            let mut rest = Vec::new();
            let _ = lines.read_to_end(&mut rest);
        });
        Ok(Self {
            child,
            drain: Some(drain),
            endpoint,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
        if let Some(drain) = self.drain.take() {
            let _ = drain.join();
        }
    }
}

/// A folder for the time of a task.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// Makes it.
    pub(crate) fn new(task: &str) -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("standfast-{task}-{}", std::process::id()));
        std::fs::create_dir(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Self(path))
    }

    /// Its path.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
