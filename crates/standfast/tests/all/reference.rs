//! What documents say of the commands, against the commands themselves: help texts, docs/commands.md, the README.

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use crate::demo::Folder;
use crate::stand_in::root;

/// Every command that has a help of its own.
const COMMANDS: [&str; 26] = [
    "",
    "demo",
    "init",
    "discover",
    "assess",
    "gaps",
    "stories",
    "status",
    "report",
    "query",
    "tables",
    "controls",
    "frameworks",
    "coverage",
    "diff",
    "snapshots",
    "permissions",
    "attest",
    "evidence",
    "evidence verify",
    "evidence list",
    "evidence withdraw",
    "evidence export",
    "program",
    "program show",
    "program import",
];

fn help(folder: &Folder, command: &str) -> Result<String> {
    let mut arguments: Vec<&str> = command.split_whitespace().collect();
    arguments.push("--help");
    Ok(folder.done(&arguments)?.out)
}

/// The words of a help text that begin with two dashes, each once.
fn options(help: &str) -> BTreeSet<String> {
    help.lines()
        .map(str::trim_start)
        .filter(|line| line.starts_with('-'))
        .flat_map(str::split_whitespace)
        .take_while_option()
        .collect()
}

trait Options<'a>: Iterator<Item = &'a str> + Sized {
    /// Only what is an option's long name, without what follows it.
    fn take_while_option(self) -> impl Iterator<Item = String> {
        self.filter_map(|word| {
            let name: String = word
                .strip_prefix("--")?
                .chars()
                .take_while(|letter| letter.is_ascii_lowercase() || *letter == '-')
                .collect();
            (!name.is_empty()).then(|| format!("--{name}"))
        })
    }
}

impl<'a, I: Iterator<Item = &'a str>> Options<'a> for I {}

#[test]
fn help_of_every_command() -> Result<()> {
    let folder = Folder::empty()?;
    for command in COMMANDS {
        insta::assert_snapshot!(
            format!("help {command}").trim().replace(' ', "-"),
            help(&folder, command)?
        );
    }
    Ok(())
}

#[test]
fn every_command_and_option_stands_in_the_reference() -> Result<()> {
    let folder = Folder::empty()?;
    let reference = fs::read_to_string(root().join("docs/commands.md"))?;
    // What clap knows, found by descending from the program's own help, is what is compared.
    let mut found = BTreeSet::new();
    let mut open = vec![String::new()];
    while let Some(command) = open.pop() {
        let help = help(&folder, &command)?;
        let below = help.split("Commands:\n").nth(1).unwrap_or_default();
        for line in below.lines().take_while(|line| !line.is_empty()) {
            let name = line.split_whitespace().next().context("a command without a name")?;
            open.push(format!("{command} {name}").trim().to_owned());
        }
        found.insert(command);
    }
    ensure!(found == COMMANDS.map(str::to_owned).into(), "commands: {found:?}");
    let everywhere: BTreeSet<String> = ["--project", "--quiet", "--help"].map(str::to_owned).into();
    for option in everywhere.iter().map(String::as_str).chain(["--version"]) {
        ensure!(reference.contains(option), "{option} is not in docs/commands.md");
    }
    for command in COMMANDS.iter().filter(|command| !command.is_empty()) {
        let help = help(&folder, command)?;
        if help.contains("Commands:") {
            continue;
        }
        let section = reference
            .split("\n### ")
            .find(|section| section.starts_with(&format!("`{command}")))
            .with_context(|| format!("docs/commands.md has no section for `{command}`"))?;
        let told = section
            .split('`')
            .flat_map(str::split_whitespace)
            .take_while_option()
            .collect::<BTreeSet<String>>();
        let own: BTreeSet<String> = options(&help).difference(&everywhere).cloned().collect();
        for option in &own {
            ensure!(told.contains(option), "{command} {option} is not in its section");
        }
        let heading = section.lines().next().unwrap_or_default();
        let arguments = help.split("Arguments:\n").nth(1).unwrap_or_default();
        for line in arguments.lines().take_while(|line| !line.is_empty()) {
            // What is told of an argument goes on further right.
            let Some(rest) = line.strip_prefix("  [").or_else(|| line.strip_prefix("  <")) else {
                continue;
            };
            let name = rest.split([']', '>']).next().unwrap_or_default();
            ensure!(
                heading.contains(name),
                "{command}: argument {name} is not in the heading of its section"
            );
        }
        // Nor does the reference promise what there is not.
        let head = section.split("\n## ").next().unwrap_or_default();
        let promised: BTreeSet<String> = head
            .lines()
            .filter(|line| line.starts_with("| `-"))
            .flat_map(str::split_whitespace)
            .map(|word| word.trim_matches(['`', '|']))
            .take_while_option()
            .collect();
        for option in &promised {
            ensure!(own.contains(option), "{command} has no {option}");
        }
    }
    Ok(())
}

/// The commands of a text's code blocks, each whole, and each once.
fn commands_of(text: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines().filter_map(|line| line.strip_prefix("    ")) {
        let line = line.strip_prefix("$ ").unwrap_or(line);
        if open {
            if let Some(command) = commands.last_mut() {
                command.push('\n');
                command.push_str(line);
            }
        } else if line.starts_with("standfast ") {
            commands.push(line.to_owned());
        } else {
            continue;
        }
        // A quoted query goes on to its closing quote.
        open = commands
            .last()
            .is_some_and(|command| command.matches('"').count() % 2 == 1);
    }
    let mut once = BTreeSet::new();
    commands.retain(|command| once.insert(command.split('#').next().unwrap_or_default().trim().to_owned()));
    commands
}

#[test]
fn the_commands_of_the_readme_are_ones() -> Result<()> {
    let readme = fs::read_to_string(root().join("README.md"))?;
    let folder = Folder::demo()?;
    let bin = root().join(env!("CARGO_BIN_EXE_standfast"));
    let bin = bin.parent().context("a folder")?.display().to_string();
    let path = format!("{bin}:{}", std::env::var("PATH")?);
    let commands = commands_of(&readme);
    ensure!(commands.len() > 10, "{commands:?}");
    for line in commands {
        // In the demo's project there is nothing to make, and no account to read.
        let expected = match line.split_whitespace().nth(1) {
            Some("init") => 2,
            Some("discover") => 1,
            _ => 0,
        };
        let scrubbed = folder.command(&[]);
        let output = std::process::Command::new("sh")
            .args(["-c", &line])
            .current_dir(folder.path())
            .env_clear()
            .envs(scrubbed.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .env("PATH", &path)
            .stdin(Stdio::null())
            .output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.code() == Some(expected),
            "`{line}` ended with {:?}: {said}",
            output.status.code()
        );
    }
    Ok(())
}
