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
    let criterion = &arguments.criterion;
    let mut chosen: Vec<_> = needs
        .iter()
        .filter(|need| match &arguments.need {
            // A criterion may ask for an artifact and its deployment by one name: the kind before it tells them apart.
            Some(name) => need.name == name || format!("{} {}", need.kind, need.name) == *name,
            None => need.kind == EvidenceKind::Attestation,
        })
        .collect();
    if chosen.is_empty() && arguments.need.is_none() {
        chosen = needs.iter().collect();
    }
    let [need] = chosen.as_slice() else {
        if needs.is_empty() {
            return Err(Failure::usage(format!(
                "criterion {criterion} is shown by controls or by other criteria, not by a person's word"
            )));
        }
        let names: Vec<String> = needs
            .iter()
            .map(|need| format!("`{} {}`", need.kind, need.name))
            .collect();
        return Err(
            Failure::usage(format!("criterion {criterion} asks for {}", names.join(", ")))
                .hint("name one of them: `--for NAME`, or `--for \"KIND NAME\"` where two have the same name"),
        );
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
    let record = project.sound_store()?.attest(&attestation)?;
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
