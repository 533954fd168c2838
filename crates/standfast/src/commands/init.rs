//! `standfast init`.

use std::path::{Path, PathBuf};

use standfast_content::design_defaults;
use standfast_state::Store;

use crate::cli::Init;
use crate::exit::{Exit, Failure};
use crate::printer::Printer;
use crate::project::{DESIGN, EXCEPTIONS, OWN_FOLDER, write_whole};

/// The exceptions file of a new project: no exception, and how one is written.
const EXCEPTIONS_TEXT: &str = r#"# Failures that somebody accepts for a while. An exception that has expired reopens its findings; one that matches nothing is an error.
#
# [[exception]]
# id = "legacy-reports-bucket"
# control = "s3-bucket-versioning-enabled"
# owner = "reports-team@example.com"
# reason = "The bucket holds copies that can be made again; it is replaced in March."
# expires = 2027-03-31
# scope = { accounts = ["111122223333"], resources = ["arn:aws:s3:::legacy-reports"] }
"#;

/// Snapshots hold the whole inventory and stay out of git; what people stated goes in as lines of text.
const GITIGNORE: &str = "snapshots/\nassessments/\nstate.sqlite\nstate.sqlite-journal\n";

pub(crate) fn run(arguments: &Init, project: Option<PathBuf>, printer: &Printer) -> Result<Exit, Failure> {
    let folder = arguments
        .folder
        .clone()
        .or(project)
        .unwrap_or_else(|| PathBuf::from("."));
    if folder.join(DESIGN).exists() {
        return Err(Failure::usage(format!(
            "`{}` is there already: this is a readiness project",
            folder.join(DESIGN).display()
        )));
    }
    make(&folder)?;
    printer.say(format!(
        "made a readiness project in {}\n  {DESIGN}        the decisions that controls and stories go by; every value is a default\n  {EXCEPTIONS}    failures that somebody accepts for a while\n  {OWN_FOLDER}/        snapshots, assessments and the store of evidence\nnext: `standfast discover` with AWS credentials of the management account, or `standfast demo` without any",
        folder.display()
    ));
    Ok(Exit::Done)
}

/// Makes a project. The design file comes last: a folder is a project only when it is whole.
pub(crate) fn make(folder: &Path) -> Result<(), Failure> {
    let own = folder.join(OWN_FOLDER);
    std::fs::create_dir_all(&own).map_err(|error| Failure::file("make", &own, error))?;
    write_whole(&own.join(".gitignore"), |out| Ok(out.write_all(GITIGNORE.as_bytes())?))?;
    Store::open(&own)?;
    let exceptions = folder.join(EXCEPTIONS);
    if !exceptions.exists() {
        write_whole(&exceptions, |out| Ok(out.write_all(EXCEPTIONS_TEXT.as_bytes())?))?;
    }
    write_whole(&folder.join(DESIGN), |out| {
        Ok(out.write_all(design_defaults().as_bytes())?)
    })?;
    Ok(())
}
