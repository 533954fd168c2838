//! Every control over its cases, and over the cases that nobody has to write: nothing there, nothing known, nothing read.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use anyhow::{Context, bail, ensure};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use standfast_content::cases::{Case, Cases};
use standfast_content::{Control, ControlScope, View};
use standfast_design::{Design, Value as DesignValue};
use standfast_inventory::{Kind, Scope, Table, tables};
use standfast_model::{Finding, FindingStatus};
use standfast_query::{Assessor, Session};

const ACCOUNT: &str = "111122223333";
const REGION: &str = "us-east-1";
const NOW: &str = "2026-01-31T00:00:00Z";

type Rows = BTreeMap<String, Vec<Value>>;

fn main() -> anyhow::Result<()> {
    let arguments = libtest_mimic::Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/controls");
    let mut trials = Vec::new();
    for domain in std::fs::read_dir(&root)? {
        for file in std::fs::read_dir(domain?.path())? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "sql") {
                let name = path
                    .strip_prefix(&root)?
                    .with_extension("")
                    .to_string_lossy()
                    .into_owned();
                trials.push(libtest_mimic::Trial::test(name, move || control(&path)));
            }
        }
    }
    ensure!(!trials.is_empty(), "no control in {}", root.display());
    libtest_mimic::run(&arguments, trials).exit()
}

fn control(path: &Path) -> Result<(), libtest_mimic::Failed> {
    // The engine plans by recursion, and a build without optimization has large frames.
    std::thread::scope(|scope| {
        let work = std::thread::Builder::new()
            .stack_size(64 << 20)
            .spawn_scoped(scope, || -> anyhow::Result<()> {
                tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()?
                    .block_on(check(path))
            })?;
        work.join().map_err(|_| anyhow::anyhow!("the check panicked"))?
    })
    .map_err(|error: anyhow::Error| format!("{error:?}").into())
}

async fn check(path: &Path) -> anyhow::Result<()> {
    let control = parsed(path)?;
    let cases_path = path.with_extension("cases.toml");
    let cases_text =
        std::fs::read_to_string(&cases_path).with_context(|| format!("{} is missing", cases_path.display()))?;
    let cases = Cases::parse(&cases_path.to_string_lossy(), &cases_text)
        .map_err(|error| anyhow::anyhow!("{:?}", miette::Report::new(error)))?
        .cases;
    let expected: BTreeSet<&str> = cases
        .iter()
        .flat_map(|case| &case.expect)
        .map(|expected| expected.status.as_str())
        .collect();
    ensure!(
        expected.contains("pass") && expected.contains("fail"),
        "the cases hold no pass or no fail"
    );
    let mut read = BTreeSet::new();
    for (index, case) in cases.iter().enumerate() {
        read = as_expected(&control, case)
            .await
            .with_context(|| format!("case `{}`", case.name))?;
        nothing_known(&control, case)
            .await
            .with_context(|| format!("case `{}` with every nullable column NULL", case.name))?;
        // What was not read is unknown whatever the rows are: one case shows it for each table.
        let unread = read.iter().filter(|_| index == 0).filter_map(|name| tables::find(name));
        for table in unread.filter(|table| table.service() != "standfast") {
            nothing_read(&control, case, table)
                .await
                .with_context(|| format!("case `{}` with {} denied", case.name, table.operation))?;
        }
    }
    nothing_there(&control).await.context("empty tables")?;
    no_twin(&control, &cases).await?;
    ensure!(read.contains(control.subject.as_str()), "the subject is not read");
    Ok(())
}

