//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use standfast_model::{FindingStatus, Severity};
use standfast_query::OutputFormat;
use standfast_readiness::export::StoryFormat;
use standfast_report::Format;

/// Stands above the options that every command has.
const EVERYWHERE: &str = "Options of every command";

/// Shows where an AWS organization stands on its way to security readiness.
///
/// Exit codes: 0 done, 1 failed, 2 something you wrote is at fault, 3 done but not everything could be read, 10 open failures at or above
/// --fail-on.
#[derive(Debug, Parser)]
#[command(name = "standfast", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// The readiness project [default: the current folder or the nearest above it that has a design.toml]
    #[arg(long, global = true, value_name = "FOLDER", help_heading = EVERYWHERE)]
    pub(crate) project: Option<PathBuf>,
    /// Say nothing but errors, warnings and data
    #[arg(long, short, global = true, help_heading = EVERYWHERE)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the whole loop on a recorded organization; needs no AWS
    Demo(Demo),
    /// Make a readiness project: design.toml, exceptions.toml, the state store
    Init(Init),
    /// Read the organization, every account, every enabled region into a snapshot
    Discover(Discover),
    /// Judge a snapshot by the controls
    Assess(Assess),
    /// Show what is missing between current state and readiness state
    Gaps(Gaps),
    /// Show the backlog that closes the gaps
    Stories(Stories),
    /// Show the readiness board: domains, subtasks, criteria, evidence
    Status(Status),
    /// Write one HTML file for people who were not there
    Report(Report),
    /// Ask a snapshot in SQL
    Query(Query),
    /// List the tables of a snapshot, or the columns of one
    Tables(Tables),
    /// List the controls, or explain one
    Controls(Controls),
    /// List the frameworks that `assess --framework` takes
    Frameworks(Formatted),
    /// Show what could be read and what could not
    Coverage(OfSnapshot),
    /// Show what appeared, vanished and changed between two snapshots
    Diff(Diff),
    /// List snapshots
    Snapshots(Formatted),
    /// Print the least IAM policy that `discover` needs
    Permissions(Permissions),
    /// Record a person's word that a criterion is met
    Attest(Attest),
    /// Look after the recorded evidence
    Evidence {
        #[command(subcommand)]
        command: Evidence,
    },
    /// Look at the readiness program, or bring your own
    Program {
        #[command(subcommand)]
        command: ProgramCommand,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to put the demo's project; it must not exist yet [default: a temporary folder that stays]
    pub(crate) folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder [default: the current one]
    pub(crate) folder: Option<PathBuf>,
}

/// What says how AWS is read, and makes no sense where files are.
const FROM_AWS: [&str; 7] = [
    "accounts",
    "regions",
    "services",
    "service_last_accessed",
    "resume",
    "record",
    "replay",
];

#[derive(Debug, Args)]
pub(crate) struct Discover {
    /// Accounts to read, ids or names, with commas between them [default: all of the organization]
    #[arg(long, value_delimiter = ',', value_name = "ACCOUNT")]
    pub(crate) accounts: Vec<String>,
    /// Regions to read, with commas between them [default: all that are enabled]
    #[arg(long, value_delimiter = ',', value_name = "REGION")]
    pub(crate) regions: Vec<String>,
    /// Services to read, with commas between them [default: all]
    #[arg(long, value_delimiter = ',', value_name = "SERVICE")]
    pub(crate) services: Vec<String>,
    /// The role to assume in the other accounts
    #[arg(
        long,
        value_name = "NAME",
        default_value = "OrganizationAccountAccessRole",
        env = "STANDFAST_ROLE_NAME",
        hide_env_values = true
    )]
    pub(crate) role_name: String,
    /// Calls that may be under way at once
    #[arg(long, value_name = "CALLS", default_value_t = 48, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) concurrency: u16,
    /// Read also which service each user, group, role and customer managed policy last used and when: one job of IAM for each
    #[arg(long)]
    pub(crate) service_last_accessed: bool,
    /// Read AWS Config snapshots (JSON or JSON.gz, or folders of them) in place of AWS
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = FROM_AWS)]
    pub(crate) from_config_snapshot: Vec<PathBuf>,
    /// Read the output of `aws iam get-account-authorization-details`, one file an account, or folders of them, in place of AWS
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = FROM_AWS)]
    pub(crate) from_iam_details: Vec<PathBuf>,
    /// Go on with the last run that was not finished, or with the one named
    #[arg(long, value_name = "RUN", num_args = 0..=1, default_missing_value = "latest", conflicts_with_all = ["accounts", "regions", "services", "service_last_accessed"])]
    pub(crate) resume: Option<String>,
    /// Keep every reply of AWS in a file, from which `--replay` reads
    #[arg(long, value_name = "FILE", hide = true)]
    pub(crate) record: Option<PathBuf>,
    /// Read replies from a recording; nothing goes out
    #[arg(long, value_name = "FILE", hide = true, conflicts_with = "record")]
    pub(crate) replay: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct OfSnapshot {
    /// The snapshot [default: the latest]
    #[arg(long, value_name = "RUN")]
    pub(crate) snapshot: Option<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Plain::Table)]
    pub(crate) format: Plain,
}

