//! Writes a synthetic snapshot of a large organization.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::process::{cargo, scrubbed, succeed};

/// What `cargo xtask synth` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Synth {
    /// Accounts of the organization
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000)]
    accounts: u64,
    /// Resources of all accounts together
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000_000)]
    resources: u64,
    /// The folder of snapshots that gets it, such as `.standfast/snapshots` of a project
    #[arg(long, value_name = "FOLDER")]
    output: PathBuf,
}

/// Runs the generator.
pub(crate) fn run(arguments: &Synth) -> anyhow::Result<ExitCode> {
    let output = std::path::absolute(&arguments.output)?;
    succeed(&mut generator(arguments.accounts, arguments.resources, &output))?;
    Ok(ExitCode::SUCCESS)
}

/// The command that writes a snapshot into a folder of snapshots and prints its path.
pub(crate) fn generator(accounts: u64, resources: u64, output: &Path) -> Command {
    let mut command = scrubbed(cargo());
    command
        .args([
            "run",
            "--quiet",
            "--release",
            "--package",
            "standfast-inventory",
            "--example",
            "synth",
            "--",
        ])
        .args([
            "--accounts",
            &accounts.to_string(),
            "--resources",
            &resources.to_string(),
            "--output",
        ])
        .arg(output);
    command
}
