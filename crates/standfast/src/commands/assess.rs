//! `standfast assess`.

use jiff::Timestamp;
use serde::Serialize;
use standfast_content::{Content, Control, Framework};
use standfast_model::{AccountCounts, Assessment, Finding, FindingStatus, Severity};
use standfast_report::{FindingsContext, Format, count, left_out, write_findings};

use crate::assessment::{Basis, assess, findings};
use crate::cli::Assess;
use crate::exit::{Cause, Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;
use crate::view;

/// Findings that a table shows.
const SHOWN: usize = 40;

pub(crate) async fn run(
    project: &Project,
    arguments: &Assess,
    printer: &Printer,
    now: Timestamp,
) -> Result<Exit, Failure> {
    let content = project.content()?;
    let exceptions = project.exceptions(&content)?;
    for id in &arguments.controls {
        if !content.controls.contains_key(id) {
            return Err(Failure::usage(format!("there is no control `{id}`")).hint("`standfast controls` lists them"));
        }
    }
    let framework = arguments
        .framework
        .as_deref()
        .map(|id| framework(&content, id))
        .transpose()?;
    let snapshot = project.snapshot(arguments.snapshot.as_deref())?;
    let run_id = &snapshot.manifest().run_id;
    // An assessment by some controls only must not take the place of the whole one.
    let partial = (!arguments.controls.is_empty()).then(tempfile::tempdir).transpose()?;
    let folder = partial
        .as_ref()
        .map_or_else(|| project.assessment_folder(run_id), |dir| dir.path().to_owned());
    let basis = Basis {
        snapshot: &snapshot,
        content: &content,
        design: project.design()?,
        exceptions: &exceptions,
        only: &arguments.controls,
        now,
    };
    let assessed = assess(basis, &folder).await.inspect_err(|_| {
        // Folders that were made for it and are empty; others stay.
        for made in folder.ancestors().take(2) {
            drop(std::fs::remove_dir(made));
        }
    })?;
    let assessment = &assessed.assessment;
    let wanted = wanted_statuses(arguments);
    match framework {
        Some(framework) if matches!(arguments.format, Format::Table | Format::Json | Format::Csv) => {
            by_requirement(framework, assessment, arguments.format, printer)?;
        }
        None if arguments.format == Format::Table && arguments.status.is_empty() && arguments.controls.is_empty() => {
            by_control(&content, assessment, printer)?;
        }
        _ => {
            let of_framework = |finding: &Finding| {
                framework.is_none_or(|framework| {
                    framework
                        .requirements
                        .iter()
                        .any(|requirement| requirement.controls.contains(&finding.control_id))
                })
            };
            let all = match &partial {
                Some(dir) => standfast_inventory::FindingsReader::open(&dir.path().join("findings.parquet"))?,
                None => findings(project, run_id)?,
            };
            let shown = all.filter(|finding| {
                finding
                    .as_ref()
                    .is_ok_and(|finding| wanted.contains(&finding.status) && of_framework(finding))
                    || finding.is_err()
            });
            let controls = view::controls(&content);
            let exceptions = view::exceptions(&exceptions, Some(assessment), now);
            let context = FindingsContext {
                generated_at: now,
                version: env!("CARGO_PKG_VERSION"),
                snapshot: &assessment.snapshot,
                controls: &controls,
                exceptions: &exceptions,
            };
            printer.data(|out| {
                if arguments.format != Format::Table {
                    write_findings(arguments.format, &context, shown, out)?;
                    return Ok(());
                }
                let mut shown = shown;
                write_findings(arguments.format, &context, shown.by_ref().take(SHOWN), out)?;
                let more = shown.count() as u64;
                if more > 0 {
                    writeln!(out, "and {more} more; `--format csv` writes all of them")?;
                }
                for id in &arguments.controls {
                    if let Some(result) = assessment.control(id) {
                        writeln!(out, "{id}: {}", sums(&result.totals()))?;
                    }
                }
                Ok(())
            })?;
        }
    }
    let exit = told(&content, assessment, arguments.fail_on, printer);
    for said in left_out(&assessment.snapshot.left_out) {
        printer.say(said);
    }
    for (exception, reopened) in exceptions.expired(&assessed.tally, now) {
        let again = if reopened == 1 {
            "is open again"
        } else {
            "are open again"
        };
        printer.warn(format!(
            "exception `{}` has expired, {} was its last day: {} {again}",
            exception.id,
            exception.expires,
            count(reopened, "finding")
        ));
    }
    if !arguments.controls.is_empty() {
        return Ok(exit);
    }
    let mut places: Vec<Box<dyn miette::Diagnostic + Send + Sync>> = Vec::new();
    for (exception, place) in exceptions.idle(&assessed.tally) {
        if exception.may_lie_in(&assessment.snapshot.left_out) {
            printer.warn(format!(
                "exception `{}` matches nothing in what was read; the run was narrowed",
                exception.id
            ));
        } else {
            places.push(Box::new(place));
        }
    }
    if !places.is_empty() {
        return Err(Failure {
            exit: Exit::Usage,
            cause: Cause::Places(places),
            hint: None,
        });
    }
    Ok(exit)
}

fn wanted_statuses(arguments: &Assess) -> Vec<FindingStatus> {
    if !arguments.status.is_empty() {
        return arguments.status.clone();
    }
    if arguments.format == Format::Table {
        vec![FindingStatus::Fail]
    } else {
        FindingStatus::ALL.to_vec()
    }
}

fn framework<'a>(content: &'a Content, id: &str) -> Result<&'a Framework, Failure> {
    content.frameworks.get(id).ok_or_else(|| {
        let known = content
            .frameworks
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ");
        Failure::usage(format!("there is no framework `{id}`; there are {known}"))
    })
}