async fn as_expected(control: &Control, case: &Case) -> anyhow::Result<BTreeSet<String>> {
    let rows = rows_of(case)?;
    let (findings, read) = findings(control, case, &rows).await?;
    let shown = || {
        findings
            .iter()
            .map(|finding| {
                format!(
                    "\n  {} {} {} {}: {}",
                    finding.status, finding.account_id, finding.region, finding.resource, finding.reason
                )
            })
            .collect::<String>()
    };
    ensure!(
        findings.len() == case.expect.len(),
        "{} findings, expected {}:{}",
        findings.len(),
        case.expect.len(),
        shown()
    );
    for expected in &case.expect {
        let same = |finding: &&Finding| {
            finding.resource == expected.resource
                && expected
                    .account_id
                    .as_ref()
                    .is_none_or(|account| *account == finding.account_id)
                && expected.region.as_ref().is_none_or(|region| *region == finding.region)
        };
        let Some(finding) = findings.iter().find(same) else {
            bail!("no finding on `{}`:{}", expected.resource, shown())
        };
        ensure!(
            finding.status == expected.status,
            "`{}` is {}, expected {}:{}",
            expected.resource,
            finding.status,
            expected.status,
            shown()
        );
        if let Some(reason) = &expected.reason {
            ensure!(
                finding.reason == *reason,
                "`{}` says `{}`, expected `{reason}`",
                expected.resource,
                finding.reason
            );
        }
        ensure!(!finding.reason.is_empty(), "`{}` gives no reason", expected.resource);
    }
    Ok(read)
}

/// Pairs of controls whose failures agree on every case of the first, and are two defects all the same: the first, the second, why.
const NO_TWINS: [(&str, &str, &str); 0] = [];

/// One defect is one finding: no other control fails on just those resources of every case on which this one does.
async fn no_twin(control: &Control, cases: &[Case]) -> anyhow::Result<()> {
    let (own_tables, own_columns) = words_of(control)?;
    let mut twins = BTreeSet::new();
    for other in controls()? {
        let (tables, columns) = words_of(other)?;
        // Who reads other columns has other cases: that is told without running it.
        let near = other.subject == control.subject
            && other.id != control.id
            && !own_tables.is_disjoint(&tables)
            && own_columns.is_subset(&columns);
        if near && fails_alike(other, cases).await? {
            twins.insert(other.id.as_str());
        }
    }
    let explained: BTreeSet<&str> = NO_TWINS
        .iter()
        .filter(|(first, _, _)| *first == control.id)
        .map(|(_, second, _)| *second)
        .collect();
    ensure!(
        twins == explained,
        "in every case {twins:?} fail where this control does: let one of them judge what the others do not, or say in NO_TWINS \
         why these are two defects; it explains {explained:?}"
    );
    Ok(())
}

