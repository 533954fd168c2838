//! Runs controls over a session: each query's rows become findings, and what stands on tables that were not read becomes unknown.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::LogicalPlan;
use jiff::Timestamp;
use standfast_content::{Control, ControlScope};
use standfast_design::Design;
use standfast_inventory::tables;
use standfast_model::{AccountCounts, ControlResult, Finding, FindingStatus};

use crate::darkness::Dark;
use crate::{Error, Ledger, Session, literal};

/// The columns that a control returns, in order.
const COLUMNS: [&str; 5] = ["resource", "account_id", "region", "status", "reason"];

/// Runs controls over one session.
#[derive(Debug)]
pub struct Assessor {
    session: Session,
    ledger: Arc<Ledger>,
    design: Design,
    now: Timestamp,
}

/// What one control found.
#[derive(Debug, Clone, Default)]
pub struct ControlFindings {
    /// Sorted by account, region and resource.
    pub findings: Vec<Finding>,
    /// The tables that the control read.
    pub tables: BTreeSet<String>,
}

/// A control ready to run: planned, its tables known.
#[derive(Debug)]
pub struct ControlRun {
    /// The tables that it reads.
    pub tables: BTreeSet<String>,
    /// The columns that it reads of each; empty where the ledger knows no columns that were not read.
    columns: BTreeMap<String, BTreeSet<String>>,
    plan: LogicalPlan,
}

impl Assessor {
    /// An assessor for a snapshot taken at `now`.
    pub async fn new(session: Session, design: Design, now: Timestamp) -> Result<Self, Error> {
        let ledger = Arc::new(Ledger::read(&session).await?);
        Ok(Self {
            session,
            ledger,
            design,
            now,
        })
    }

    /// The ledger of the snapshot.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Plans a control: its query, its columns and its tables are checked.
    pub async fn plan(&self, control: &Control) -> Result<ControlRun, Error> {
        let sql = literal::resolve(control.query(), &self.design, self.now)?;
        let plan = self
            .session
            .logical_plan(&sql)
            .await
            .map_err(|error| sql_problem(control, &error))?;
        let found: Vec<&str> = plan
            .schema()
            .fields()
            .iter()
            .map(|field| field.name().as_str())
            .collect();
        if found != COLUMNS {
            let problem = format!("the query returns {}", found.join(", "));
            return Err(control
                .sql_error(0..control.sql.len(), problem, COLUMNS.join(", "))
                .into());
        }
        let tables = tables_of(&plan).map_err(|source| failed(control, source))?;
        let subject = control.subject.as_str();
        if !tables.contains(subject) {
            let problem = format!("the query does not read its subject `{subject}`");
            let known = tables.iter().cloned().collect::<Vec<_>>().join(", ");
            return Err(control.sql_error(0..0, problem, format!("one of {known}")).into());
        }
        let columns = if self.ledger.has_dark_columns() {
            let optimized = self
                .session
                .optimized(&plan)
                .map_err(|source| failed(control, source))?;
            columns_of(&optimized).map_err(|source| failed(control, source))?
        } else {
            BTreeMap::new()
        };
        Ok(ControlRun { tables, columns, plan })
    }

    /// Runs a control.
    pub async fn run(&self, control: &Control) -> Result<ControlFindings, Error> {
        let ControlRun { tables, columns, plan } = self.plan(control).await?;
        let batches = self
            .session
            .collect(&plan)
            .await
            .map_err(|source| failed(control, source))?;
        let mut findings = Vec::with_capacity(batches.iter().map(RecordBatch::num_rows).sum());
        for batch in &batches {
            read_findings(control, batch, &mut findings)?;
        }
        Shadow::of(control, &tables, &columns, &self.ledger).cast(control, &self.ledger, &mut findings);
        findings.sort_unstable_by(order);
        Ok(ControlFindings { findings, tables })
    }
}

impl ControlFindings {
    /// Counts and examples, all that an assessment keeps in memory.
    pub fn summary(&self, control_id: &str) -> ControlResult {
        let mut accounts: BTreeMap<String, AccountCounts> = BTreeMap::new();
        let mut failing = Vec::new();
        let mut unknown = Vec::new();
        for finding in &self.findings {
            let counts = match accounts.get_mut(&finding.account_id) {
                Some(counts) => counts,
                None => accounts.entry(finding.account_id.clone()).or_default(),
            };
            counts.add(finding.status, finding.exception.is_some());
            if finding.is_open_failure() && failing.len() < ControlResult::SAMPLE {
                failing.push(finding.clone());
            }
            if finding.status == FindingStatus::Unknown && unknown.len() < ControlResult::SAMPLE {
                unknown.push(finding.clone());
            }
        }
        ControlResult {
            control_id: control_id.to_owned(),
            accounts,
            failing,
            unknown,
        }
    }
}

