//! Findings on disk: one Parquet file beside the snapshot that they were made of, so that millions of them need no memory and SQL can ask for
//! them as `standfast_finding`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use standfast_model::{Domain, Finding, Severity};

use crate::Error;
use crate::compact::{GROUP_BYTES, writer_properties};

/// The name of the findings in SQL.
pub const FINDINGS_TABLE: &str = "standfast_finding";

/// The columns of a finding, with what they say.
pub const FINDING_COLUMNS: &[(&str, &str)] = &[
    ("control_id", "The control."),
    ("severity", "How bad a failure is."),
    ("domain", "The control's domain."),
    ("account_id", "Account, 12 digits."),
    ("region", "Region; `global` for what has none."),
    (
        "resource",
        "ARN of the resource, or of the account or region that the finding is about.",
    ),
    ("status", "`pass`, `fail`, `not_applicable` or `unknown`."),
    ("reason", "Why, with the value seen."),
    (
        "exception",
        "Id of the exception that covers the finding; NULL without one.",
    ),
];

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    Arc::new(Schema::new(
        FINDING_COLUMNS
            .iter()
            .map(|(name, _)| Field::new(*name, DataType::Utf8, *name == "exception"))
            .collect::<Vec<_>>(),
    ))
});

/// Writes findings; the file appears under its name when it is whole.
#[derive(Debug)]
pub struct FindingsWriter {
    path: PathBuf,
    writing: PathBuf,
    /// None once the file is whole.
    writer: Option<ArrowWriter<fs::File>>,
}

impl Drop for FindingsWriter {
    /// Takes away what is not whole.
    fn drop(&mut self) {
        if self.writer.take().is_some() {
            drop(fs::remove_file(&self.writing));
        }
    }
}

impl FindingsWriter {
    /// Begins a file.
    pub fn create(path: &Path) -> Result<Self, Error> {
        if let Some(dir) = path.parent() {
            fs::create_dir_all(dir).map_err(Error::io("create", dir))?;
        }
        let writing = path.with_extension("writing");
        let file = fs::File::create(&writing).map_err(Error::io("create", &writing))?;
        let writer = ArrowWriter::try_new(file, SCHEMA.clone(), Some(writer_properties()))
            .map_err(Error::parquet("write", &writing))?;
        Ok(Self {
            path: path.to_owned(),
            writing,
            writer: Some(writer),
        })
    }

    /// Adds the findings of one control.
    pub fn append(&mut self, findings: &[Finding], severity: Severity, domain: Domain) -> Result<(), Error> {
        for part in findings.chunks(64 * 1024) {
            let text = |value: fn(&Finding) -> &str| {
                Arc::new(part.iter().map(|finding| Some(value(finding))).collect::<StringArray>()) as ArrayRef
            };
            let constant = |value: &str| Arc::new(StringArray::from(vec![value; part.len()])) as ArrayRef;
            let exceptions: StringArray = part.iter().map(|finding| finding.exception.as_deref()).collect();
            let columns = vec![
                text(|finding| &finding.control_id),
                constant(severity.as_str()),
                constant(domain.as_str()),
                text(|finding| &finding.account_id),
                text(|finding| &finding.region),
                text(|finding| &finding.resource),
                text(|finding| finding.status.as_str()),
                text(|finding| &finding.reason),
                Arc::new(exceptions) as ArrayRef,
            ];
            let batch = RecordBatch::try_new(SCHEMA.clone(), columns).map_err(|source| Error::Columns {
                table: FINDINGS_TABLE.to_owned(),
                path: self.writing.clone(),
                source,
            })?;
            if let Some(writer) = &mut self.writer {
                writer.write(&batch).map_err(Error::parquet("write", &self.writing))?;
                if writer.in_progress_size() > GROUP_BYTES {
                    writer.flush().map_err(Error::parquet("write", &self.writing))?;
                }
            }
        }
        Ok(())
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<(), Error> {
        let Some(writer) = self.writer.take() else {
            return Ok(());
        };
        let ended = writer
            .into_inner()
            .map_err(Error::parquet("write", &self.writing))
            .and_then(|file| file.sync_all().map_err(Error::io("sync", &self.writing)))
            .and_then(|()| fs::rename(&self.writing, &self.path).map_err(Error::io("rename", &self.writing)));
        if ended.is_err() {
            drop(fs::remove_file(&self.writing));
        }
        ended
    }
}

/// Reads findings one after another.
#[derive(Debug)]
pub struct FindingsReader {
    path: PathBuf,
    batches: ParquetRecordBatchReader,
    current: std::vec::IntoIter<Finding>,
}

impl FindingsReader {
    /// Opens a file of findings.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = fs::File::open(path).map_err(Error::io("read", path))?;
        let batches = ParquetRecordBatchReaderBuilder::try_new(file)
            .and_then(|builder| builder.with_batch_size(4096).build())
            .map_err(Error::parquet("read", path))?;
        Ok(Self {
            path: path.to_owned(),
            batches,
            current: Vec::new().into_iter(),
        })
    }
}

impl Iterator for FindingsReader {
    type Item = Result<Finding, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(finding) = self.current.next() {
                return Some(Ok(finding));
            }
            let columns = |source| Error::Columns {
                table: FINDINGS_TABLE.to_owned(),
                path: self.path.clone(),
                source,
            };
            match self.batches.next()? {
                Ok(batch) => self.current = findings_of(&batch).into_iter(),
                Err(source) => return Some(Err(columns(source))),
            }
        }
    }
}

fn findings_of(batch: &RecordBatch) -> Vec<Finding> {
    let column = |name: &str| {
        batch
            .column_by_name(name)
            .map(|column| column.as_string::<i32>().clone())
    };
    let (
        Some(controls),
        Some(accounts),
        Some(regions),
        Some(resources),
        Some(statuses),
        Some(reasons),
        Some(exceptions),
    ) = (
        column("control_id"),
        column("account_id"),
        column("region"),
        column("resource"),
        column("status"),
        column("reason"),
        column("exception"),
    )
    else {
        return Vec::new();
    };
    (0..batch.num_rows())
        .map(|row| Finding {
            control_id: controls.value(row).to_owned(),
            account_id: accounts.value(row).to_owned(),
            region: regions.value(row).to_owned(),
            resource: resources.value(row).to_owned(),
            status: statuses
                .value(row)
                .parse()
                .unwrap_or(standfast_model::FindingStatus::Unknown),
            reason: reasons.value(row).to_owned(),
            exception: exceptions.is_valid(row).then(|| exceptions.value(row).to_owned()),
        })
        .collect()
}
