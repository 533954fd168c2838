//! The commands, one module a verb.

mod assess;
mod attest;
mod controls;
mod coverage;
mod demo;
mod diff;
mod discover;
mod evidence;
mod gaps;
mod init;
mod permissions;
mod program;
mod query;
mod report;
mod status;
mod stories;
mod tables;

use jiff::Timestamp;

use crate::cli::{Cli, Command};
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;

/// Does what the command line says.
pub(crate) async fn run(cli: Cli, printer: &Printer) -> Result<Exit, Failure> {
    let now = now()?;
    let project = || Project::find(cli.project.as_deref());
    match cli.command {
        Command::Demo(arguments) => demo::run(arguments, cli.project, printer, now).await,
        Command::Init(arguments) => init::run(&arguments, cli.project, printer),
        Command::Discover(arguments) => discover::run(&project()?, arguments, printer, now).await,
        Command::Assess(arguments) => assess::run(&project()?, &arguments, printer, now).await,
        Command::Gaps(arguments) => gaps::run(&project()?, &arguments, printer, now),
        Command::Stories(arguments) => stories::run(&project()?, &arguments, printer, now),
        Command::Status(arguments) => status::run(&project()?, &arguments, printer, now),
        Command::Report(arguments) => report::run(&project()?, &arguments, printer, now),
        Command::Query(arguments) => query::run(&project()?, &arguments, printer).await,
        Command::Tables(arguments) => tables::run(&arguments, printer),
        Command::Controls(arguments) => controls::run(project().ok().as_ref(), &arguments, printer),
        Command::Frameworks(arguments) => controls::frameworks(project().ok().as_ref(), arguments.format, printer),
        Command::Coverage(arguments) => coverage::run(&project()?, &arguments, printer).await,
        Command::Diff(arguments) => diff::run(&project()?, &arguments, printer),
        Command::Snapshots(arguments) => coverage::snapshots(&project()?, arguments.format, printer),
        Command::Permissions(arguments) => permissions::run(&arguments, printer),
        Command::Attest(arguments) => attest::run(&project()?, arguments, printer, now),
        Command::Evidence { command } => evidence::run(&project()?, command, printer, now),
        Command::Program { command } => program::run(cli.project.as_deref(), command, printer),
    }
}

/// The time, to the second: run ids are made of it. `STANDFAST_NOW` sets it, so that output can be compared byte by byte.
fn now() -> Result<Timestamp, Failure> {
    let now = match std::env::var("STANDFAST_NOW") {
        Ok(text) => text.parse().map_err(|_| {
            Failure::usage(format!(
                "STANDFAST_NOW is `{text}`; expected a moment such as 2026-01-31T00:00:00Z"
            ))
        })?,
        Err(_) => Timestamp::now(),
    };
    Ok(Timestamp::from_second(now.as_second()).unwrap_or(now))
}