fn order(left: &Finding, right: &Finding) -> std::cmp::Ordering {
    (
        &left.account_id,
        &left.region,
        &left.resource,
        &left.status,
        &left.reason,
    )
        .cmp(&(
            &right.account_id,
            &right.region,
            &right.resource,
            &right.status,
            &right.reason,
        ))
}

fn failed(control: &Control, source: DataFusionError) -> Error {
    Error::Run {
        control: control.id.clone(),
        source: Box::new(source),
    }
}

/// Points at the name that the engine did not find, where it names one.
fn sql_problem(control: &Control, error: &DataFusionError) -> Error {
    let message = error.strip_backtrace();
    let message = message.lines().next().unwrap_or_default().to_owned();
    // What stands in quotes after that is what might have been meant.
    let field = message
        .split_once("No field named ")
        .map(|(_, rest)| rest.split(". ").next().unwrap_or(rest).trim_end_matches('.'));
    let quoted = message
        .split(['\'', '`', '"'])
        .nth(1)
        .and_then(|name| name.rsplit('.').next());
    let range = field
        .or(quoted)
        .filter(|named| !named.is_empty())
        .and_then(|named| {
            let start = control.sql.find(named)?;
            Some(start..start + named.len())
        })
        .unwrap_or(0..0);
    control.sql_error(range, message, None).into()
}

fn tables_of(plan: &LogicalPlan) -> Result<BTreeSet<String>, DataFusionError> {
    let mut names = BTreeSet::new();
    plan.apply_with_subqueries(|node| {
        if let LogicalPlan::TableScan(scan) = node {
            names.insert(scan.table_name.table().to_owned());
        }
        Ok(TreeNodeRecursion::Continue)
    })?;
    Ok(names)
}

/// The columns of each table that a plan reads, filters that went down into the scan included.
fn columns_of(plan: &LogicalPlan) -> Result<BTreeMap<String, BTreeSet<String>>, DataFusionError> {
    let mut read: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    plan.apply_with_subqueries(|node| {
        if let LogicalPlan::TableScan(scan) = node {
            let columns = read.entry(scan.table_name.table().to_owned()).or_default();
            columns.extend(scan.projected_schema.fields().iter().map(|field| field.name().clone()));
            for filter in &scan.filters {
                columns.extend(filter.column_refs().into_iter().map(|column| column.name.clone()));
            }
        }
        Ok(TreeNodeRecursion::Continue)
    })?;
    Ok(read)
}

fn read_findings(control: &Control, batch: &RecordBatch, findings: &mut Vec<Finding>) -> Result<(), Error> {
    let mut columns = Vec::with_capacity(COLUMNS.len());
    for column in batch.columns() {
        columns.push(cast(column, &DataType::Utf8).map_err(|source| failed(control, source.into()))?);
    }
    let texts: Vec<&arrow::array::StringArray> = columns.iter().map(AsArray::as_string::<i32>).collect();
    let [resources, accounts, regions, statuses, reasons] = texts.as_slice() else {
        return Ok(());
    };
    let missing = |what: &str| {
        control.sql_error(
            0..0,
            format!("the query returned a row without {what}"),
            "a value in every row".to_owned(),
        )
    };
    for row in 0..batch.num_rows() {
        if !resources.is_valid(row) || !accounts.is_valid(row) || !regions.is_valid(row) {
            return Err(missing("a resource, account or region").into());
        }
        // A NULL in a verdict is something that the query did not foresee: it knows nothing.
        let status = match statuses.is_valid(row).then(|| statuses.value(row)) {
            None => FindingStatus::Unknown,
            Some(word) => word.parse().map_err(|error: standfast_model::UnknownWord| {
                control.sql_error(
                    0..0,
                    error.to_string(),
                    "`pass`, `fail`, `not_applicable` or `unknown`".to_owned(),
                )
            })?,
        };
        let reason = if reasons.is_valid(row) {
            reasons.value(row).to_owned()
        } else {
            "the inventory holds no value for it".to_owned()
        };
        findings.push(Finding {
            control_id: control.id.clone(),
            account_id: accounts.value(row).to_owned(),
            region: regions.value(row).to_owned(),
            resource: resources.value(row).to_owned(),
            status,
            reason,
            exception: None,
        });
    }
    Ok(())
}

/// The unread parts of a control's tables.
struct Shadow {
    /// Of the table whose rows are judged: rows that are there stand, what is missing is unknown.
    subject: Vec<Dark>,
    /// Of the tables that the verdict leans on: what it says there is unknown.
    others: Vec<Dark>,
    /// Of these, what was not read of tables that were: a filter on such a column leaves rows out that may be there.
    columns: Vec<Dark>,
}

