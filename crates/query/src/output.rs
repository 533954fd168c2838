//! Rows of a query as text.

use std::io::Write;

use arrow::array::RecordBatch;
use arrow::json::{ArrayWriter, LineDelimitedWriter};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use arrow::util::pretty::pretty_format_batches_with_options;

use crate::Error;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputFormat {
    /// A table for people.
    Table,
    /// One JSON array.
    Json,
    /// One JSON object a row.
    Ndjson,
    /// Comma separated, with a header.
    Csv,
}

/// Writes rows.
pub fn write_batches(batches: &[RecordBatch], format: OutputFormat, out: &mut dyn Write) -> Result<(), Error> {
    let options = FormatOptions::default().with_null("");
    match format {
        OutputFormat::Table => {
            let text = pretty_format_batches_with_options(batches, &options).map_err(Error::Format)?;
            writeln!(out, "{text}").map_err(Error::Write)
        }
        OutputFormat::Json => {
            let mut writer = ArrayWriter::new(&mut *out);
            writer
                .write_batches(&batches.iter().collect::<Vec<_>>())
                .map_err(Error::Format)?;
            writer.finish().map_err(Error::Format)?;
            writeln!(out).map_err(Error::Write)
        }
        OutputFormat::Ndjson => {
            let mut writer = LineDelimitedWriter::new(&mut *out);
            writer
                .write_batches(&batches.iter().collect::<Vec<_>>())
                .map_err(Error::Format)?;
            writer.finish().map_err(Error::Format)
        }
        OutputFormat::Csv => write_csv(batches, &options, out),
    }
}

fn write_csv(batches: &[RecordBatch], options: &FormatOptions<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let quoted = |text: String| {
        // A cell that begins like a formula must not be one when a spreadsheet opens it.
        let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err() {
            format!("'{text}")
        } else {
            text
        };
        if text.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text
        }
    };
    for (index, batch) in batches.iter().enumerate() {
        if index == 0 {
            let names: Vec<String> = batch
                .schema()
                .fields()
                .iter()
                .map(|field| quoted(field.name().clone()))
                .collect();
            writeln!(out, "{}", names.join(",")).map_err(Error::Write)?;
        }
        let columns = batch
            .columns()
            .iter()
            .map(|column| ArrayFormatter::try_new(column, options))
            .collect::<Result<Vec<_>, _>>()
            .map_err(Error::Format)?;
        for row in 0..batch.num_rows() {
            let cells: Vec<String> = columns
                .iter()
                .map(|column| quoted(column.value(row).to_string()))
                .collect();
            writeln!(out, "{}", cells.join(",")).map_err(Error::Write)?;
        }
    }
    Ok(())
}