async fn fails_alike(other: &Control, cases: &[Case]) -> anyhow::Result<bool> {
    // The more a case holds, the sooner it tells two controls apart.
    let mut telling: Vec<&Case> = cases.iter().collect();
    telling.sort_by_key(|case| Reverse(case.rows.values().map(Vec::len).sum::<usize>()));
    for case in telling {
        let own: BTreeSet<(&str, Option<&str>)> = case
            .expect
            .iter()
            .filter(|expected| expected.status == FindingStatus::Fail)
            .map(|expected| (expected.resource.as_str(), expected.region.as_deref()))
            .collect();
        let (found, _) = findings(other, case, &rows_of(case)?).await?;
        let failed = |finding: &&Finding| finding.status == FindingStatus::Fail;
        let all_own = found.iter().filter(failed).all(|finding| {
            own.iter().any(|(resource, region)| {
                *resource == finding.resource && region.is_none_or(|region| region == finding.region)
            })
        });
        if !all_own || found.iter().filter(failed).count() != own.len() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The tables that a control's text names, but those that all read, and their columns that it names, but those that all have.
fn words_of(control: &Control) -> anyhow::Result<(BTreeSet<&'static str>, BTreeSet<&'static str>)> {
    let mut text = control.sql.clone();
    for view in views()?.iter().filter(|view| view.is_named_in(&control.sql)) {
        text.push_str(&view.sql);
    }
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .flat_map(|line| line.split('\'').step_by(2).chain([" "]))
        .collect();
    let words: BTreeSet<&str> = code
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .collect();
    let named: Vec<&'static Table> = tables::ALL
        .iter()
        .copied()
        .filter(|table| words.contains(table.name))
        .collect();
    let columns = named
        .iter()
        .flat_map(|table| table.columns)
        .map(|column| column.name)
        .filter(|name| words.contains(name) && !["arn", "name", "id"].contains(name))
        .collect();
    let tables = named
        .iter()
        .map(|table| table.name)
        .filter(|name| !["aws_account", "aws_region"].contains(name))
        .collect();
    Ok((tables, columns))
}

/// Empty tables: the header says what that means.
async fn nothing_there(control: &Control) -> anyhow::Result<()> {
    if matches!(control.subject.as_str(), "aws_account" | "aws_region") {
        return Ok(());
    }
    let case = Case {
        name: String::new(),
        rows: BTreeMap::new(),
        design: toml::Table::new(),
        errors: Vec::new(),
        now: None,
        expect: Vec::new(),
    };
    let (findings, _) = findings(control, &case, &rows_of(&case)?).await?;
    let statuses: Vec<FindingStatus> = findings.iter().map(|finding| finding.status).collect();
    ensure!(
        statuses == [control.when_empty],
        "`when_empty` is {}, the findings are {statuses:?}",
        control.when_empty
    );
    Ok(())
}

/// Every nullable column NULL: the control still answers for every resource, and every answer has a reason.
async fn nothing_known(control: &Control, case: &Case) -> anyhow::Result<()> {
    let mut rows = rows_of(case)?;
    let before = findings(control, case, &rows).await?.0;
    for (name, rows) in &mut rows {
        let table = tables::find(name).context("a table")?;
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            for column in table.columns.iter().filter(|column| column.nullable) {
                row.remove(column.name);
            }
        }
    }
    let after = findings(control, case, &rows).await?.0;
    let resources = |findings: &[Finding]| {
        findings
            .iter()
            .map(|finding| finding.resource.clone())
            .collect::<BTreeSet<_>>()
    };
    ensure!(!after.is_empty() || before.is_empty(), "no finding is left");
    if control.scope == ControlScope::Resource {
        let lost: Vec<String> = resources(&before).difference(&resources(&after)).cloned().collect();
        ensure!(
            lost.is_empty() || lost.len() < before.len(),
            "these are not judged any more: {lost:?}"
        );
    }
    for finding in &after {
        ensure!(!finding.reason.is_empty(), "`{}` gives no reason", finding.resource);
    }
    Ok(())
}

/// A table's operation denied everywhere: nothing passes.
async fn nothing_read(control: &Control, case: &Case, table: &Table) -> anyhow::Result<()> {
    let mut rows = rows_of(case)?;
    if table.name == control.subject && control.scope == ControlScope::Resource {
        rows.remove(table.name);
    }
    let mut denied = Vec::new();
    for (account, regions) in regions_of(&rows) {
        let in_regions = if table.scope == Scope::Region {
            regions
        } else {
            vec!["global".to_owned()]
        };
        for region in in_regions {
            denied.push(error_row(&account, &region, table.operation, None));
        }
    }
    rows.entry("standfast_collection_error".to_owned())
        .or_default()
        .extend(denied);
    let (findings, _) = findings(control, case, &rows).await?;
    ensure!(!findings.is_empty(), "no finding at all");
    for finding in &findings {
        ensure!(
            finding.status == FindingStatus::Unknown,
            "`{}` is {}: {}",
            finding.resource,
            finding.status,
            finding.reason
        );
    }
    Ok(())
}

async fn findings(control: &Control, case: &Case, rows: &Rows) -> anyhow::Result<(Vec<Finding>, BTreeSet<String>)> {
    let mut design = Design::defaults()?;
    for (name, value) in &case.design {
        let value = match value {
            toml::Value::Integer(number) => DesignValue::Integer(*number),
            toml::Value::Boolean(flag) => DesignValue::Boolean(*flag),
            toml::Value::String(text) => DesignValue::Text(text.clone()),
            toml::Value::Array(items) => DesignValue::TextList(
                items
                    .iter()
                    .filter_map(|item| item.as_str().map(str::to_owned))
                    .collect(),
            ),
            _ => bail!("`design.{name}` has a kind that the design does not have"),
        };
        design = design
            .with(name, value)
            .with_context(|| format!("the design has no `{name}` of that kind"))?;
    }
    let now = match case.now {
        Some(now) => now,
        None => NOW.parse::<Timestamp>()?,
    };
    let views: Vec<&View> = views()?.iter().filter(|view| view.is_named_in(&control.sql)).collect();
    let mut read = control.sql.clone();
    for view in &views {
        read.push_str(&view.sql);
    }
    let session = Session::of_rows(rows, &read).map_err(report)?;
    session.register_views(views, &design, now).await.map_err(report)?;
    let assessor = Assessor::new(session, design, now).await.map_err(report)?;
    let found = assessor.run(control).await.map_err(report)?;
    Ok((found.findings, found.tables))
}

/// Every control of the content, read once.
fn controls() -> anyhow::Result<&'static [Control]> {
    static CONTROLS: OnceLock<Vec<Control>> = OnceLock::new();
    if let Some(controls) = CONTROLS.get() {
        return Ok(controls);
    }
    let mut controls = Vec::new();
    for domain in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/controls"))? {
        let domain = domain?;
        for file in std::fs::read_dir(domain.path())? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "sql") {
                controls.push(parsed(&path)?);
            }
        }
    }
    controls.sort_by(|left, right| left.id.cmp(&right.id));
    Ok(CONTROLS.get_or_init(|| controls))
}

