//! `standfast permissions`.

use standfast_discover::{policy, tables};

use crate::cli::Permissions;
use crate::exit::{Exit, Failure};
use crate::printer::Printer;

pub(crate) fn run(arguments: &Permissions, printer: &Printer) -> Result<Exit, Failure> {
    let known: std::collections::BTreeSet<&str> = tables::ALL.iter().map(|collector| collector.service).collect();
    if let Some(name) = arguments.services.iter().find(|name| !known.contains(name.as_str())) {
        let known = known.into_iter().collect::<Vec<_>>().join(", ");
        return Err(Failure::usage(format!(
            "there is no service `{name}`; there are {known}"
        )));
    }
    printer.json(&policy(
        &arguments.services,
        arguments.service_last_accessed,
        &arguments.partition,
        &arguments.role_name,
    ))?;
    Ok(Exit::Done)
}
