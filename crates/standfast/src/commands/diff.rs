//! `standfast diff`.

use standfast_inventory::{Change, ChangeKind, diff, tables};

use crate::cli::{Diff, Plain};
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;

pub(crate) fn run(project: &Project, arguments: &Diff, printer: &Printer) -> Result<Exit, Failure> {
    for name in &arguments.tables {
        if tables::find(name).is_none() {
            return Err(Failure::usage(format!("there is no table `{name}`")).hint("`standfast tables` lists them"));
        }
    }
    let old = project.snapshot(Some(&arguments.old))?;
    let new = project.snapshot(Some(&arguments.new))?;
    let changes: Vec<Change> = diff(&old, &new, &arguments.tables)?;
    match arguments.format {
        Plain::Json => printer.document(&serde_json::json!({
            "old": old.manifest().run_id, "new": new.manifest().run_id, "changes": changes,
        }))?,
        Plain::Table => printer.data(|out| {
            for change in &changes {
                let mark = match change.kind {
                    ChangeKind::Appeared => '+',
                    ChangeKind::Vanished => '-',
                    ChangeKind::Changed => '~',
                };
                writeln!(
                    out,
                    "{mark} {} {} {} {}",
                    change.table,
                    change.account_id,
                    change.region,
                    change.key.join(" ")
                )?;
                for column in &change.columns {
                    writeln!(
                        out,
                        "    {}: {} -> {}",
                        column.column,
                        column.old.as_deref().unwrap_or("NULL"),
                        column.new.as_deref().unwrap_or("NULL")
                    )?;
                }
            }
            let count = |kind| changes.iter().filter(|change| change.kind == kind).count();
            writeln!(
                out,
                "{} appeared, {} vanished, {} changed",
                count(ChangeKind::Appeared),
                count(ChangeKind::Vanished),
                count(ChangeKind::Changed)
            )?;
            Ok(())
        })?,
    }
    Ok(Exit::Done)
}
