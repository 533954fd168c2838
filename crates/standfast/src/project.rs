//! The readiness project: a folder that a team keeps in git.

use std::io::Write;
use std::path::{Path, PathBuf};

use standfast_content::Content;
use standfast_content::program::Program;
use standfast_design::Design;
use standfast_inventory::{Snapshot, SnapshotStore};
use standfast_readiness::Exceptions;
use standfast_state::Store;

use crate::exit::Failure;

/// The design file; its folder is the project.
pub(crate) const DESIGN: &str = "design.toml";
/// The exceptions that the project's owner accepts.
pub(crate) const EXCEPTIONS: &str = "exceptions.toml";
/// What standfast keeps for itself.
pub(crate) const OWN_FOLDER: &str = ".standfast";
/// A program of the project's own, in place of the one that ships.
pub(crate) const PROGRAM: &str = "program.toml";

/// An opened project.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    folder: PathBuf,
}

impl Project {
    /// The project in a folder, or, without one, in the current folder or the nearest above it.
    pub(crate) fn find(folder: Option<&Path>) -> Result<Self, Failure> {
        if let Some(folder) = folder {
            if folder.join(DESIGN).is_file() {
                return Ok(Self {
                    folder: folder.to_owned(),
                });
            }
            return Err(Failure::usage(format!(
                "`{}` is no readiness project: it has no {DESIGN}",
                folder.display()
            ))
            .hint("`standfast init` makes one"));
        }
        let current = std::env::current_dir()?;
        current
            .ancestors()
            .find(|folder| folder.join(DESIGN).is_file())
            .map(|folder| Self {
                folder: folder.to_owned(),
            })
            .ok_or_else(|| {
                Failure::usage(format!(
                    "there is no {DESIGN} here or above: this is no readiness project"
                ))
                .hint("`standfast init` makes one in this folder")
            })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn own_folder(&self) -> PathBuf {
        self.folder.join(OWN_FOLDER)
    }

    pub(crate) fn snapshots(&self) -> SnapshotStore {
        SnapshotStore::new(self.own_folder().join("snapshots"))
    }

    /// A snapshot by name; the latest without one.
    pub(crate) fn snapshot(&self, name: Option<&str>) -> Result<Snapshot, Failure> {
        let store = self.snapshots();
        match store.open(name.unwrap_or("latest")) {
            Ok(snapshot) => {
                // What was changed since is not what AWS said.
                snapshot.verify().map_err(|error| {
                    Failure::failed(error)
                        .hint("nothing is concluded from a snapshot that was changed; `standfast snapshots` lists the whole ones")
                })?;
                Ok(snapshot)
            }
            Err(error @ standfast_inventory::Error::NoSnapshot { .. }) => {
                let failure = Failure::usage(error.to_string());
                Err(match store.unfinished()?.last() {
                    Some(run) => failure.hint(format!(
                        "run {run} was not finished: `standfast discover --resume` goes on with it"
                    )),
                    None if store.list()?.is_empty() => failure.hint("`standfast discover` takes one"),
                    None => failure.hint("`standfast snapshots` lists them"),
                })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Where the assessment of a snapshot is kept.
    pub(crate) fn assessment_folder(&self, run_id: &str) -> PathBuf {
        self.own_folder().join("assessments").join(run_id)
    }

    pub(crate) fn design(&self) -> Result<Design, Failure> {
        let path = self.folder.join(DESIGN);
        Ok(Design::parse(DESIGN, &read(&path)?)?)
    }

    pub(crate) fn content(&self) -> Result<Content, Failure> {
        Ok(Content::load(Some(&self.folder))?)
    }

    pub(crate) fn exceptions(&self, content: &Content) -> Result<Exceptions, Failure> {
        let path = self.folder.join(EXCEPTIONS);
        let text = if path.is_file() { read(&path)? } else { String::new() };
        let known = content.controls.keys().map(String::as_str).collect();
        Ok(Exceptions::parse(EXCEPTIONS, &text, &known)?)
    }

    pub(crate) fn program(&self, content: &Content) -> Result<Program, Failure> {
        let known = content.controls.keys().map(String::as_str).collect();
        let path = self.folder.join(PROGRAM);
        Ok(if path.is_file() {
            Program::parse(PROGRAM, &read(&path)?, Some(&known))?
        } else {
            Program::parse("program/security.toml", standfast_content::program_text(), Some(&known))?
        })
    }

    pub(crate) fn store(&self) -> Result<Store, Failure> {
        Ok(Store::open(&self.own_folder())?)
    }

    /// The store, every record of it as it was written. What somebody else wrote into it is no evidence of anything, and nothing is built
    /// on it.
    pub(crate) fn sound_store(&self) -> Result<Store, Failure> {
        let mut store = self.store()?;
        store.verify().map_err(|error| {
            Failure::failed(error)
                .hint("`standfast evidence verify` says the same; nothing is made of a store that was changed")
        })?;
        Ok(store)
    }
}

/// Writes a file in one step: one that is there is whole, and a failure leaves nothing behind. Returns its length in bytes.
pub(crate) fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<u64, Failure> {
    let failed = |source| Failure::file("write", path, source);
    let mut name = path.as_os_str().to_owned();
    name.push(".writing");
    let writing = PathBuf::from(name);
    let mut out = std::io::BufWriter::new(std::fs::File::create(&writing).map_err(failed)?);
    let outcome = write(&mut out)
        .and_then(|()| out.flush().map_err(failed))
        .and_then(|()| std::fs::rename(&writing, path).map_err(failed));
    if outcome.is_err() {
        drop(std::fs::remove_file(&writing));
    }
    outcome?;
    Ok(std::fs::metadata(path).map_err(failed)?.len())
}

/// The text of a file that the user wrote.
pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::usage(format!("cannot read `{}`: {error}", path.display())))
}
