//! `standfast query`.

use std::io::Read;
use std::sync::Arc;

use arrow::array::RecordBatch;
use standfast_query::{Error, OutputFormat, write_batches};

use crate::assessment::session;
use crate::cli::Query;
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::Project;

pub(crate) async fn run(project: &Project, arguments: &Query, printer: &Printer) -> Result<Exit, Failure> {
    let snapshot = project.snapshot(arguments.snapshot.as_deref())?;
    let session = session(project, &snapshot).await?;
    let mut sql = arguments.sql.clone();
    if sql == "-" {
        sql.clear();
        std::io::stdin().read_to_string(&mut sql)?;
    }
    let hinted =
        |error| Failure::from(error).hint("`standfast tables` lists tables, `standfast tables TABLE` its columns");
    let frame = session.sql(&sql).await.map_err(hinted)?;
    // Without any row there is no batch either, and nothing would say which columns there are.
    let none = RecordBatch::new_empty(Arc::new(frame.schema().as_arrow().clone()));
    let mut rows = frame
        .collect()
        .await
        .map_err(|error| hinted(Error::Query(Box::new(error))))?;
    if rows.is_empty() {
        rows.push(none);
    }
    let format = arguments.format.into();
    printer.data(|out| {
        if format != OutputFormat::Json {
            return Ok(write_batches(&rows, format, out)?);
        }
        write!(out, "{{\"version\":1,\"rows\":")?;
        write_batches(&rows, format, out)?;
        Ok(writeln!(out, "}}")?)
    })?;
    Ok(Exit::Done)
}
