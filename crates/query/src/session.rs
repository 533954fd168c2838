//! A session over one snapshot.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::Schema;
use arrow::json::ReaderBuilder;
use datafusion::datasource::MemTable;
use datafusion::error::DataFusionError;
use datafusion::execution::context::SQLOptions;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::{SessionState, SessionStateBuilder, TaskContext};
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_optimizer::optimizer::PhysicalOptimizer;
use datafusion::prelude::{DataFrame, ParquetReadOptions, SessionConfig, SessionContext};
use serde_json::Value;
use standfast_inventory::{Snapshot, Table, tables};

use crate::{Error, functions};

/// How a session runs.
#[derive(Debug, Clone, Copy)]
pub struct SessionOptions {
    /// Bytes that queries may hold before they spill to disk.
    pub memory: usize,
    /// Threads of one query.
    pub threads: usize,
    /// Bytes of tables that are held in memory, the smallest first; the others are read from disk by each query.
    pub resident: usize,
}

impl Default for SessionOptions {
    fn default() -> Self {
        Self {
            memory: 1 << 30,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            resident: 0,
        }
    }
}

/// SQL over the tables of one snapshot. A table without rows is there, and empty.
#[derive(Clone)]
pub struct Session {
    context: SessionContext,
    /// The planner's side of `context`. Each query over a context copies all that it knows of functions and types; hundreds of
    /// queries after one another share this copy.
    state: Arc<SessionState>,
    task: Arc<TaskContext>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session {
    /// Opens a session over a snapshot on disk.
    pub async fn open(snapshot: &Snapshot, options: SessionOptions) -> Result<Self, Error> {
        let session = Self::empty(options)?;
        let mut files: Vec<(u64, &Table, PathBuf)> = Vec::new();
        for table in tables::ALL {
            match snapshot.table_path(table.name) {
                Some(path) => files.push((
                    std::fs::metadata(&path).map_or(u64::MAX, |file| file.len()),
                    table,
                    path,
                )),
                None => session.register_rows(table, Vec::new())?,
            }
        }
        files.sort_by_key(|(bytes, ..)| *bytes);
        let mut room = options.resident;
        for (packed, table, path) in files {
            // Rows take many times the bytes of their packed form: what is larger on disk than the room won't fit.
            if usize::try_from(packed).is_ok_and(|packed| packed < room) {
                let batches = session.read_parquet(table, &path).await?;
                let bytes = batches.iter().map(RecordBatch::get_array_memory_size).sum::<usize>();
                if bytes <= room {
                    room -= bytes;
                    session.register_rows(table, batches)?;
                    continue;
                }
                room = 0;
            }
            session.register_parquet(table.name, &path, Some(table)).await?;
        }
        Ok(session)
    }

    /// A session over rows given as JSON objects, for the cases of a control. Of the tables that `rows` leaves out, those that `query` names
    /// are there and empty.
    pub fn of_rows(rows: &BTreeMap<String, Vec<Value>>, query: &str) -> Result<Self, Error> {
        let session = Self::empty(SessionOptions {
            memory: 1 << 28,
            threads: 1,
            resident: 0,
        })?;
        let named = |table: &&&Table| rows.contains_key(table.name) || query.contains(table.name);
        for table in tables::ALL.iter().filter(named) {
            let batches = rows
                .get(table.name)
                .map_or(Ok(Vec::new()), |rows| batches(table, rows))?;
            session.register_rows(table, batches)?;
        }
        Ok(session)
    }

    /// Adds a Parquet file as a table.
    pub async fn register_parquet(
        &self,
        name: &str,
        path: &std::path::Path,
        table: Option<&Table>,
    ) -> Result<(), Error> {
        let schema = table.map(Table::schema);
        let options = parquet_options(schema.as_deref());
        self.context
            .register_parquet(name, path.to_string_lossy(), options)
            .await
            .map_err(|source| Error::Register {
                table: name.to_owned(),
                source: Box::new(source),
            })
    }

    async fn read_parquet(&self, table: &Table, path: &Path) -> Result<Vec<RecordBatch>, Error> {
        let failed = |source| Error::Register {
            table: table.name.to_owned(),
            source: Box::new(source),
        };
        let schema = table.schema();
        let rows = self
            .context
            .read_parquet(path.to_string_lossy().as_ref(), parquet_options(Some(schema.as_ref())))
            .await
            .map_err(failed)?;
        rows.collect().await.map_err(failed)
    }

    /// Plans a query. Nothing but reading is allowed.
    pub async fn sql(&self, query: &str) -> Result<DataFrame, Error> {
        self.plan(query).await.map_err(|source| Error::Query(Box::new(source)))
    }

    pub(crate) async fn plan(&self, query: &str) -> Result<DataFrame, DataFusionError> {
        self.context.sql_with_options(query, read_only()).await
    }

    /// Plans one of many queries.
    pub(crate) async fn logical_plan(&self, query: &str) -> Result<LogicalPlan, DataFusionError> {
        let plan = self.state.create_logical_plan(query).await?;
        read_only().verify_plan(&plan)?;
        Ok(plan)
    }

    pub(crate) fn optimized(&self, plan: &LogicalPlan) -> Result<LogicalPlan, DataFusionError> {
        self.state.optimize(plan)
    }

    /// Runs one of many queries.
    pub(crate) async fn collect(&self, plan: &LogicalPlan) -> Result<Vec<RecordBatch>, DataFusionError> {
        let plan = self.state.create_physical_plan(plan).await?;
        datafusion::physical_plan::collect(plan, Arc::clone(&self.task)).await
    }

    /// The functions of our own and what they say.
    pub fn functions() -> &'static [(&'static str, &'static str)] {
        functions::DOCS
    }

