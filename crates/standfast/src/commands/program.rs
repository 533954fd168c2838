//! `standfast program`.

use std::path::{Path, PathBuf};

use standfast_content::Content;
use standfast_content::program::{Program, import};

use crate::cli::{Plain, ProgramCommand};
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::{PROGRAM, Project, read, write_whole};

pub(crate) fn run(folder: Option<&Path>, command: ProgramCommand, printer: &Printer) -> Result<Exit, Failure> {
    match command {
        ProgramCommand::Show { format } => {
            let program = match Project::find(folder) {
                Ok(project) => project.program(&project.content()?)?,
                Err(_) => shipped()?,
            };
            match format {
                Plain::Json => printer.document(&program)?,
                Plain::Table => show(&program, printer)?,
            }
        }
        ProgramCommand::Import { file, output } => {
            let output = output.map_or_else(
                || Project::find(folder).map(|project| project.folder().join(PROGRAM)),
                Ok::<PathBuf, Failure>,
            )?;
            if output.exists() {
                return Err(Failure::usage(format!("`{}` is there already", output.display())));
            }
            let program = import(&file.to_string_lossy(), &read(&file)?, &shipped()?.services)?;
            let text = program.to_toml();
            write_whole(&output, |out| Ok(out.write_all(text.as_bytes())?))?;
            let subtasks = program.subtasks().count();
            let criteria = program.criteria().count();
            printer.say(format!(
                "{} tasks, {subtasks} subtasks, {criteria} criteria: wrote {}",
                program.tasks.len(),
                output.display()
            ));
        }
    }
    Ok(Exit::Done)
}

fn shipped() -> Result<Program, Failure> {
    let content = Content::load(None)?;
    let known = content.controls.keys().map(String::as_str).collect();
    Ok(Program::parse(
        "program/security.toml",
        standfast_content::program_text(),
        Some(&known),
    )?)
}

fn show(program: &Program, printer: &Printer) -> Result<(), Failure> {
    printer.data(|out| {
        writeln!(out, "{}", program.title)?;
        for task in &program.tasks {
            writeln!(out, "\n{}  {}", task.number, task.title)?;
            for criterion in &task.criteria {
                writeln!(out, "    {:9} {}", criterion.id, criterion.text)?;
            }
            for subtask in &task.subtasks {
                writeln!(out, "  {:5} {}", subtask.id, subtask.title)?;
                for criterion in &subtask.criteria {
                    writeln!(out, "    {:9} {}", criterion.id, criterion.text)?;
                    for part in &criterion.parts {
                        writeln!(out, "      {:9} {}", part.id, part.text)?;
                    }
                }
            }
        }
        Ok(())
    })
}
