//! `standfast evidence`.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use standfast_model::last_day;
use standfast_report::count;
use standfast_state::VerifyError;

use crate::cli::{Evidence, Plain};
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;

pub(crate) fn run(project: &Project, command: Evidence, printer: &Printer, now: Timestamp) -> Result<Exit, Failure> {
    match command {
        Evidence::Verify => {
            let mut store = project.store()?;
            let verified = store.verify().map_err(|error| {
                let is_fault = matches!(error, VerifyError::Fault(_));
                let failure = Failure::failed(error);
                if is_fault {
                    failure.hint(
                        "the store was not written by standfast alone; compare it with `.standfast/state.jsonl` in git",
                    )
                } else {
                    failure
                }
            })?;
            printer.data(|out| {
                Ok(writeln!(
                    out,
                    "{}, every one as it was written; the chain ends in {}",
                    count(verified.count, "record"),
                    verified.hash
                )?)
            })?;
        }
        Evidence::List { format } => {
            let filed = project.sound_store()?.attestations()?;
            match format {
                Plain::Json => {
                    let attestations: Vec<_> = filed
                        .iter()
                        .map(|filed| serde_json::json!({"record": filed.seq, "attestation": filed.attestation}))
                        .collect();
                    printer.document(&serde_json::json!({ "attestations": attestations }))?;
                }
                Plain::Table => printer.data(|out| {
                    let day = |moment: Timestamp| moment.to_zoned(TimeZone::UTC).date();
                    for filed in &filed {
                        let attestation = &filed.attestation;
                        let until = match attestation.valid_until {
                            Some(until) if until <= now => format!(", expired: {} was its last day", last_day(until)),
                            Some(until) => format!(", valid until {}", last_day(until)),
                            None => String::new(),
                        };
                        writeln!(
                            out,
                            "{:>4}  {:8}  {} {} by {} on {}{until}: {}",
                            filed.seq,
                            attestation.criterion,
                            attestation.kind,
                            attestation.name,
                            attestation.by,
                            day(attestation.at),
                            attestation.proof
                        )?;
                    }
                    Ok(())
                })?,
            }
        }
        Evidence::Withdraw { record, by, reason } => {
            let taken_back = project.sound_store()?.withdraw(record, &by, &reason, now)?;
            printer.say(format!("record {record} no longer counts; {} says so", taken_back.seq));
        }
        Evidence::Export => {
            let path = project.sound_store()?.export()?;
            printer.say(format!("wrote {}", path.display()));
        }
    }
    Ok(Exit::Done)
}
