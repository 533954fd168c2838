//! Programs in the Markdown form: `## Task 1: …`, `## Task 1: Subtask 2: …`, and under each of them sections
//! `#### Description`, `#### Tools` and `#### Acceptance Criteria` with bullets and lettered parts.
//!
//! Sections may come in any order and several times, tasks and subtasks in any order, bullets may be missing, spaces may be
//! doubled. What is not that form is an error with its line. The form says nothing of evidence: imported criteria get a
//! document or an attestation after their subtask's kind, to be sharpened by hand in the TOML that comes out.

use std::collections::BTreeMap;

use standfast_model::{Domain, OwnerRole};

use super::{Criterion, FileError, Program, Readiness, SatisfiedBy, Service, Subtask, SubtaskKind, Task, letters};

/// Reads a program in the Markdown form. `file` is the name that messages show; `known` are the services that tools are
/// matched with by name, so that they keep their ids and tables. Other tools become services of their own.
pub fn import(file: &str, text: &str, known: &[Service]) -> Result<Program, FileError> {
    let document = read(text).map_err(|broken| FileError::new(file, text, broken.0, broken.1, Some(broken.2)))?;
    build(document, known).map_err(|broken| FileError::new(file, text, broken.0, broken.1, Some(broken.2)))
}

type Range = std::ops::Range<usize>;
/// Place, problem, what was expected.
type Broken = (Range, String, String);

/// One item of a section: a criterion or a tool, with its lettered parts.
struct Item {
    text: String,
    parts: Vec<String>,
}

/// What stands under one heading.
#[derive(Default)]
struct Block {
    range: Range,
    title: String,
    description: Vec<String>,
    tools: Vec<String>,
    criteria: Vec<Item>,
}

#[derive(Default)]
struct Document {
    title: Option<String>,
    tasks: BTreeMap<u8, Block>,
    subtasks: BTreeMap<(u8, u8), Block>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Description,
    Tools,
    Criteria,
}

#[derive(Clone, Copy)]
enum Place {
    Task(u8),
    Subtask(u8, u8),
}

impl Document {
    fn block(&mut self, place: Option<Place>) -> Option<&mut Block> {
        match place? {
            Place::Task(task) => self.tasks.get_mut(&task),
            Place::Subtask(task, subtask) => self.subtasks.get_mut(&(task, subtask)),
        }
    }
}

fn read(text: &str) -> Result<Document, Broken> {
    let mut document = Document::default();
    let mut place = None;
    let mut section: Option<Section> = None;
    // True where the next line of a criteria section begins a criterion even without a bullet.
    let mut fresh = false;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let bare = line.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
        let range = start..start + line.trim_end().len();
        if bare.is_empty() {
            continue;
        }
        match heading(bare) {
            Some((1, title)) => {
                if place.is_some() || document.title.is_some() {
                    return Err((
                        range,
                        format!("a second title `{title}`"),
                        "expected one `# Module: …` at the top".to_owned(),
                    ));
                }
                let title = strip_word(title, "module").unwrap_or(title);
                document.title = Some(squeeze(title));
            }
            Some((2, title)) => {
                place = Some(open_block(&mut document, title, range)?);
                section = None;
            }
            Some((4, title)) if place.is_some() => {
                section = Some(open_section(title, range)?);
                fresh = true;
            }
            Some((level, title)) => {
                return Err((
                    range,
                    format!("a heading `{title}` of level {level}"),
                    "expected `## Task 1: …`, `## Task 1: Subtask 1: …`, or below them `#### Description`, `#### Tools` or `#### Acceptance Criteria`"
                        .to_owned(),
                ));
            }
            None => {
                let (Some(section), Some(block)) = (section, document.block(place)) else {
                    return Err((
                        range,
                        "text outside of a section".to_owned(),
                        "expected a heading before it, such as `#### Description`".to_owned(),
                    ));
                };
                match section {
                    Section::Description => block.description.push(squeeze(bare)),
                    Section::Tools => block.tools.push(squeeze(unbullet(bare).unwrap_or(bare))),
                    Section::Criteria => {
                        criterion_line(&mut block.criteria, bare, fresh, range)?;
                        fresh = false;
                    }
                }
            }
        }
    }
    Ok(document)
}

/// The level and the title of a heading. A single `#` needs a space after it, or it is a word of the text.
fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
    ((2..=6).contains(&level) || (level == 1 && apart)).then(|| (level, rest.trim()))
}

/// The rest of a text after a leading word and a colon.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = text.split_once(':')?;
    head.trim().eq_ignore_ascii_case(word).then(|| rest.trim())
}

/// `Task 1: Title` gives 1 and the title.
fn numbered<'a>(text: &'a str, word: &str) -> Option<(u8, &'a str)> {
    let (head, title) = text.split_once(':')?;
    let (noun, number) = head.trim().split_once(char::is_whitespace)?;
    if !noun.eq_ignore_ascii_case(word) {
        return None;
    }
    Some((number.trim().parse().ok()?, title.trim()))
}