fn parsed(path: &Path) -> anyhow::Result<Control> {
    let text = std::fs::read_to_string(path)?;
    let domain = path
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str())
        .context("a folder")?;
    let name = path.file_name().and_then(|name| name.to_str()).context("a name")?;
    Control::parse(&format!("{domain}/{name}"), &text)
        .map_err(|error| anyhow::anyhow!("{:?}", miette::Report::new(error)))
}

/// The views of the content, read once.
fn views() -> anyhow::Result<&'static [View]> {
    static VIEWS: OnceLock<Vec<View>> = OnceLock::new();
    if let Some(views) = VIEWS.get() {
        return Ok(views);
    }
    let mut views = Vec::new();
    for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/views"))? {
        let path = file?.path();
        let name = path.file_name().and_then(|name| name.to_str()).context("a name")?;
        let view = View::parse(name, &std::fs::read_to_string(&path)?)
            .map_err(|error| anyhow::anyhow!("{:?}", miette::Report::new(error)))?;
        views.push(view);
    }
    Ok(VIEWS.get_or_init(|| views))
}

fn report(error: standfast_query::Error) -> anyhow::Error {
    match error {
        standfast_query::Error::Control(file) => anyhow::anyhow!("{:?}", miette::Report::new(*file)),
        other => anyhow::Error::new(other),
    }
}

