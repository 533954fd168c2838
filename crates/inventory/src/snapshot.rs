//! Snapshots: the plan a run starts from, the manifest it ends with, and the folder that holds them all.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use standfast_model::{Account, LeftOut, SnapshotSummary};

use crate::{Error, Journal, Unit, compact};

/// Where the rows of a snapshot come from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    /// AWS, or an endpoint that the user set.
    #[default]
    Live,
    /// Replies kept earlier.
    Replayed,
    /// Files that somebody had already.
    Files {
        /// The files, in the order in which they were read.
        files: Vec<SourceFile>,
    },
}

/// A file that rows were read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its path, as the user gave it.
    pub path: String,
    /// What it is: `config_snapshot` or `iam_details`.
    pub form: String,
    /// Bytes on disk.
    pub bytes: u64,
    /// SHA-256 of the file as it is on disk, in hex.
    pub sha256: String,
}

/// What a run reads, settled before it reads anything; a resumed run keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunPlan {
    /// Name of the run and of its snapshot: the time it began, such as `2026-01-31T09-00-00Z`.
    pub run_id: String,
    /// When it began.
    pub started_at: Timestamp,
    /// `aws`, `aws-us-gov` or `aws-cn`.
    pub partition: String,
    /// The accounts, sorted by id.
    pub accounts: Vec<Account>,
    /// The units to read, sorted. Where a service has no unit in an account and region that are read, what depends on it is unknown there.
    /// An account or region without any unit is not part of the snapshot, and nothing is said about it; `left_out` names it.
    pub units: Vec<Unit>,
    /// Where the rows come from.
    #[serde(default)]
    pub origin: Origin,
    /// What the organization has and the run does not read.
    #[serde(default)]
    pub left_out: LeftOut,
}

/// One Parquet file of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFile {
    /// Rows in it.
    pub rows: u64,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
}

/// What a snapshot holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this form.
    pub version: u32,
    /// The run.
    pub run_id: String,
    /// When the run began.
    pub started_at: Timestamp,
    /// When the snapshot was written.
    pub finished_at: Timestamp,
    /// `aws`, `aws-us-gov` or `aws-cn`.
    pub partition: String,
    /// The accounts, sorted by id.
    pub accounts: Vec<Account>,
    /// Regions read in at least one account, sorted.
    pub regions: Vec<String>,
    /// Services read, sorted.
    pub services: Vec<String>,
    /// Units planned.
    pub units: u64,
    /// Calls made.
    pub calls: u64,
    /// Calls that failed.
    pub errors: u64,
    /// What the organization has and the run did not read.
    #[serde(default)]
    pub left_out: LeftOut,
    /// The files, by table; a table without rows has none.
    pub tables: BTreeMap<String, TableFile>,
    /// Where the rows come from.
    #[serde(default)]
    pub origin: Origin,
}

impl Manifest {
    /// The version that this program writes and reads.
    pub const VERSION: u32 = 1;

    /// The facts that an assessment carries.
    pub fn summary(&self) -> SnapshotSummary {
        SnapshotSummary {
            run_id: self.run_id.clone(),
            taken_at: self.started_at,
            partition: self.partition.clone(),
            accounts: self.accounts.clone(),
            regions: self.regions.clone(),
            row_counts: self
                .tables
                .iter()
                .map(|(table, file)| (table.clone(), file.rows))
                .collect(),
            left_out: self.left_out.clone(),
        }
    }
}

/// A whole snapshot on disk.
#[derive(Debug, Clone)]
pub struct Snapshot {
    dir: PathBuf,
    manifest: Manifest,
}

impl Snapshot {
    /// Opens a snapshot's folder.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let path = dir.join("manifest.json");
        let text = fs::read(&path).map_err(Error::io("read", &path))?;
        let malformed = |source: serde_json::Error| Error::Malformed {
            path: path.clone(),
            line: source.line(),
            expected: "the manifest of a snapshot",
            source,
        };
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let versioned: Versioned = serde_json::from_slice(&text).map_err(malformed)?;
        if versioned.version != Manifest::VERSION {
            return Err(Error::Version {
                path,
                found: versioned.version,
                expected: Manifest::VERSION,
            });
        }
        let manifest = serde_json::from_slice(&text).map_err(malformed)?;
        Ok(Self {
            dir: dir.to_owned(),
            manifest,
        })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What it holds.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The Parquet file of a table; none where the table has no rows.
    pub fn table_path(&self, table: &str) -> Option<PathBuf> {
        self.manifest
            .tables
            .contains_key(table)
            .then(|| self.dir.join(format!("{table}.parquet")))
    }

    /// Checks every file against the manifest.
    pub fn verify(&self) -> Result<(), Error> {
        for (table, file) in &self.manifest.tables {
            let path = self.dir.join(format!("{table}.parquet"));
            let found = sha256_of(&path)?;
            if found != file.sha256 {
                return Err(Error::Changed {
                    path,
                    expected: file.sha256.clone(),
                    found,
                });
            }
        }
        Ok(())
    }
}

/// End of the name of the folder of an import that is under way.
const IMPORTING: &str = ".importing";

/// The folder of all snapshots, `.standfast/snapshots` in a readiness project.
#[derive(Debug, Clone)]
pub struct SnapshotStore {
    root: PathBuf,
}