fn open_block(document: &mut Document, title: &str, range: Range) -> Result<Place, Broken> {
    let Some((task, rest)) = numbered(title, "task") else {
        return Err((
            range,
            format!("a heading `{title}` that names no task"),
            "expected `## Task 1: Title` or `## Task 1: Subtask 1: Title`".to_owned(),
        ));
    };
    let subtask = numbered(rest, "subtask");
    if subtask.is_none() && rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("subtask")) {
        return Err((
            range,
            format!("a subtask `{rest}` without number or title"),
            "expected `## Task 1: Subtask 1: Title`".to_owned(),
        ));
    }
    let (place, title) = match subtask {
        Some((subtask, title)) => (Place::Subtask(task, subtask), title),
        None => (Place::Task(task), rest),
    };
    if title.is_empty() {
        return Err((
            range,
            "a heading without a title".to_owned(),
            "expected a title after the colon".to_owned(),
        ));
    }
    let block = Block {
        range: range.clone(),
        title: squeeze(title),
        ..Block::default()
    };
    let (before, name) = match place {
        Place::Task(task) => (document.tasks.insert(task, block), format!("task {task}")),
        Place::Subtask(task, subtask) => (
            document.subtasks.insert((task, subtask), block),
            format!("subtask {task}.{subtask}"),
        ),
    };
    if before.is_some() {
        return Err((
            range,
            format!("a second {name}"),
            "expected each number once".to_owned(),
        ));
    }
    Ok(place)
}

fn open_section(title: &str, range: Range) -> Result<Section, Broken> {
    match squeeze(title).trim_end_matches(':').to_ascii_lowercase().as_str() {
        "description" => Ok(Section::Description),
        "tools" | "tool" => Ok(Section::Tools),
        "acceptance criteria" | "acceptance criterion" => Ok(Section::Criteria),
        _ => Err((
            range,
            format!("a section `{title}`"),
            "expected `#### Description`, `#### Tools` or `#### Acceptance Criteria`".to_owned(),
        )),
    }
}

fn criterion_line(criteria: &mut Vec<Item>, line: &str, fresh: bool, range: Range) -> Result<(), Broken> {
    if let Some((letter, text)) = lettered(line) {
        let Some(item) = criteria.last_mut().filter(|_| !fresh) else {
            return Err((
                range,
                format!("a part `{letter})` without a criterion"),
                "expected a criterion before its lettered parts".to_owned(),
            ));
        };
        let expected = letters(item.parts.len());
        if letter != expected {
            return Err((
                range,
                format!("a part `{letter})` out of order"),
                format!("expected `{expected})`"),
            ));
        }
        item.parts.push(squeeze(text));
        return Ok(());
    }
    let bullet = unbullet(line);
    let text = squeeze(bullet.unwrap_or(line));
    match criteria.last_mut() {
        Some(item) if bullet.is_none() && !fresh => {
            let last = item.parts.last_mut().unwrap_or(&mut item.text);
            last.push(' ');
            last.push_str(&text);
        }
        _ => criteria.push(Item {
            text,
            parts: Vec::new(),
        }),
    }
    Ok(())
}

fn unbullet(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('•').or_else(|| {
        line.strip_prefix(['-', '*', '+'])
            .filter(|rest| rest.starts_with(char::is_whitespace))
    })?;
    Some(rest.trim())
}

/// `a) Policy`, `(a) Policy` or either after a bullet gives the letter and the text.
fn lettered(line: &str) -> Option<(String, &str)> {
    let line = unbullet(line).unwrap_or(line);
    let line = line.strip_prefix('(').unwrap_or(line);
    let (letter, text) = line.split_once(')')?;
    let single = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_alphabetic());
    single.then(|| (letter.to_ascii_lowercase(), text.trim()))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn slug(text: &str) -> String {
    let mut words: Vec<String> = text
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.truncate(8);
    if words.is_empty() {
        words.push("unnamed".to_owned());
    }
    words.join("-")
}

/// Services met so far: the known ones that were named, and new ones.
struct Services<'a> {
    known: &'a [Service],
    used: Vec<Service>,
}

