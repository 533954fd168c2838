//! standfast takes an AWS organization to its security readiness state and proves that it is there.

mod assessment;
mod cli;
mod commands;
mod exit;
mod printer;
mod project;
mod view;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;
use crate::exit::Failure;
use crate::printer::Printer;

/// The engine plans deep expressions by recursion: this holds any query that a person writes, in any build.
const STACK: usize = 32 << 20;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let printer = Printer::new(cli.quiet);
    let inner = printer.clone();
    let work = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .thread_stack_size(STACK)
            .build()?;
        runtime.block_on(commands::run(cli, &inner))
    });
    let outcome = work.map_err(Failure::from).and_then(|work| {
        work.join().unwrap_or_else(|_| {
            Err(Failure::failed(exit::Words(
                "the program broke; this is a bug".to_owned(),
            )))
        })
    });
    match outcome {
        Ok(code) => code.into(),
        Err(failure) => printer.failure(&failure),
    }
}
