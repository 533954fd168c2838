//! From a journal to Parquet: one table at a time, one account at a time, so that memory stays flat as accounts grow.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, AsArray, BooleanArray, RecordBatch};
use arrow::compute::{SortColumn, concat_batches, filter_record_batch, lexsort_to_indices, take_record_batch};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::json::ReaderBuilder;
use jiff::Timestamp;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::journal::{account_dirs, read_units};
use crate::snapshot::sha256_of;
use crate::{Error, Journal, Manifest, Table, TableFile, tables};

/// Rows of a row group; a group is also closed at [`GROUP_BYTES`].
const GROUP_ROWS: usize = 64 * 1024;
/// Bytes of encoded rows held in memory before a row group is closed.
pub(crate) const GROUP_BYTES: usize = 4 * 1024 * 1024;

/// How every Parquet file of standfast is written.
pub(crate) fn writer_properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_created_by("standfast".to_owned())
        .build()
}

/// Writes the Parquet files of a finished run into `dir` and returns its manifest.
pub(crate) fn compact(journal: &Journal, dir: &Path, finished_at: Timestamp) -> Result<Manifest, Error> {
    let units = read_units(journal.dir())?;
    let accounts = account_dirs(journal.dir())?;
    let committed: HashSet<(String, String)> = units
        .iter()
        .map(|record| {
            let tag = format!("{}/{}#{}", record.unit.service, record.unit.region, record.opening);
            (record.unit.account_id.clone(), tag)
        })
        .collect();
    let mut files = BTreeMap::new();
    for table in tables::ALL {
        if let Some(file) = write_table(table, &accounts, &committed, dir)? {
            files.insert(table.name.to_owned(), file);
        }
    }
    let plan = journal.plan();
    let distinct = |values: &mut dyn Iterator<Item = String>| values.collect::<BTreeSet<_>>().into_iter().collect();
    Ok(Manifest {
        version: Manifest::VERSION,
        run_id: plan.run_id.clone(),
        started_at: plan.started_at,
        finished_at,
        partition: plan.partition.clone(),
        accounts: plan.accounts.clone(),
        regions: distinct(
            &mut units
                .iter()
                .map(|record| record.unit.region.clone())
                .filter(|region| region != "global"),
        ),
        services: distinct(&mut units.iter().map(|record| record.unit.service.clone())),
        units: plan.units.len() as u64,
        calls: units.iter().map(|record| record.calls).sum(),
        errors: units.iter().map(|record| record.errors).sum(),
        left_out: plan.left_out.clone(),
        tables: files,
        origin: plan.origin.clone(),
    })
}

fn write_table(
    table: &'static Table,
    accounts: &[std::path::PathBuf],
    committed: &HashSet<(String, String)>,
    dir: &Path,
) -> Result<Option<TableFile>, Error> {
    let path = dir.join(format!("{}.parquet", table.name));
    let mut writer: Option<ArrowWriter<fs::File>> = None;
    let mut rows = 0;
    for account in accounts {
        let source = account.join(format!("{}.ndjson", table.name));
        if !source.exists() {
            continue;
        }
        let Some(batch) = read_rows(table, &source, committed)? else {
            continue;
        };
        rows += batch.num_rows() as u64;
        let writer = if let Some(writer) = &mut writer {
            writer
        } else {
            let file = fs::File::create(&path).map_err(Error::io("create", &path))?;
            writer.insert(
                ArrowWriter::try_new(file, table.schema(), Some(writer_properties()))
                    .map_err(Error::parquet("write", &path))?,
            )
        };
        writer.write(&batch).map_err(Error::parquet("write", &path))?;
        if writer.in_progress_size() > GROUP_BYTES {
            writer.flush().map_err(Error::parquet("write", &path))?;
        }
    }
    let Some(writer) = writer else { return Ok(None) };
    let file = writer.into_inner().map_err(Error::parquet("write", &path))?;
    file.sync_all().map_err(Error::io("sync", &path))?;
    Ok(Some(TableFile {
        rows,
        sha256: sha256_of(&path)?,
    }))
}

/// The finished rows of one table and account, sorted by region and key.
fn read_rows(
    table: &'static Table,
    source: &Path,
    committed: &HashSet<(String, String)>,
) -> Result<Option<RecordBatch>, Error> {
    let columns = |source_error| Error::Columns {
        table: table.name.to_owned(),
        path: source.to_owned(),
        source: source_error,
    };
    let schema = table.schema();
    let mut fields: Vec<Arc<Field>> = schema.fields().iter().cloned().collect();
    fields.push(Arc::new(Field::new("_unit", DataType::Utf8, false)));
    let tagged = Arc::new(Schema::new(fields));
    let file = fs::File::open(source).map_err(Error::io("read", source))?;
    let reader = ReaderBuilder::new(tagged.clone())
        .build(BufReader::new(file))
        .map_err(columns)?;
    let mut batches = Vec::new();
    for batch in reader {
        let batch = batch.map_err(columns)?;
        let last = batch.num_columns() - 1;
        let tags = batch.column(last).as_string::<i32>().clone();
        let ids = batch.column(1).as_string::<i32>().clone();
        let keep: BooleanArray = (0..batch.num_rows())
            .map(|row| Some(committed.contains(&(ids.value(row).to_owned(), tags.value(row).to_owned()))))
            .collect();
        let kept = if keep.true_count() == keep.len() {
            batch
        } else {
            filter_record_batch(&batch, &keep).map_err(columns)?
        };
        if kept.num_rows() > 0 {
            batches.push(kept);
        }
    }
    if batches.is_empty() {
        return Ok(None);
    }
    let all = concat_batches(&tagged, &batches).map_err(columns)?;
    let own: Vec<usize> = (0..schema.fields().len()).collect();
    let all = all.project(&own).map_err(columns)?;
    let mut order = Vec::new();
    for name in std::iter::once("region").chain(table.key.iter().copied()) {
        if let Some(values) = all.column_by_name(name)
            && !matches!(values.data_type(), DataType::List(_))
        {
            order.push(SortColumn {
                values: values.clone(),
                options: None,
            });
        }
    }
    let indices = lexsort_to_indices(&order, None).map_err(columns)?;
    take_record_batch(&all, &indices).map(Some).map_err(columns)
}
