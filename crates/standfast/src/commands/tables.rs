//! `standfast tables`.

use serde_json::json;
use standfast_inventory::{FINDING_COLUMNS, FINDINGS_TABLE, Table, tables};
use standfast_query::Session;

use crate::cli::{Plain, Tables};
use crate::exit::{Exit, Failure};
use crate::printer::Printer;

/// What a row of the findings is.
const FINDING: &str = "One control's verdict on one resource, once the snapshot was assessed.";

pub(crate) fn run(arguments: &Tables, printer: &Printer) -> Result<Exit, Failure> {
    let format = arguments.format;
    if arguments.functions {
        functions(format, printer)?;
        return Ok(Exit::Done);
    }
    match arguments.table.as_deref() {
        None => all(format, printer)?,
        Some(FINDINGS_TABLE) if format == Plain::Json => printer.document(&json!({"tables": [findings()]}))?,
        Some(FINDINGS_TABLE) => printer.data(|out| {
            writeln!(out, "{FINDINGS_TABLE}: {FINDING}\n")?;
            for (name, says) in FINDING_COLUMNS {
                writeln!(out, "  {name:24} text        {says}")?;
            }
            Ok(())
        })?,
        Some(name) => {
            let table = tables::find(name).ok_or_else(|| {
                Failure::usage(format!("there is no table `{name}`")).hint("`standfast tables` lists them")
            })?;
            one(table, format, printer)?;
        }
    }
    Ok(Exit::Done)
}

fn functions(format: Plain, printer: &Printer) -> Result<(), Failure> {
    if format == Plain::Json {
        let functions: Vec<_> = Session::functions()
            .iter()
            .map(|(call, says)| json!({"call": call, "says": says}))
            .collect();
        return printer.document(&json!({ "functions": functions }));
    }
    printer.data(|out| {
        for (call, says) in Session::functions() {
            writeln!(out, "{call}\n    {says}")?;
        }
        Ok(())
    })
}

/// Every table by name; the findings, which are no table of AWS, stand among them.
fn all(format: Plain, printer: &Printer) -> Result<(), Failure> {
    let mut sorted: Vec<&Table> = tables::ALL.to_vec();
    sorted.sort_by_key(|table| table.name);
    if format == Plain::Json {
        let mut all: Vec<_> = sorted.iter().map(|table| described(table)).collect();
        all.push(findings());
        return printer.document(&json!({ "tables": all }));
    }
    printer.data(|out| {
        let width = sorted.iter().map(|table| table.name.len()).max().unwrap_or(0);
        for table in &sorted {
            writeln!(out, "{:width$}  {}", table.name, table.description())?;
        }
        writeln!(out, "{FINDINGS_TABLE:width$}  {FINDING}")?;
        Ok(())
    })
}

fn findings() -> serde_json::Value {
    let columns: Vec<_> = FINDING_COLUMNS
        .iter()
        .map(|(name, says)| json!({"name": name, "type": "text", "nullable": *name == "exception", "says": says}))
        .collect();
    json!({"name": FINDINGS_TABLE, "says": FINDING, "operation": null, "key": ["control_id", "resource"], "columns": columns})
}

fn one(table: &Table, format: Plain, printer: &Printer) -> Result<(), Failure> {
    if format == Plain::Json {
        return printer.document(&json!({"tables": [described(table)]}));
    }
    printer.data(|out| {
        writeln!(
            out,
            "{}: {}\nread by {}\n",
            table.name,
            table.description(),
            table.operation
        )?;
        let width = table.all_columns().map(|column| column.name.len()).max().unwrap_or(0);
        for column in table.all_columns() {
            let kind = if column.nullable {
                format!("{}?", column.kind.as_str())
            } else {
                column.kind.as_str().to_owned()
            };
            writeln!(out, "  {:width$}  {kind:10}  {}", column.name, column.description())?;
        }
        Ok(())
    })
}

fn described(table: &Table) -> serde_json::Value {
    let columns: Vec<_> = table
        .all_columns()
        .map(|column| json!({"name": column.name, "type": column.kind.as_str(), "nullable": column.nullable, "says": column.description()}))
        .collect();
    json!({"name": table.name, "says": table.description(), "operation": table.operation, "key": table.key, "columns": columns})
}
