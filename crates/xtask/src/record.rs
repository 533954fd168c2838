//! Writes the recorded organization of `standfast demo` anew.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::Context;

use crate::process::{Scratch, Server, at, cargo, scrubbed, stand_in, succeed};

/// Where the demo looks for it.
const RECORDING: &str = "examples/organization.ndjson.gz";
/// The management account of the demo.
const MANAGEMENT: &str = "111122223333";
/// The regions that the demo's organization uses.
const REGIONS: &str = "us-east-1,eu-west-1";

/// What `cargo xtask record` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Record {
    /// Where to write it
    #[arg(long, value_name = "FILE", default_value = RECORDING)]
    output: PathBuf,
    /// A program that is built already [default: cargo run]
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
}

/// Starts the stand-in, plants the demo's organization, reads it and keeps every reply.
pub(crate) fn run(arguments: &Record) -> anyhow::Result<ExitCode> {
    let output = crate::root().join(&arguments.output);
    let scratch = Scratch::new("record")?;
    let project = scratch.path().join("project");
    let fresh = scratch.path().join("organization.ndjson.gz");
    let server = Server::start(&["--demo", "--management-account", MANAGEMENT])?;
    succeed(stand_in(&["seed-demo", "--endpoint", &server.endpoint]).stdout(Stdio::null()))?;
    let binary = arguments.binary.as_deref();
    succeed(standfast(binary).arg("init").arg(&project))?;
    let mut discover = standfast(binary);
    discover.arg("--project").arg(&project);
    discover
        .args(["discover", "--regions", REGIONS, "--record"])
        .arg(&fresh);
    // Exit code 3 would be a recording with holes: the demo shows none.
    succeed(at(&mut discover, &server.endpoint))?;
    let bytes = std::fs::copy(&fresh, &output).with_context(|| format!("cannot write {}", output.display()))?;
    println!("{} ({bytes} bytes)", output.display());
    Ok(ExitCode::SUCCESS)
}

fn standfast(binary: Option<&Path>) -> Command {
    let mut command = if let Some(binary) = binary {
        scrubbed(binary)
    } else {
        let mut command = scrubbed(cargo());
        command.args(["run", "--quiet", "--package", "standfast", "--"]);
        command
    };
    command.arg("--quiet");
    command
}
