//! A session over one snapshot.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::json::ReaderBuilder;
use datafusion::datasource::MemTable;
use datafusion::error::DataFusionError;
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
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
}

impl Default for SessionOptions {
    fn default() -> Self {
        Self {
            memory: 1 << 30,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// SQL over the tables of one snapshot. A table without rows is there, and empty.
#[derive(Clone)]
pub struct Session {
    context: SessionContext,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session {
    /// Opens a session over a snapshot on disk. `extra` are further Parquet files by table name, such as the findings made of it.
    pub async fn open(snapshot: &Snapshot, options: SessionOptions) -> Result<Self, Error> {
        let session = Self::empty(options)?;
        for table in tables::ALL {
            match snapshot.table_path(table.name) {
                Some(path) => session.register_parquet(table.name, &path, Some(table)).await?,
                None => session.register_rows(table, Vec::new())?,
            }
        }
        Ok(session)
    }

    /// A session over rows given as JSON objects, for the cases of a control. Of the tables that `rows` leaves out, those that `query` names
    /// are there and empty.
    pub fn of_rows(rows: &BTreeMap<String, Vec<Value>>, query: &str) -> Result<Self, Error> {
        let session = Self::empty(SessionOptions {
            memory: 1 << 28,
            threads: 1,
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
        let options = ParquetReadOptions {
            schema: schema.as_deref(),
            ..ParquetReadOptions::default()
        };
        self.context
            .register_parquet(name, path.to_string_lossy(), options)
            .await
            .map_err(|source| Error::Register {
                table: name.to_owned(),
                source: Box::new(source),
            })
    }

    /// Plans a query. Nothing but reading is allowed.
    pub async fn sql(&self, query: &str) -> Result<DataFrame, Error> {
        self.plan(query).await.map_err(|source| Error::Query(Box::new(source)))
    }

    pub(crate) async fn plan(&self, query: &str) -> Result<DataFrame, DataFusionError> {
        let read_only = datafusion::execution::context::SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        self.context.sql_with_options(query, read_only).await
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
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(options.memory)))
            .build_arc()
            .map_err(failed)?;
        let state = SessionStateBuilder::new()
            .with_config(config)
            .with_runtime_env(runtime)
            .with_default_features()
            .build();
        let mut context = SessionContext::new_with_state(state);
        datafusion_functions_json::register_all(&mut context).map_err(failed)?;
        for function in functions::all() {
            context.register_udf(function);
        }
        Ok(Self { context })
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