/// The failing controls, worst first: what a person wants to see of some thousand findings.
fn by_control(content: &Content, assessment: &Assessment, printer: &Printer) -> Result<(), Failure> {
    let mut failing: Vec<(&Control, AccountCounts, usize)> = assessment
        .controls
        .iter()
        .filter_map(|result| {
            let accounts = result.accounts.values().filter(|counts| counts.fail > 0).count();
            let control = content.controls.get(&result.control_id)?;
            (accounts > 0).then(|| (control, result.totals(), accounts))
        })
        .collect();
    failing.sort_by_key(|(control, counts, _)| (control.severity, std::cmp::Reverse(counts.fail), control.id.clone()));
    printer.data(|out| {
        let width = failing
            .iter()
            .map(|(control, _, _)| control.id.len())
            .max()
            .unwrap_or(0);
        for (control, counts, accounts) in &failing {
            let fail = counts.fail;
            writeln!(
                out,
                "{:13}  {fail:>6} fail in {accounts:>4} {:8}  {:width$}  {}",
                control.severity,
                if *accounts == 1 { "account" } else { "accounts" },
                control.id,
                control.title
            )?;
        }
        Ok(())
    })?;
    printer.say("`standfast assess --controls CONTROL` shows a control's findings, `--format` writes all of them");
    Ok(())
}

/// Says how the assessment went, and what that means for the exit code.
pub(crate) fn told(content: &Content, assessment: &Assessment, fail_on: Option<Severity>, printer: &Printer) -> Exit {
    let mut totals = AccountCounts::default();
    let mut failed_controls = 0;
    let mut worst: Option<Severity> = None;
    for result in &assessment.controls {
        let counts = result.totals();
        if counts.fail > 0 {
            failed_controls += 1;
            let severity = content.controls.get(&result.control_id).map(|control| control.severity);
            worst = worst.into_iter().chain(severity).min();
        }
        totals.merge(&counts);
    }
    printer.say(format!(
        "{} over snapshot {}: {} pass, {} fail ({}), {} under exception, {} not applicable, {} unknown",
        count(assessment.controls.len() as u64, "control"),
        assessment.snapshot.run_id,
        totals.pass,
        totals.fail,
        count(failed_controls, "control"),
        totals.excepted,
        totals.not_applicable,
        totals.unknown
    ));
    if fail_on.is_some_and(|limit| worst.is_some_and(|worst| worst <= limit)) {
        return Exit::Findings;
    }
    if assessment.coverage.complete_units < assessment.coverage.units {
        return Exit::CoverageIncomplete;
    }
    Exit::Done
}