impl Services<'_> {
    fn ids(&mut self, tools: &[String]) -> Vec<String> {
        let mut ids = Vec::new();
        for tool in tools {
            let id = self.id(tool);
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    fn id(&mut self, tool: &str) -> String {
        let wanted = plain_name(tool);
        let same = |service: &&Service| {
            service.id == wanted
                || std::iter::once(&service.name)
                    .chain(&service.spellings)
                    .any(|name| plain_name(name) == wanted)
        };
        if let Some(service) = self.used.iter().find(same) {
            return service.id.clone();
        }
        let service = self.known.iter().find(same).cloned().unwrap_or_else(|| {
            let taken = |id: &str| self.known.iter().chain(&self.used).any(|service| service.id == id);
            let base = slug(&wanted);
            let mut id = base.clone();
            let mut number = 2;
            while taken(&id) {
                id = format!("{base}-{number}");
                number += 1;
            }
            Service {
                id,
                name: tool.to_owned(),
                spellings: Vec::new(),
                tables: Vec::new(),
            }
        });
        let id = service.id.clone();
        self.used.push(service);
        id
    }
}

/// A service's name without vendor, abbreviation in parentheses, case and doubled spaces.
fn plain_name(name: &str) -> String {
    let head = name.split('(').next().unwrap_or(name);
    let words = squeeze(head).to_lowercase();
    words
        .strip_prefix("aws ")
        .or_else(|| words.strip_prefix("amazon "))
        .unwrap_or(&words)
        .to_owned()
}

fn build(document: Document, known: &[Service]) -> Result<Program, Broken> {
    if document.tasks.is_empty() {
        let range = document
            .subtasks
            .values()
            .next()
            .map_or(0..0, |block| block.range.clone());
        return Err((
            range,
            "no task".to_owned(),
            "expected a heading `## Task 1: Title`".to_owned(),
        ));
    }
    numbers_follow(&document)?;
    let mut services = Services {
        known,
        used: Vec::new(),
    };
    let mut subtasks: BTreeMap<u8, Vec<(u8, Block)>> = BTreeMap::new();
    for ((task, number), block) in document.subtasks {
        subtasks.entry(task).or_default().push((number, block));
    }
    let mut tasks = Vec::new();
    for (number, block) in document.tasks {
        let Some(domain) = domain(&block.title) else {
            return Err((
                block.range,
                format!("task {number} `{}` belongs to no domain", block.title),
                "expected a title that names data protection, identity and access, incident response, infrastructure protection, or logging and monitoring"
                    .to_owned(),
            ));
        };
        let steps: Vec<Subtask> = subtasks
            .remove(&number)
            .unwrap_or_default()
            .into_iter()
            .map(|(step, block)| subtask(number, step, block, domain, &mut services))
            .collect::<Result<_, _>>()?;
        let criteria = criteria(&number.to_string(), block.criteria, |text, has_parts| {
            task_evidence(text, has_parts, &steps)
        });
        tasks.push(Task {
            number,
            domain,
            summary: summary(&block.description, &block.title),
            services: services.ids(&block.tools),
            title: block.title,
            criteria,
            subtasks: steps,
        });
    }
    let title = document.title.unwrap_or_else(|| "Program".to_owned());
    let mut used = services.used;
    used.sort_by(|left, right| left.id.cmp(&right.id));
    Ok(Program {
        id: slug(&title),
        title,
        services: used,
        tasks,
    })
}

/// Tasks count from 1 without holes, and so do the subtasks of each; each subtask has its task.
fn numbers_follow(document: &Document) -> Result<(), Broken> {
    for (expected, (number, block)) in (1usize..).zip(&document.tasks) {
        if usize::from(*number) != expected {
            return Err((
                block.range.clone(),
                format!("task {number} without a task {expected} before it"),
                format!("expected a heading `## Task {expected}: Title`"),
            ));
        }
    }
    let mut last: (u8, u8) = (0, 0);
    for ((task, number), block) in &document.subtasks {
        if !document.tasks.contains_key(task) {
            return Err((
                block.range.clone(),
                format!("subtask {task}.{number} without its task"),
                format!("expected a heading `## Task {task}: Title`"),
            ));
        }
        let expected = if last.0 == *task { last.1 + 1 } else { 1 };
        if *number != expected {
            return Err((
                block.range.clone(),
                format!("subtask {task}.{number} without a subtask {task}.{expected} before it"),
                format!("expected a heading `## Task {task}: Subtask {expected}: Title`"),
            ));
        }
        last = (*task, *number);
    }
    Ok(())
}

fn domain(title: &str) -> Option<Domain> {
    let title = title.to_lowercase();
    let names: [(&[&str], Domain); 5] = [
        (&["data", "encryption"], Domain::DataProtection),
        (&["identity", "access"], Domain::IdentityAndAccess),
        (&["incident", "response"], Domain::IncidentResponse),
        (&["infrastructure", "network"], Domain::InfrastructureProtection),
        (&["logging", "monitoring"], Domain::LoggingAndMonitoring),
    ];
    names
        .into_iter()
        .find(|(words, _)| words.iter().any(|word| title.contains(word)))
        .map(|(_, domain)| domain)
}

fn kind(title: &str) -> SubtaskKind {
    let title = title.to_lowercase();
    let first = title.split_whitespace().next().unwrap_or_default();
    let written = ["procedure", "policy", "strategy", "framework", "plan"];
    if title.contains("workshop") {
        SubtaskKind::Workshop
    } else if title.contains("gap analysis") {
        SubtaskKind::GapAnalysis
    } else if first == "document" {
        SubtaskKind::Document
    } else if ["define", "determine", "establish", "decide", "design"].contains(&first)
        || (["develop", "create", "write"].contains(&first) && written.iter().any(|word| title.contains(word)))
    {
        SubtaskKind::Define
    } else {
        SubtaskKind::Build
    }
}

fn owner(kind: SubtaskKind, domain: Domain) -> OwnerRole {
    match (kind, domain) {
        (_, Domain::IncidentResponse) => OwnerRole::IncidentResponder,
        (SubtaskKind::Build, _) => OwnerRole::PlatformEngineer,
        (SubtaskKind::Define, _) => OwnerRole::SecurityEngineer,
        _ => OwnerRole::SecurityLead,
    }
}

fn summary(description: &[String], title: &str) -> String {
    if description.is_empty() {
        title.to_owned()
    } else {
        description.join("\n")
    }
}

fn subtask(task: u8, number: u8, block: Block, domain: Domain, services: &mut Services<'_>) -> Result<Subtask, Broken> {
    let id = format!("{task}.{number}");
    if block.criteria.is_empty() {
        return Err((
            block.range,
            format!("subtask {id} has no acceptance criterion"),
            "expected a section `#### Acceptance Criteria` with at least one".to_owned(),
        ));
    }
    let kind = kind(&block.title);
    let by = evidence(kind, domain, &block.title);
    let criteria = criteria(&id, block.criteria, |_, has_parts| {
        if has_parts { SatisfiedBy::default() } else { by.clone() }
    });
    Ok(Subtask {
        services: services.ids(&block.tools),
        kind,
        owner: owner(kind, domain),
        after: Vec::new(),
        summary: summary(&block.description, &block.title),
        readiness: Readiness {
            state: format!("Done and shown: {}.", block.title),
            policy: "What was decided is written down and approved.".to_owned(),
            process: "How it is done, reviewed and kept up is agreed.".to_owned(),
            tools: "What it takes is in place in every account.".to_owned(),
            people: "Someone is responsible and knows how.".to_owned(),
        },
        title: block.title,
        id,
        criteria,
    })
}

/// What can show the criteria of a subtask, as far as its kind tells.
fn evidence(kind: SubtaskKind, domain: Domain, title: &str) -> SatisfiedBy {
    let document = |name: String| SatisfiedBy {
        documents: vec![name],
        ..SatisfiedBy::default()
    };
    let word = |name: &str| SatisfiedBy {
        attestation: Some(name.to_owned()),
        ..SatisfiedBy::default()
    };
    match kind {
        SubtaskKind::Workshop => word("workshop-held"),
        SubtaskKind::Document => document(format!("{domain}-discovery")),
        SubtaskKind::GapAnalysis => document(format!("{domain}-gap-analysis")),
        SubtaskKind::Define => document(slug(title.split_once(' ').map_or(title, |(_, subject)| subject))),
        SubtaskKind::Build => word("built"),
    }
}

/// A task's criterion is met with the subtask's criterion of the same words, else by a person's word.
fn task_evidence(text: &str, has_parts: bool, steps: &[Subtask]) -> SatisfiedBy {
    if has_parts {
        return SatisfiedBy::default();
    }
    let wanted = squeeze(text).to_lowercase();
    let same = steps
        .iter()
        .flat_map(|step| &step.criteria)
        .find(|criterion| squeeze(&criterion.text).to_lowercase() == wanted);
    match same {
        Some(criterion) => SatisfiedBy {
            criteria: vec![criterion.id.clone()],
            ..SatisfiedBy::default()
        },
        None => SatisfiedBy {
            attestation: Some("task-criterion-shown".to_owned()),
            ..SatisfiedBy::default()
        },
    }
}

fn criteria(parent: &str, items: Vec<Item>, by: impl Fn(&str, bool) -> SatisfiedBy) -> Vec<Criterion> {
    items
        .into_iter()
        .enumerate()
        .map(|(index, item)| {
            let id = format!("{parent}.{}", letters(index));
            let parts = item
                .parts
                .into_iter()
                .enumerate()
                .map(|(index, text)| Criterion {
                    id: format!("{id}.{}", letters(index)),
                    aspect: text.to_lowercase().parse().ok(),
                    satisfied_by: by(&text, false),
                    text,
                    parts: Vec::new(),
                })
                .collect::<Vec<_>>();
            Criterion {
                satisfied_by: by(&item.text, !parts.is_empty()),
                id,
                text: item.text,
                aspect: None,
                parts,
            }
        })
        .collect()
}