    fn empty(options: SessionOptions) -> Result<Self, Error> {
        let failed = |source: DataFusionError| Error::Register {
            table: "information_schema".to_owned(),
            source: Box::new(source),
        };
        let mut config = SessionConfig::new()
            .with_information_schema(true)
            .with_target_partitions(options.threads)
            .with_collect_statistics(false)
            .with_parquet_pruning(false);
        config.options_mut().execution.parquet.schema_force_view_types = false;
        // Another pass finds next to nothing in controls' queries, and planning is much of the work of a small organization.
        config.options_mut().optimizer.max_passes = 1;
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(options.memory)))
            .build_arc()
            .map_err(failed)?;
        let state = SessionStateBuilder::new()
            .with_config(config)
            .with_runtime_env(runtime)
            .with_default_features()
            .with_physical_optimizer_rules(physical_rules())
            .build();
        let mut context = SessionContext::new_with_state(state);
        datafusion_functions_json::register_all(&mut context).map_err(failed)?;
        for function in functions::all() {
            context.register_udf(function);
        }
        let mut state = context.state();
        state.mark_start_execution();
        let task = state.task_ctx();
        Ok(Self {
            context,
            state: Arc::new(state),
            task,
        })
    }

    pub(crate) fn register_view(&self, name: &str, frame: DataFrame) -> Result<(), Error> {
        self.context
            .register_table(name, frame.into_view())
            .map(drop)
            .map_err(|source| Error::Register {
                table: name.to_owned(),
                source: Box::new(source),
            })
    }

    fn register_rows(&self, table: &Table, batches: Vec<RecordBatch>) -> Result<(), Error> {
        MemTable::try_new(table.schema(), vec![batches])
            .and_then(|rows| self.context.register_table(table.name, Arc::new(rows)))
            .map(drop)
            .map_err(|source| Error::Register {
                table: table.name.to_owned(),
                source: Box::new(source),
            })
    }
}

fn parquet_options(schema: Option<&Schema>) -> ParquetReadOptions<'_> {
    ParquetReadOptions {
        schema,
        ..ParquetReadOptions::default()
    }
}

fn read_only() -> SQLOptions {
    SQLOptions::new()
        .with_allow_ddl(false)
        .with_allow_dml(false)
        .with_allow_statements(false)
}

/// The engine's physical rules without those that serve limits, sorted files and statistics, none of which controls have.
fn physical_rules() -> Vec<Arc<dyn PhysicalOptimizerRule + Send + Sync>> {
    const UNNEEDED: [&str; 11] = [
        "aggregate_statistics",
        "FilterPushdown",
        "FilterPushdown(Post)",
        "HashJoinBuffering",
        "LimitAggregation",
        "LimitPushPastWindows",
        "LimitedDistinctAggregation",
        "OptimizeAggregateOrder",
        "PushdownSort",
        "TopKRepartition",
        "WindowTopN",
    ];
    let mut rules = PhysicalOptimizer::new().rules;
    rules.retain(|rule| !UNNEEDED.contains(&rule.name()));
    rules
}

fn batches(table: &Table, rows: &[Value]) -> Result<Vec<RecordBatch>, Error> {
    let failed = |source| Error::Register {
        table: table.name.to_owned(),
        source: Box::new(DataFusionError::from(source)),
    };
    let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
    ReaderBuilder::new(table.schema())
        .with_strict_mode(true)
        .build(Cursor::new(text))
        .map_err(failed)?
        .collect::<Result<Vec<_>, _>>()
        .map_err(failed)
}
