//! A program as a program file.

use std::fmt::Write;

use super::{Criterion, Program, SatisfiedBy, parse::VERSION};

/// Strings over this many bytes in one list stand one to a line.
const WIDE: usize = 90;

impl Program {
    /// The program in the TOML form that [`Program::parse`] reads.
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        // Writing to a String cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "version = {VERSION}")?;
        text(out, "id", &self.id)?;
        text(out, "title", &self.title)?;
        for service in &self.services {
            out.write_str("\n[[service]]\n")?;
            text(out, "id", &service.id)?;
            text(out, "name", &service.name)?;
            list(out, "spellings", &service.spellings)?;
            if !service.tables.is_empty() {
                out.write_str("tables = [\n")?;
                for table in &service.tables {
                    writeln!(
                        out,
                        "  {{ table = {}, one = {}, many = {} }},",
                        quoted(&table.table),
                        quoted(&table.one),
                        quoted(&table.many)
                    )?;
                }
                out.write_str("]\n")?;
            }
        }
        for task in &self.tasks {
            out.write_str("\n[[task]]\n")?;
            writeln!(out, "number = {}", task.number)?;
            text(out, "domain", task.domain.as_str())?;
            text(out, "title", &task.title)?;
            text(out, "summary", &task.summary)?;
            list(out, "services", &task.services)?;
            for one in &task.criteria {
                criterion(out, "task.criterion", one)?;
            }
            for subtask in &task.subtasks {
                out.write_str("\n[[task.subtask]]\n")?;
                text(out, "id", &subtask.id)?;
                text(out, "title", &subtask.title)?;
                text(out, "kind", subtask.kind.as_str())?;
                text(out, "owner", subtask.owner.as_str())?;
                list(out, "services", &subtask.services)?;
                list(out, "after", &subtask.after)?;
                text(out, "summary", &subtask.summary)?;
                out.write_str("[task.subtask.readiness]\n")?;
                text(out, "state", &subtask.readiness.state)?;
                text(out, "policy", &subtask.readiness.policy)?;
                text(out, "process", &subtask.readiness.process)?;
                text(out, "tools", &subtask.readiness.tools)?;
                text(out, "people", &subtask.readiness.people)?;
                for one in &subtask.criteria {
                    criterion(out, "task.subtask.criterion", one)?;
                }
            }
        }
        Ok(())
    }
}

fn criterion(out: &mut String, path: &str, criterion: &Criterion) -> std::fmt::Result {
    writeln!(out, "\n[[{path}]]")?;
    text(out, "id", &criterion.id)?;
    text(out, "text", &criterion.text)?;
    if let Some(aspect) = criterion.aspect {
        text(out, "aspect", aspect.as_str())?;
    }
    satisfied_by(out, path, &criterion.satisfied_by)?;
    for part in &criterion.parts {
        self::criterion(out, &format!("{path}.part"), part)?;
    }
    Ok(())
}

fn satisfied_by(out: &mut String, path: &str, by: &SatisfiedBy) -> std::fmt::Result {
    if by == &SatisfiedBy::default() {
        return Ok(());
    }
    writeln!(out, "[{path}.satisfied_by]")?;
    list(out, "controls", &by.controls)?;
    list(out, "documents", &by.documents)?;
    list(out, "artifacts", &by.artifacts)?;
    list(out, "deployments", &by.deployments)?;
    list(out, "rehearsals", &by.rehearsals)?;
    if let Some(attestation) = &by.attestation {
        text(out, "attestation", attestation)?;
    }
    list(out, "criteria", &by.criteria)?;
    if by.any {
        out.write_str("any = true\n")?;
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn text(out: &mut String, key: &str, text: &str) -> std::fmt::Result {
    writeln!(out, "{key} = {}", quoted(text))
}

fn list(out: &mut String, key: &str, words: &[String]) -> std::fmt::Result {
    if words.is_empty() {
        return Ok(());
    }
    let quoted: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    if quoted.iter().map(String::len).sum::<usize>() > WIDE {
        writeln!(out, "{key} = [\n  {},\n]", quoted.join(",\n  "))
    } else {
        writeln!(out, "{key} = [{}]", quoted.join(", "))
    }
}