/// The rows of a case, whole: defaults for what it leaves out, one account and region if it names none, and a ledger that says that
/// everything was read.
fn rows_of(case: &Case) -> anyhow::Result<Rows> {
    let mut rows = Rows::new();
    for (name, given) in &case.rows {
        let table = tables::find(name).with_context(|| format!("there is no table `{name}`"))?;
        let mut whole = Vec::new();
        for row in given {
            whole.push(row_of(table, row)?);
        }
        rows.insert(name.clone(), whole);
    }
    let accounts: BTreeSet<String> = rows
        .values()
        .flatten()
        .filter_map(|row| row.get("account_id").and_then(Value::as_str).map(str::to_owned))
        .chain([ACCOUNT.to_owned()])
        .collect();
    if !rows.contains_key("aws_account") {
        let all = accounts.iter().map(|id| {
            json!({
                "partition": "aws", "account_id": id, "region": "global", "arn": format!("arn:aws:iam::{id}:root"),
                "name": id, "organizational_unit": "", "is_management": id == ACCOUNT, "in_organization": true,
            })
        });
        rows.insert("aws_account".to_owned(), all.collect());
    }
    let accounts: Vec<String> = rows
        .get("aws_account")
        .into_iter()
        .flatten()
        .filter_map(|row| row.get("account_id").and_then(Value::as_str).map(str::to_owned))
        .collect();
    if !rows.contains_key("aws_region") {
        let mut all = Vec::new();
        for id in &accounts {
            let mut regions: BTreeSet<&str> = rows
                .iter()
                .filter(|(name, _)| tables::find(name).is_some_and(|table| table.scope == Scope::Region))
                .flat_map(|(_, rows)| rows)
                .filter(|row| row.get("account_id").and_then(Value::as_str) == Some(id))
                .filter_map(|row| row.get("region").and_then(Value::as_str))
                .filter(|region| *region != "global")
                .collect();
            regions.insert(REGION);
            all.extend(regions.iter().map(|region| json!({
                "partition": "aws", "account_id": id, "region": region, "arn": format!("arn:aws:::{id}:region/{region}"), "opt_in_status": "opt-in-not-required",
            })));
        }
        rows.insert("aws_region".to_owned(), all);
    }
    let services: BTreeSet<&str> = tables::ALL.iter().map(|table| table.service()).collect();
    let mut units = Vec::new();
    for (account, regions) in regions_of(&rows) {
        for region in regions.iter().map(String::as_str).chain(["global"]) {
            units.extend(services.iter().map(|service| json!({
                "partition": "aws", "account_id": account, "region": region, "service": service, "calls": 1, "errors": 0, "rows": 0,
            })));
        }
    }
    rows.insert("standfast_collection_unit".to_owned(), units);
    let errors = case.errors.iter().map(|error| {
        let (account, region) = (
            error.account_id.as_deref().unwrap_or(ACCOUNT),
            error.region.as_deref().unwrap_or(REGION),
        );
        error_row(account, region, &error.operation, error.resource.as_deref())
    });
    rows.insert("standfast_collection_error".to_owned(), errors.collect());
    Ok(rows)
}

fn regions_of(rows: &Rows) -> BTreeMap<String, Vec<String>> {
    let mut regions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let text = |row: &Value, name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    for row in rows.get("aws_account").into_iter().flatten() {
        regions.entry(text(row, "account_id")).or_default();
    }
    for row in rows.get("aws_region").into_iter().flatten() {
        regions
            .entry(text(row, "account_id"))
            .or_default()
            .push(text(row, "region"));
    }
    regions
}

fn error_row(account: &str, region: &str, operation: &str, resource: Option<&str>) -> Value {
    let service = operation.split(':').next().unwrap_or_default();
    json!({
        "partition": "aws", "account_id": account, "region": region, "service": service, "operation": operation,
        "resource": resource, "class": "access_denied", "code": "AccessDenied", "message": "not authorized",
    })
}

fn row_of(table: &Table, given: &toml::Table) -> anyhow::Result<Value> {
    let mut row = Map::new();
    for name in given.keys() {
        ensure!(
            table.all_columns().any(|column| column.name == name),
            "`{}` has no column `{name}`",
            table.name
        );
    }
    for column in table.all_columns() {
        let value = match (given.get(column.name), column.name) {
            (Some(value), _) => match (value, column.kind) {
                (toml::Value::Datetime(moment), _) => Value::from(moment.to_string()),
                (toml::Value::String(text), _) => Value::from(text.as_str()),
                (other, Kind::Json) => Value::from(serde_json::to_value(other)?.to_string()),
                (other, _) => serde_json::to_value(other)?,
            },
            (None, "partition") => Value::from("aws"),
            (None, "account_id") => Value::from(ACCOUNT),
            (None, "region") => Value::from(if table.scope == Scope::Region { REGION } else { "global" }),
            (None, _) if column.nullable => continue,
            (None, _) => match column.kind {
                Kind::Text => Value::from(""),
                Kind::Json => Value::from("null"),
                Kind::Boolean => Value::from(false),
                Kind::Integer => Value::from(0),
                Kind::Float => Value::from(0.0),
                Kind::Timestamp => Value::from("1970-01-01T00:00:00Z"),
                Kind::TextList => Value::Array(Vec::new()),
            },
        };
        row.insert(column.name.to_owned(), value);
    }
    Ok(Value::Object(row))
}
