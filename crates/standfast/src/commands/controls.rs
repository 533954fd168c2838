//! `standfast controls` and `standfast frameworks`.

use std::collections::BTreeMap;

use serde_json::json;
use standfast_content::{Content, Control, Framework};

use crate::cli::{Controls, Plain};
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;

pub(crate) fn run(project: Option<&Project>, arguments: &Controls, printer: &Printer) -> Result<Exit, Failure> {
    let content = content(project)?;
    let chosen: Vec<&Control> = match &arguments.control {
        Some(id) => vec![content.controls.get(id).ok_or_else(|| {
            Failure::usage(format!("there is no control `{id}`")).hint("`standfast controls` lists them")
        })?],
        None => content.controls.values().collect(),
    };
    match (arguments.format, arguments.control.is_some(), chosen.as_slice()) {
        (Plain::Json, _, _) => {
            let controls: Vec<_> = chosen.iter().map(|control| described(&content, control)).collect();
            printer.document(&json!({ "controls": controls }))?;
        }
        (Plain::Table, true, [control]) => one(&content, control, printer)?,
        (Plain::Table, ..) => printer.data(|out| {
            let width = content.controls.keys().map(String::len).max().unwrap_or(0);
            for control in &chosen {
                writeln!(out, "{:width$}  {:13}  {}", control.id, control.severity, control.title)?;
            }
            Ok(())
        })?,
    }
    Ok(Exit::Done)
}

pub(crate) fn frameworks(project: Option<&Project>, format: Plain, printer: &Printer) -> Result<Exit, Failure> {
    let content = content(project)?;
    let covered = |framework: &Framework| {
        framework
            .requirements
            .iter()
            .filter(|requirement| !requirement.controls.is_empty())
            .count()
    };
    match format {
        Plain::Json => {
            let frameworks: Vec<_> = content
                .frameworks
                .values()
                .map(|framework| {
                    json!({
                        "id": framework.id, "name": framework.name, "version": framework.version,
                        "covered": covered(framework), "requirements": framework.requirements.len(),
                    })
                })
                .collect();
            printer.document(&json!({ "frameworks": frameworks }))?;
        }
        Plain::Table => printer.data(|out| {
            let width = content.frameworks.keys().map(String::len).max().unwrap_or(0);
            for framework in content.frameworks.values() {
                writeln!(
                    out,
                    "{:width$}  {} {}: {} of {} requirements covered",
                    framework.id,
                    framework.name,
                    framework.version,
                    covered(framework),
                    framework.requirements.len()
                )?;
            }
            Ok(())
        })?,
    }
    Ok(Exit::Done)
}

fn content(project: Option<&Project>) -> Result<Content, Failure> {
    Ok(Content::load(project.map(Project::folder))?)
}

fn one(content: &Content, control: &Control, printer: &Printer) -> Result<(), Failure> {
    let mut rows: Vec<(String, String)> = vec![("why".to_owned(), control.why.clone())];
    if !control.limits.is_empty() {
        rows.push(("limits".to_owned(), control.limits.clone()));
    }
    rows.push(("fix".to_owned(), control.fix.clone()));
    let asked = content.requirements_of(&control.id).into_iter();
    rows.extend(asked.map(|(framework, ids)| (framework, ids.join(", "))));
    rows.extend(control.refs.iter().map(|page| ("see".to_owned(), page.clone())));
    let width = rows.iter().map(|(word, _)| word.len()).max().unwrap_or(0);
    printer.data(|out| {
        writeln!(
            out,
            "{}\n{} · {} · {}\n",
            control.title,
            control.id,
            control.severity,
            control.domain.title()
        )?;
        for (word, text) in &rows {
            writeln!(out, "{word:width$}  {text}")?;
        }
        for view in content.views_of(control) {
            writeln!(out, "\n-- {}: {}\n{}", view.name, view.about, view.sql.trim())?;
        }
        writeln!(out, "\n{}", control.sql.trim())?;
        Ok(())
    })
}

fn described(content: &Content, control: &Control) -> serde_json::Value {
    let frameworks: BTreeMap<String, Vec<String>> = content.requirements_of(&control.id).into_iter().collect();
    json!({
        "id": control.id, "title": control.title, "severity": control.severity, "domain": control.domain,
        "scope": control.scope.as_str(), "subject": control.subject, "when_empty": control.when_empty, "why": control.why,
        "limits": control.limits, "fix": control.fix, "owner": control.owner, "size": control.size, "after": control.after,
        "refs": control.refs, "frameworks": frameworks, "sql": control.sql,
        "views": content.views_of(control).map(|view| (&view.name, &view.sql)).collect::<std::collections::BTreeMap<_, _>>(),
    })
}