impl Shadow {
    fn of(
        control: &Control,
        read: &BTreeSet<String>,
        columns: &BTreeMap<String, BTreeSet<String>>,
        ledger: &Ledger,
    ) -> Self {
        let mut shadow = Self {
            subject: Vec::new(),
            others: Vec::new(),
            columns: Vec::new(),
        };
        for table in read.iter().filter_map(|name| tables::find(name)) {
            let stands_alone = table.name == control.subject && control.scope == ControlScope::Resource;
            if stands_alone {
                &mut shadow.subject
            } else {
                &mut shadow.others
            }
            .extend(ledger.dark(table));
            // Rows that are there do not stand where a value that the verdict leans on is not.
            for column in columns.get(table.name).into_iter().flatten() {
                shadow.columns.extend(ledger.dark_column(table, column));
            }
        }
        shadow.others.extend(shadow.columns.iter().cloned());
        shadow
    }

    fn cast(&self, control: &Control, ledger: &Ledger, findings: &mut Vec<Finding>) {
        let judged: HashSet<(String, String)> = findings
            .iter()
            .map(|finding| (finding.account_id.clone(), finding.resource.clone()))
            .collect();
        for dark in &self.others {
            let names_a_finding = dark.resource.as_ref().is_some_and(|resource| {
                dark.account_id
                    .as_ref()
                    .is_some_and(|account| judged.contains(&(account.clone(), resource.clone())))
            });
            for finding in findings.iter_mut() {
                let hit = dark.reaches(finding)
                    && (!names_a_finding || dark.resource.as_deref() == Some(finding.resource.as_str()));
                if hit && finding.status != FindingStatus::Unknown {
                    finding.status = FindingStatus::Unknown;
                    finding.reason.clone_from(&dark.why);
                }
            }
        }
        let mut dark_accounts: HashSet<&str> = HashSet::new();
        let mut added = Vec::new();
        for dark in &self.subject {
            let account_ids: Vec<&str> = match &dark.account_id {
                Some(account) => vec![account.as_str()],
                None => ledger.management().map(|(id, _)| id).into_iter().collect(),
            };
            for account_id in account_ids {
                dark_accounts.insert(account_id);
                let region = dark.region.as_deref().unwrap_or("global");
                let resource = dark
                    .resource
                    .as_deref()
                    .unwrap_or_else(|| ledger.region_arn(account_id, region));
                if dark.resource.is_some() {
                    findings.retain(|finding| finding.account_id != account_id || finding.resource != resource);
                }
                added.push(finding(
                    control,
                    account_id,
                    region,
                    resource,
                    FindingStatus::Unknown,
                    dark.why.clone(),
                ));
            }
        }
        added.sort_by(order);
        added.dedup_by(|left, right| {
            (&left.account_id, &left.region, &left.resource) == (&right.account_id, &right.region, &right.resource)
        });
        let with_findings: HashSet<&str> = findings.iter().map(|finding| finding.account_id.as_str()).collect();
        let nothing = |account_id: &str, arn: &str| {
            let reason = format!("no row of `{}` in this account", control.subject);
            finding(control, account_id, "global", arn, control.when_empty, reason)
        };
        let mut empty = Vec::new();
        if control.scope == ControlScope::Organization {
            if let Some((id, arn)) = ledger.management()
                && with_findings.is_empty()
                && dark_accounts.is_empty()
            {
                empty.push(nothing(id, arn));
            }
        } else {
            for (id, arn) in ledger.accounts() {
                if !with_findings.contains(id) && !dark_accounts.contains(id) {
                    empty.push(nothing(id, arn));
                }
            }
        }
        // No row at all is an answer only where rows could have been.
        let leaning = if control.scope == ControlScope::Organization
            || (control.scope != ControlScope::Resource && ledger.is_of_files())
        {
            &self.others
        } else {
            &self.columns
        };
        for finding in &mut empty {
            if let Some(dark) = leaning.iter().find(|dark| dark.reaches(finding)) {
                finding.status = FindingStatus::Unknown;
                finding.reason.clone_from(&dark.why);
            }
        }
        findings.extend(added);
        findings.extend(empty);
    }
}

impl Dark {
    /// Whether a finding leans on the unread part: the same account and region, or a side that has no region of its own.
    fn reaches(&self, finding: &Finding) -> bool {
        self.account_id
            .as_ref()
            .is_none_or(|account| *account == finding.account_id)
            && self
                .region
                .as_ref()
                .is_none_or(|region| *region == finding.region || finding.region == "global" || region == "global")
    }
}

fn finding(
    control: &Control,
    account_id: &str,
    region: &str,
    resource: &str,
    status: FindingStatus,
    reason: String,
) -> Finding {
    Finding {
        control_id: control.id.clone(),
        account_id: account_id.to_owned(),
        region: region.to_owned(),
        resource: resource.to_owned(),
        status,
        reason,
        exception: None,
    }
}
