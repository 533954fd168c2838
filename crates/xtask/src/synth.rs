//! Writes a synthetic snapshot of a large organization.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

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
    write(arguments.accounts, arguments.resources, &output)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a snapshot into a folder of snapshots.
pub(crate) fn write(accounts: u64, resources: u64, output: &Path) -> anyhow::Result<()> {
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
    succeed(&mut command)
}
