//! Records as lines of JSON.

use std::io::{BufRead, Write};

use serde::Deserialize;
use serde_json::Value;

use crate::chain::{Fault, FaultKind};
use crate::error::{StateError, VerifyError};
use crate::record::{Record, canonical};

/// The fields of a line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    seq: u64,
    at: String,
    by: String,
    kind: String,
    subject: String,
    body: Value,
    previous: String,
    hash: String,
}

/// Writes records as lines of JSON.
pub fn write_lines(records: &[Record], out: &mut impl Write) -> std::io::Result<()> {
    for record in records {
        writeln!(out, "{}", record.to_line())?;
    }
    Ok(())
}

/// Reads the records of an export. Each line must be written exactly as the record would be; the chain is left to
/// [`crate::check_chain`].
pub fn read_lines(input: impl BufRead) -> Result<Vec<Record>, VerifyError> {
    let mut records = Vec::new();
    for (number, line) in (1u64..).zip(input.lines()) {
        let line = line.map_err(|source| StateError::Line {
            line: number,
            source: serde_json::Error::io(source),
        })?;
        let parsed: Line = serde_json::from_str(&line).map_err(|source| StateError::Line { line: number, source })?;
        let record = Record {
            seq: parsed.seq,
            kind: parsed.kind,
            subject: parsed.subject,
            body: canonical(&parsed.body)?,
            at: parsed.at,
            by: parsed.by,
            previous: parsed.previous,
            hash: parsed.hash,
        };
        if record.to_line() != line {
            return Err(Fault::at(number, FaultKind::Line).into());
        }
        records.push(record);
    }
    Ok(records)
}
