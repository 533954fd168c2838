//! `standfast controls` and `standfast frameworks`.

use serde_json::json;
use standfast_content::{Content, Control};

use crate::cli::{Controls, Plain};
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;

pub(crate) fn run(project: Option<&Project>, arguments: &Controls, printer: &Printer) -> Result<Exit, Failure> {
    let content = content(project)?;
    match &arguments.control {
        Some(id) => {
            let control = content.controls.get(id).ok_or_else(|| {
                Failure::usage(format!("there is no control `{id}`")).hint("`standfast controls` lists them")
            })?;
            one(&content, control, arguments.format, printer)?;
        }
        None if arguments.format == Plain::Json => {
            printer.json(
                &content
                    .controls
                    .values()
                    .map(|control| described(&content, control))
                    .collect::<Vec<_>>(),
            )?;
        }
        None => printer.data(|out| {
            let width = content.controls.keys().map(String::len).max().unwrap_or(0);
            for control in content.controls.values() {
                writeln!(out, "{:width$}  {:13}  {}", control.id, control.severity, control.title)?;
            }
            Ok(())
        })?,
    }
    Ok(Exit::Done)
}

pub(crate) fn frameworks(project: Option<&Project>, printer: &Printer) -> Result<Exit, Failure> {
    let content = content(project)?;
    printer.data(|out| {
        for framework in content.frameworks.values() {
            let covered = framework
                .requirements
                .iter()
                .filter(|requirement| !requirement.controls.is_empty())
                .count();
            writeln!(
                out,
                "{:12}  {} {}: {covered} of {} requirements covered",
                framework.id,
                framework.name,
                framework.version,
                framework.requirements.len()
            )?;
        }
        Ok(())
    })?;
    Ok(Exit::Done)
}

fn content(project: Option<&Project>) -> Result<Content, Failure> {
    Ok(Content::load(project.map(Project::folder))?)
}

fn one(content: &Content, control: &Control, format: Plain, printer: &Printer) -> Result<(), Failure> {
    if format == Plain::Json {
        return printer.json(&described(content, control));
    }
    printer.data(|out| {
        writeln!(
            out,
            "{}\n{} · {} · {}\n",
            control.title,
            control.id,
            control.severity,
            control.domain.title()
        )?;
        writeln!(
            out,
            "why     {}\nlimits  {}\nfix     {}",
            control.why, control.limits, control.fix
        )?;
        for (framework, ids) in content.requirements_of(&control.id) {
            writeln!(out, "{framework:7} {}", ids.join(", "))?;
        }
        for page in &control.refs {
            writeln!(out, "see     {page}")?;
        }
        for view in content.views_of(control) {
            writeln!(out, "\n-- {}: {}\n{}", view.name, view.about, view.sql.trim())?;
        }
        writeln!(out, "\n{}", control.sql.trim())?;
        Ok(())
    })
}

fn described(content: &Content, control: &Control) -> serde_json::Value {
    json!({
        "id": control.id, "title": control.title, "severity": control.severity, "domain": control.domain,
        "scope": control.scope.as_str(), "subject": control.subject, "when_empty": control.when_empty, "why": control.why,
        "limits": control.limits, "fix": control.fix, "owner": control.owner, "size": control.size, "after": control.after,
        "refs": control.refs, "frameworks": content.requirements_of(&control.id), "sql": control.sql,
        "views": content.views_of(control).map(|view| (&view.name, &view.sql)).collect::<std::collections::BTreeMap<_, _>>(),
    })
}
