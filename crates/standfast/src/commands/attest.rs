//! `standfast attest`.

use jiff::Timestamp;
use standfast_model::{EvidenceKind, last_day};
use standfast_state::{Attestation, Proof};

use crate::cli::Attest;
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;

pub(crate) fn run(project: &Project, arguments: Attest, printer: &Printer, now: Timestamp) -> Result<Exit, Failure> {
    let content = project.content()?;
    let program = project.program(&content)?;
    let placed = program.criterion(&arguments.criterion).ok_or_else(|| {
        Failure::usage(format!("the program has no criterion `{}`", arguments.criterion))
            .hint("`standfast status --depth criteria` lists them")
    })?;
    let needs: Vec<_> = placed
        .criterion
        .satisfied_by
        .needs()
        .filter(|need| need.kind != EvidenceKind::Control)
        .collect();
    let chosen = match &arguments.need {
        Some(name) => needs.iter().find(|need| need.name == name),
        None => needs
            .iter()
            .find(|need| need.kind == EvidenceKind::Attestation)
            .or_else(|| (needs.len() == 1).then(|| needs.first()).flatten()),
    };
    let Some(need) = chosen else {
        let names = needs
            .iter()
            .map(|need| format!("{} ({})", need.name, need.kind))
            .collect::<Vec<_>>()
            .join(", ");
        return Err(if needs.is_empty() {
            Failure::usage(format!(
                "criterion {} is shown by controls or by other criteria, not by a person's word",
                arguments.criterion
            ))
        } else {
            Failure::usage(format!("criterion {} asks for {names}", arguments.criterion))
                .hint("name one of them with `--for NAME`")
        });
    };
    let proof =
        Proof::given(&arguments.evidence, project.folder()).map_err(|error| Failure::usage(error.to_string()))?;
    let attestation = Attestation {
        criterion: arguments.criterion.clone(),
        kind: need.kind,
        name: need.name.to_owned(),
        by: arguments.by,
        proof,
        note: arguments.note,
        at: now,
        valid_until: arguments.valid_until,
    };
    let record = project.store()?.attest(&attestation)?;
    let until = arguments
        .valid_until
        .map(|until| format!(", valid until {}", last_day(until)))
        .unwrap_or_default();
    printer.say(format!(
        "recorded as {}: {} {} for criterion {}{until}",
        record.seq, need.kind, need.name, arguments.criterion
    ));
    Ok(Exit::Done)
}
