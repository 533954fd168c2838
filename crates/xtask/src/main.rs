//! Developer tasks: `cargo xtask <task>`.
#![expect(
    clippy::print_stdout,
    reason = "a task's answer goes to standard output; nothing here is a product's printer"
)]

mod bench;
mod layers;
mod process;
mod record;
mod synth;

use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Developer tasks of standfast.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Check which crate depends on which, and that light crates stay light
    Layers,
    /// Record the organization of the demo anew: the stand-in, its seed, and every reply
    Record(record::Record),
    /// Write a synthetic snapshot of a large organization
    Synth(synth::Synth),
    /// Measure the bars
    Bench(bench::Bench),
}

fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().task {
        Task::Layers => layers::run(),
        Task::Record(arguments) => record::run(&arguments),
        Task::Synth(arguments) => synth::run(&arguments),
        Task::Bench(arguments) => bench::run(&arguments),
    }
}

/// The repository.
fn root() -> &'static Path {
    // crates/xtask, twice up.
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap_or(manifest)
}