/// What a control found, counted: what there is none of is left away.
fn sums(totals: &AccountCounts) -> String {
    let parts: Vec<String> = [
        (totals.fail, "fail"),
        (totals.unknown, "unknown"),
        (totals.excepted, "under exception"),
        (totals.pass, "pass"),
        (totals.not_applicable, "not applicable"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| format!("{count} {word}"))
    .collect();
    match (totals.total(), totals.fail) {
        (0, _) => "nothing to judge".to_owned(),
        (_, 0) => format!("nothing fails; {}", parts.join(", ")),
        _ => parts.join(", "),
    }
}

/// One requirement of a framework and how it stands.
#[derive(Debug, Serialize)]
struct RequirementStatus<'a> {
    requirement: &'a str,
    subject: &'a str,
    status: &'static str,
    pass: u64,
    fail: u64,
    excepted: u64,
    not_applicable: u64,
    unknown: u64,
    controls: &'a [String],
}

#[derive(Debug, Serialize)]
struct FrameworkStatus<'a> {
    version: u32,
    framework: &'a str,
    name: &'a str,
    snapshot: &'a str,
    requirements: Vec<RequirementStatus<'a>>,
}

fn by_requirement(
    framework: &Framework,
    assessment: &Assessment,
    format: Format,
    printer: &Printer,
) -> Result<(), Failure> {
    let requirements: Vec<RequirementStatus<'_>> = framework
        .requirements
        .iter()
        .map(|requirement| {
            let mut counts = AccountCounts::default();
            for result in requirement.controls.iter().filter_map(|id| assessment.control(id)) {
                counts.merge(&result.totals());
            }
            RequirementStatus {
                requirement: &requirement.id,
                subject: &requirement.subject,
                status: match counts {
                    _ if requirement.controls.is_empty() && requirement.manual => "manual",
                    _ if requirement.controls.is_empty() => "no control",
                    AccountCounts { fail: 1.., .. } => "fail",
                    AccountCounts { unknown: 1.., .. } => "unknown",
                    AccountCounts {
                        pass: 0, excepted: 0, ..
                    } => "not applicable",
                    _ => "pass",
                },
                pass: counts.pass,
                fail: counts.fail,
                excepted: counts.excepted,
                not_applicable: counts.not_applicable,
                unknown: counts.unknown,
                controls: &requirement.controls,
            }
        })
        .collect();
    if format == Format::Json {
        return printer.json(&FrameworkStatus {
            version: 1,
            framework: &framework.id,
            name: &framework.name,
            snapshot: &assessment.snapshot.run_id,
            requirements,
        });
    }
    printer.data(|out| {
        if format == Format::Csv {
            writeln!(
                out,
                "requirement,subject,status,pass,fail,excepted,not_applicable,unknown,controls"
            )?;
            for row in &requirements {
                writeln!(
                    out,
                    "{},\"{}\",{},{},{},{},{},{},{}",
                    row.requirement,
                    row.subject.replace('"', "\"\""),
                    row.status,
                    row.pass,
                    row.fail,
                    row.excepted,
                    row.not_applicable,
                    row.unknown,
                    row.controls.join(" ")
                )?;
            }
            return Ok(());
        }
        let width = requirements.iter().map(|row| row.requirement.len()).max().unwrap_or(0);
        writeln!(out, "{} {}", framework.name, framework.version)?;
        for row in &requirements {
            let counts = if row.controls.is_empty() {
                String::new()
            } else {
                format!("{} pass, {} fail, {} unknown", row.pass, row.fail, row.unknown)
            };
            let line = format!(
                "  {:width$}  {:14}  {:44}  {counts}",
                row.requirement, row.status, row.subject
            );
            writeln!(out, "{}", line.trim_end())?;
        }
        let count = |status: &str| requirements.iter().filter(|row| row.status == status).count();
        writeln!(
            out,
            "{} requirements: {} pass, {} fail, {} unknown, {} not applicable, {} by hand, {} that no control covers",
            requirements.len(),
            count("pass"),
            count("fail"),
            count("unknown"),
            count("not applicable"),
            count("manual"),
            count("no control")
        )?;
        Ok(())
    })
}
