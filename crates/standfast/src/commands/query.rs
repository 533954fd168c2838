//! `standfast query`.

use std::io::Read;

use standfast_query::{Error, write_batches};

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
    let frame = session.sql(&sql).await.map_err(|error| {
        Failure::from(error).hint("`standfast tables` lists tables, `standfast tables TABLE` its columns")
    })?;
    let rows = frame
        .collect()
        .await
        .map_err(|error| Failure::from(Error::Query(Box::new(error))))?;
    printer.data(|out| Ok(write_batches(&rows, arguments.format.into(), out)?))?;
    Ok(Exit::Done)
}
