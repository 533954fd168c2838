//! What a program must be beyond its form: ids that follow their places, references with targets, nothing that waits for
//! itself, nothing that could never be met.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;

use super::letters;
use super::parse::{RawCriterion, RawProgram, RawTask, VERSION};

/// A broken rule and where it is broken.
pub(super) struct Broken {
    pub(super) range: Range<usize>,
    pub(super) problem: String,
    pub(super) expected: Option<String>,
}

fn broken<T>(at: &Spanned<T>, problem: String, expected: impl Into<String>) -> Broken {
    Broken {
        range: at.span(),
        problem,
        expected: Some(expected.into()),
    }
}

/// The first broken rule of a program, in the order of the rules below.
pub(super) fn check(program: &RawProgram, known_controls: Option<&BTreeSet<&str>>) -> Result<(), Broken> {
    if *program.version.get_ref() != VERSION {
        return Err(broken(
            &program.version,
            format!(
                "program file of version {}, which this program does not read",
                program.version.get_ref()
            ),
            format!("expected version = {VERSION}"),
        ));
    }
    kebab(&program.id)?;
    let services = services(program)?;
    let mut criteria = BTreeMap::new();
    let mut subtasks = BTreeMap::new();
    for (index, task) in program.tasks.iter().enumerate() {
        if usize::from(*task.number.get_ref()) != index + 1 {
            return Err(broken(
                &task.number,
                format!("task {} stands in place {}", task.number.get_ref(), index + 1),
                format!("expected number = {}", index + 1),
            ));
        }
        task_ids(task, &services, known_controls, &mut criteria, &mut subtasks)?;
    }
    targets(&criteria, &subtasks)?;
    no_cycle(&criteria, "criterion", |criterion| {
        criterion
            .satisfied_by
            .criteria
            .iter()
            .chain(criterion.parts.iter().map(|part| &part.id))
            .collect()
    })?;
    no_cycle(&subtasks, "subtask", |after| after.iter().collect())
}

fn kebab(word: &Spanned<String>) -> Result<(), Broken> {
    let text = word.get_ref();
    let plain = text
        .chars()
        .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-');
    if plain && !text.is_empty() && !text.starts_with('-') && !text.ends_with('-') {
        return Ok(());
    }
    Err(broken(
        word,
        format!("`{text}` is not a name"),
        "expected lowercase letters, digits and hyphens, such as `encryption-at-rest`",
    ))
}

fn unique<'a>(words: impl Iterator<Item = &'a Spanned<String>>, noun: &str) -> Result<BTreeSet<&'a str>, Broken> {
    let mut seen = BTreeSet::new();
    for word in words {
        if !seen.insert(word.get_ref().as_str()) {
            return Err(broken(
                word,
                format!("{noun} `{}` is named twice", word.get_ref()),
                "expected each once",
            ));
        }
    }
    Ok(seen)
}

fn services(program: &RawProgram) -> Result<BTreeSet<&str>, Broken> {
    for service in &program.services {
        kebab(&service.id)?;
    }
    unique(program.services.iter().map(|service| &service.id), "service")
}

fn known_services(named: &[Spanned<String>], services: &BTreeSet<&str>) -> Result<(), Broken> {
    unique(named.iter(), "service")?;
    match named
        .iter()
        .find(|service| !services.contains(service.get_ref().as_str()))
    {
        Some(service) => Err(broken(
            service,
            format!("no service `{}`", service.get_ref()),
            "expected the id of a `[[service]]` of this file",
        )),
        None => Ok(()),
    }
}

fn in_place(id: &Spanned<String>, expected: &str) -> Result<(), Broken> {
    if id.get_ref() == expected {
        return Ok(());
    }
    Err(broken(
        id,
        format!("id `{}` does not follow its place", id.get_ref()),
        format!("expected `{expected}`"),
    ))
}

type Criteria<'a> = BTreeMap<&'a str, (&'a Spanned<String>, &'a RawCriterion)>;
type Subtasks<'a> = BTreeMap<&'a str, (&'a Spanned<String>, &'a Vec<Spanned<String>>)>;

fn task_ids<'a>(
    task: &'a RawTask,
    services: &BTreeSet<&str>,
    known_controls: Option<&BTreeSet<&str>>,
    criteria: &mut Criteria<'a>,
    subtasks: &mut Subtasks<'a>,
) -> Result<(), Broken> {
    known_services(&task.services, services)?;
    let number = task.number.get_ref().to_string();
    criterion_ids(&number, &task.criteria, known_controls, criteria)?;
    for (index, subtask) in task.subtasks.iter().enumerate() {
        in_place(&subtask.id, &format!("{number}.{}", index + 1))?;
        known_services(&subtask.services, services)?;
        if subtask.criteria.is_empty() {
            return Err(broken(
                &subtask.id,
                format!("subtask `{}` has no criterion", subtask.id.get_ref()),
                "expected at least one `[[task.subtask.criterion]]`",
            ));
        }
        unique(subtask.after.iter(), "subtask")?;
        subtasks.insert(subtask.id.get_ref(), (&subtask.id, &subtask.after));
        criterion_ids(subtask.id.get_ref(), &subtask.criteria, known_controls, criteria)?;
    }
    Ok(())
}