#[derive(Debug, Args)]
pub(crate) struct Formatted {
    /// How to write it
    #[arg(long, value_enum, default_value_t = Plain::Table)]
    pub(crate) format: Plain,
}

/// Text for people, or JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Plain {
    Table,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Assess {
    /// The snapshot [default: the latest]
    #[arg(long, value_name = "RUN")]
    pub(crate) snapshot: Option<String>,
    /// table, json, ndjson, csv, junit, sarif, ocsf or asff
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: Format,
    /// Report by the requirements of a framework, such as cis-7.0
    #[arg(long, value_name = "FRAMEWORK")]
    pub(crate) framework: Option<String>,
    /// Run these controls only, with commas between them; the last whole assessment stays what it is
    #[arg(long, value_delimiter = ',', value_name = "CONTROL")]
    pub(crate) controls: Vec<String>,
    /// Write findings of these statuses only: pass, fail, not_applicable, unknown [default: fail for tables, all otherwise]
    #[arg(long, value_delimiter = ',', value_name = "STATUS")]
    pub(crate) status: Vec<FindingStatus>,
    /// End with exit code 10 if there are open failures of this severity or worse
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<Severity>,
}

#[derive(Debug, Args)]
pub(crate) struct Gaps {
    /// How to write it
    #[arg(long, value_enum, default_value_t = Plain::Table)]
    pub(crate) format: Plain,
    /// Show all of them, not the worst twenty
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Stories {
    /// table, markdown, json, csv (for Jira's import) or github
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = story_format)]
    pub(crate) format: StoriesAs,
}

/// A table for people or a form for trackers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StoriesAs {
    Table,
    Export(StoryFormat),
}

fn story_format(word: &str) -> Result<StoriesAs, String> {
    if word == "table" {
        return Ok(StoriesAs::Table);
    }
    word.parse()
        .map(StoriesAs::Export)
        .map_err(|error: standfast_model::UnknownWord| error.to_string())
}

#[derive(Debug, Args)]
pub(crate) struct Status {
    /// How to write it
    #[arg(long, value_enum, default_value_t = Plain::Table)]
    pub(crate) format: Plain,
    /// How far down to go
    #[arg(long, value_enum, default_value_t = Depth::Subtasks)]
    pub(crate) depth: Depth,
}

/// How far down the board is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Depth {
    Domains,
    Subtasks,
    Criteria,
}

