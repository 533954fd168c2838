//! The bars: what standfast may cost, each as a ratio of two things that were measured in the same run, or as a bound.

mod figures;
mod parts;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;

use crate::process::Scratch;
use figures::Line;

/// What `cargo xtask bench` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Bench {
    /// The program to measure, built with `cargo build --release -p standfast`
    #[arg(long, value_name = "FILE", default_value = "target/release/standfast")]
    binary: PathBuf,
    /// Measure these parts only
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PART")]
    only: Vec<Part>,
    /// How often the short ones are measured; the median counts
    #[arg(long, value_name = "NUMBER", default_value_t = 3)]
    rounds: usize,
    /// Resources of the large synthetic snapshot; the other has half as many
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000_000)]
    resources: u64,
    /// Accounts of the synthetic snapshots
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000)]
    accounts: u64,
}

/// One part of the measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// discover and assess against a bare loop of calls
    Loop,
    /// assess of a large snapshot against one of half its size, and the report of it
    Scale,
    /// Peak memory of discover with 50 accounts against 5
    Memory,
    /// The demo
    Demo,
}

/// Measures and prints a table; the exit code says whether every bar was kept.
pub(crate) fn run(arguments: &Bench) -> anyhow::Result<ExitCode> {
    let binary = std::path::absolute(crate::root().join(&arguments.binary))?;
    if !binary.is_file() {
        bail!(
            "`{}` is missing: build it with `cargo build --release -p standfast`, or name another with --binary",
            binary.display()
        );
    }
    if arguments.rounds == 0 {
        bail!("--rounds takes 1 or more");
    }
    let scratch = Scratch::new("bench")?;
    let bench = parts::Setting {
        binary,
        scratch: scratch.path().to_owned(),
        rounds: arguments.rounds,
        accounts: arguments.accounts,
        resources: arguments.resources,
    };
    let wanted = |part| arguments.only.is_empty() || arguments.only.contains(&part);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{cores} cores, {}\n", bench.binary.display());
    println!("{}", Line::HEAD);
    let mut kept = true;
    for (part, measure) in [
        (
            Part::Demo,
            parts::demo as fn(&parts::Setting) -> anyhow::Result<Vec<Line>>,
        ),
        (Part::Loop, parts::bare_loop),
        (Part::Memory, parts::memory),
        (Part::Scale, parts::scale),
    ] {
        if !wanted(part) {
            continue;
        }
        for line in measure(&bench)? {
            println!("{line}");
            kept &= line.kept();
        }
    }
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