impl SnapshotStore {
    /// A store in a folder, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Begins a run.
    pub fn begin(&self, plan: RunPlan) -> Result<Journal, Error> {
        fs::create_dir_all(&self.root).map_err(Error::io("create", &self.root))?;
        let whole = self.root.join(&plan.run_id);
        if whole.exists() {
            return Err(Error::Exists { path: whole });
        }
        Journal::create(&self.root.join(format!("{}.partial", plan.run_id)), plan)
    }

    /// Begins a run that reads files. It cannot be resumed: what is left of one that was killed has a name that no command takes up.
    pub fn begin_import(&self, plan: RunPlan) -> Result<Journal, Error> {
        fs::create_dir_all(&self.root).map_err(Error::io("create", &self.root))?;
        let whole = self.root.join(&plan.run_id);
        if whole.exists() {
            return Err(Error::Exists { path: whole });
        }
        Journal::create(&self.root.join(format!("{}{IMPORTING}", plan.run_id)), plan)
    }

    /// Removes a journal whose run cannot be brought to an end.
    pub fn abandon(&self, journal: &Journal) -> Result<(), Error> {
        fs::remove_dir_all(journal.dir()).map_err(Error::io("remove", journal.dir()))
    }

    /// The names of imports that were killed; only their folders are left, and nothing is lost with them.
    pub fn broken_imports(&self) -> Result<Vec<String>, Error> {
        self.names(|name| name.strip_suffix(IMPORTING).map(str::to_owned))
    }

    /// The names of runs that were begun and not finished, oldest first.
    pub fn unfinished(&self) -> Result<Vec<String>, Error> {
        self.names(|name| name.strip_suffix(".partial").map(str::to_owned))
    }

    /// Opens the journal of a run that was not finished.
    pub fn resume(&self, run_id: &str) -> Result<Journal, Error> {
        let dir = self.root.join(format!("{run_id}.partial"));
        if !dir.join("plan.json").is_file() {
            return Err(Error::NoSnapshot {
                name: format!("{run_id}.partial"),
                root: self.root.clone(),
            });
        }
        Journal::open(&dir)
    }

    /// Turns a finished run's journal into its snapshot, which appears under its name in one step.
    pub fn finish(&self, journal: &Journal, finished_at: Timestamp) -> Result<Snapshot, Error> {
        let dir = self.root.join(&journal.plan().run_id);
        let writing = self.root.join(format!("{}.writing", journal.plan().run_id));
        if writing.exists() {
            fs::remove_dir_all(&writing).map_err(Error::io("remove", &writing))?;
        }
        fs::create_dir_all(&writing).map_err(Error::io("create", &writing))?;
        let manifest = compact::compact(journal, &writing, finished_at)?;
        let path = writing.join("manifest.json");
        let text = serde_json::to_vec_pretty(&manifest).map_err(|source| Error::Row {
            table: "manifest",
            source,
        })?;
        write_synced(&path, &text)?;
        fs::rename(&writing, &dir).map_err(Error::io("rename", &writing))?;
        sync_dir(&self.root)?;
        fs::remove_dir_all(journal.dir()).map_err(Error::io("remove", journal.dir()))?;
        Snapshot::open(&dir)
    }

    /// The names of whole snapshots, oldest first.
    pub fn list(&self) -> Result<Vec<String>, Error> {
        let root = self.root.clone();
        self.names(move |name| root.join(name).join("manifest.json").is_file().then(|| name.to_owned()))
            .map(|names| names.into_iter().filter(|name| !name.ends_with(".writing")).collect())
    }

    /// Opens a snapshot by its name, by `latest`, or by the path of its folder.
    pub fn open(&self, name: &str) -> Result<Snapshot, Error> {
        let missing = || Error::NoSnapshot {
            name: name.to_owned(),
            root: self.root.clone(),
        };
        if name == "latest" {
            let last = self.list()?.pop().ok_or_else(missing)?;
            return Snapshot::open(&self.root.join(last));
        }
        for dir in [self.root.join(name), PathBuf::from(name)] {
            if dir.join("manifest.json").is_file() {
                return Snapshot::open(&dir);
            }
        }
        Err(missing())
    }

    fn names(&self, keep: impl Fn(&str) -> Option<String>) -> Result<Vec<String>, Error> {
        if !self.root.exists() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.root).map_err(Error::io("list", &self.root))? {
            let entry = entry.map_err(Error::io("list", &self.root))?;
            if let Some(name) = entry.file_name().to_str().and_then(&keep) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }
}

/// SHA-256 of a file, in hex.
pub(crate) fn sha256_of(path: &Path) -> Result<String, Error> {
    let mut file = fs::File::open(path).map_err(Error::io("read", path))?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let length = file.read(&mut buffer).map_err(Error::io("read", path))?;
        if length == 0 {
            break;
        }
        digest.update(buffer.get(..length).unwrap_or_default());
    }
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = fs::File::create(path).map_err(Error::io("create", path))?;
    std::io::Write::write_all(&mut file, bytes).map_err(Error::io("write", path))?;
    file.sync_all().map_err(Error::io("sync", path))
}

fn sync_dir(path: &Path) -> Result<(), Error> {
    fs::File::open(path)
        .and_then(|dir| dir.sync_all())
        .map_err(Error::io("sync", path))
}