#[derive(Debug, Args)]
pub(crate) struct Report {
    /// The file to write
    #[arg(long, short, value_name = "FILE", default_value = "standfast-report.html")]
    pub(crate) output: PathBuf,
    /// Whose report it is [default: the management account's name]
    #[arg(long, value_name = "NAME")]
    pub(crate) organization: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Query {
    /// The query; `-` reads it from standard input
    pub(crate) sql: String,
    /// The snapshot [default: the latest]
    #[arg(long, value_name = "RUN")]
    pub(crate) snapshot: Option<String>,
    /// How to write the rows
    #[arg(long, value_enum, default_value_t = Rows::Table)]
    pub(crate) format: Rows,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rows {
    Table,
    Json,
    Ndjson,
    Csv,
}

impl From<Rows> for OutputFormat {
    fn from(rows: Rows) -> Self {
        match rows {
            Rows::Table => Self::Table,
            Rows::Json => Self::Json,
            Rows::Ndjson => Self::Ndjson,
            Rows::Csv => Self::Csv,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Tables {
    /// Show the columns of this table
    pub(crate) table: Option<String>,
    /// Show the functions that queries have besides the engine's own
    #[arg(long, conflicts_with = "table")]
    pub(crate) functions: bool,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Plain::Table)]
    pub(crate) format: Plain,
}

#[derive(Debug, Args)]
pub(crate) struct Controls {
    /// Explain this control
    pub(crate) control: Option<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Plain::Table)]
    pub(crate) format: Plain,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The older snapshot
    pub(crate) old: String,
    /// The newer snapshot
    #[arg(default_value = "latest")]
    pub(crate) new: String,
    /// Only these tables, with commas between them
    #[arg(long, value_delimiter = ',', value_name = "TABLE")]
    pub(crate) tables: Vec<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Plain::Table)]
    pub(crate) format: Plain,
}

#[derive(Debug, Args)]
pub(crate) struct Permissions {
    /// Services that will be read, with commas between them [default: all]
    #[arg(long, value_delimiter = ',', value_name = "SERVICE")]
    pub(crate) services: Vec<String>,
    /// Also what `discover --service-last-accessed` needs
    #[arg(long)]
    pub(crate) service_last_accessed: bool,
    /// The role that is assumed in the other accounts
    #[arg(
        long,
        value_name = "NAME",
        default_value = "OrganizationAccountAccessRole",
        env = "STANDFAST_ROLE_NAME",
        hide_env_values = true
    )]
    pub(crate) role_name: String,
    /// The part of AWS that the accounts are in
    #[arg(long, default_value = "aws", value_parser = ["aws", "aws-us-gov", "aws-cn"])]
    pub(crate) partition: String,
}

#[derive(Debug, Args)]
pub(crate) struct Attest {
    /// The criterion, such as 1.1.a; `standfast status --depth criteria` lists them
    pub(crate) criterion: String,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,
    /// What shows it: an address, a file of the project, or words
    #[arg(long, value_name = "TEXT")]
    pub(crate) evidence: String,
    /// In your own words
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<String>,
    /// The last day on which it counts
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = last_moment)]
    pub(crate) valid_until: Option<Timestamp>,
    /// What of the criterion's needs it is: a document, artifact, deployment or rehearsal by its name, such as key-policies or
    /// "document key-policies" [default: its attestation]
    #[arg(long = "for", value_name = "NAME")]
    pub(crate) need: Option<String>,
}

/// The moment at which a day ends in UTC.
fn last_moment(text: &str) -> Result<Timestamp, String> {
    let problem = || format!("`{text}` is not a day; expected YYYY-MM-DD");
    let day: Date = text.parse().map_err(|_| problem())?;
    let next = day.tomorrow().map_err(|_| problem())?;
    next.to_zoned(jiff::tz::TimeZone::UTC)
        .map(|moment| moment.timestamp())
        .map_err(|_| problem())
}

#[derive(Debug, Subcommand)]
pub(crate) enum Evidence {
    /// Check that no record was changed, removed, moved or slipped in
    Verify,
    /// List what was attested and not taken back
    List {
        /// How to write it
        #[arg(long, value_enum, default_value_t = Plain::Table)]
        format: Plain,
    },
    /// Take an attestation back; its record stays
    Withdraw {
        /// The record's number, as `evidence list` shows it
        record: u64,
        /// Who takes it back
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Write all records as lines of JSON beside the store, for git
    Export,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProgramCommand {
    /// Show the program: tasks, subtasks, criteria
    Show {
        /// How to write it
        #[arg(long, value_enum, default_value_t = Plain::Table)]
        format: Plain,
    },
    /// Read a program in Markdown form and write it as program.toml
    Import {
        /// The Markdown file
        file: PathBuf,
        /// The file to write; it must not exist yet [default: program.toml in the project]
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}