fn criterion_ids<'a>(
    parent: &str,
    list: &'a [RawCriterion],
    known_controls: Option<&BTreeSet<&str>>,
    criteria: &mut Criteria<'a>,
) -> Result<(), Broken> {
    for (index, criterion) in list.iter().enumerate() {
        in_place(&criterion.id, &format!("{parent}.{}", letters(index)))?;
        satisfiable(criterion, known_controls)?;
        criteria.insert(criterion.id.get_ref(), (&criterion.id, criterion));
        for (index, part) in criterion.parts.iter().enumerate() {
            in_place(&part.id, &format!("{}.{}", criterion.id.get_ref(), letters(index)))?;
            if let Some(deeper) = part.parts.first() {
                return Err(broken(
                    &deeper.id,
                    "a part has parts of its own".to_owned(),
                    "expected one level of lettered parts",
                ));
            }
            satisfiable(part, known_controls)?;
            criteria.insert(part.id.get_ref(), (&part.id, part));
        }
    }
    Ok(())
}

fn satisfiable(criterion: &RawCriterion, known_controls: Option<&BTreeSet<&str>>) -> Result<(), Broken> {
    let by = &criterion.satisfied_by;
    let lists = [
        (&by.controls, "control"),
        (&by.artifacts, "artifact"),
        (&by.documents, "document"),
        (&by.deployments, "deployment"),
        (&by.rehearsals, "rehearsal"),
    ];
    let mut anything = !by.criteria.is_empty() || !criterion.parts.is_empty();
    for (list, noun) in lists {
        unique(list.iter(), noun)?;
        list.iter().try_for_each(kebab)?;
        anything |= !list.is_empty();
    }
    unique(by.criteria.iter(), "criterion")?;
    if let Some(attestation) = &by.attestation {
        kebab(attestation)?;
        anything = true;
    }
    if !anything {
        return Err(broken(
            &criterion.id,
            format!("nothing can satisfy criterion `{}`", criterion.id.get_ref()),
            "expected `satisfied_by` with controls, artifacts, documents, deployments, rehearsals, an attestation or criteria, or parts",
        ));
    }
    let unknown = known_controls.and_then(|known| {
        by.controls
            .iter()
            .find(|control| !known.contains(control.get_ref().as_str()))
    });
    match unknown {
        Some(control) => Err(broken(
            control,
            format!("no control `{}`", control.get_ref()),
            "expected the id of a control; `standfast controls` lists them",
        )),
        None => Ok(()),
    }
}

fn targets(criteria: &Criteria<'_>, subtasks: &Subtasks<'_>) -> Result<(), Broken> {
    for (_, criterion) in criteria.values() {
        for other in &criterion.satisfied_by.criteria {
            if !criteria.contains_key(other.get_ref().as_str()) {
                return Err(broken(
                    other,
                    format!("no criterion `{}`", other.get_ref()),
                    "expected the id of a criterion of this file, such as `1.5.a`",
                ));
            }
        }
    }
    for (_, after) in subtasks.values() {
        for other in *after {
            if !subtasks.contains_key(other.get_ref().as_str()) {
                return Err(broken(
                    other,
                    format!("no subtask `{}`", other.get_ref()),
                    "expected the id of a subtask of this file, such as `1.5`",
                ));
            }
        }
    }
    Ok(())
}

/// Follows the edges from every node; a node met again on its own path waits for itself.
fn no_cycle<'a, T>(
    nodes: &BTreeMap<&'a str, (&'a Spanned<String>, &'a T)>,
    noun: &str,
    edges: impl Fn(&'a T) -> Vec<&'a Spanned<String>>,
) -> Result<(), Broken> {
    let mut finished: BTreeSet<&str> = BTreeSet::new();
    for start in nodes.keys() {
        // A node is left when it comes up for the second time: everything below it has been walked by then.
        let mut path: Vec<&str> = Vec::new();
        let mut pending: Vec<&str> = vec![start];
        while let Some(node) = pending.last().copied() {
            if finished.contains(node) {
                pending.pop();
                continue;
            }
            if path.last() == Some(&node) {
                path.pop();
                pending.pop();
                finished.insert(node);
                continue;
            }
            let Some((id, value)) = nodes.get(node) else {
                pending.pop();
                continue;
            };
            if path.contains(&node) {
                let round = path
                    .iter()
                    .skip_while(|step| **step != node)
                    .chain(std::iter::once(&node))
                    .copied()
                    .collect::<Vec<_>>()
                    .join(" → ");
                return Err(broken(
                    id,
                    format!("{noun} `{node}` waits for itself: {round}"),
                    "expected an order without a cycle",
                ));
            }
            path.push(node);
            let next = edges(value);
            if let Some(own) = next.iter().find(|next| next.get_ref() == node) {
                return Err(broken(
                    own,
                    format!("{noun} `{node}` waits for itself"),
                    "expected an order without a cycle",
                ));
            }
            pending.extend(next.into_iter().map(|next| next.get_ref().as_str()));
        }
    }
    Ok(())
}
