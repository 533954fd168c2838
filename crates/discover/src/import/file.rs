//! The files of an import: found, unpacked as they are read, and digested.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::bufread::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::ImportError;

/// What a file is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    ConfigSnapshot,
    IamDetails,
}

impl Form {
    /// The word in the manifest.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::ConfigSnapshot => "config_snapshot",
            Self::IamDetails => "iam_details",
        }
    }

    const fn expected(self) -> &'static str {
        match self {
            Self::ConfigSnapshot => {
                "a configuration snapshot of AWS Config: an object with `configSnapshotId` and `configurationItems`"
            }
            Self::IamDetails => "the output of `aws iam get-account-authorization-details`",
        }
    }
}

/// One file, and after its survey its size and digest.
#[derive(Debug, Clone)]
pub(super) struct InputFile {
    pub(super) path: PathBuf,
    pub(super) form: Form,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// The files that are named, and those of the folders that are, sorted by name.
pub(super) fn find(paths: &[PathBuf], form: Form) -> Result<Vec<InputFile>, ImportError> {
    let mut found = Vec::new();
    for path in paths {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let mut inside = Vec::new();
        collect(path, &mut inside)?;
        if inside.is_empty() {
            return Err(ImportError::NoFiles { path: path.clone() });
        }
        inside.sort();
        found.extend(inside);
    }
    let file = |path| InputFile {
        path,
        form,
        bytes: 0,
        sha256: String::new(),
    };
    Ok(found.into_iter().map(file).collect())
}

/// AWS Config lays its snapshots in folders by account, region and day: all of them are looked into.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), ImportError> {
    let unreadable = |source| ImportError::Unreadable {
        path: folder.to_owned(),
        source,
    };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        // A link to a folder is not followed: it may lead back to where it stands.
        if entry.file_type().map_err(unreadable)?.is_dir() {
            collect(&path, found)?;
        } else if [".json", ".json.gz"].iter().any(|end| name.ends_with(end)) {
            found.push(path);
        }
    }
    Ok(())
}

impl InputFile {
    /// Reads the file for the first time and keeps its size and digest.
    pub(super) fn survey(
        &mut self,
        work: impl FnOnce(Box<dyn BufRead>) -> Result<(), serde_json::Error>,
    ) -> Result<(), ImportError> {
        (self.bytes, self.sha256) = self.digest(work)?;
        Ok(())
    }

    /// Reads the file again; it must be the one that was surveyed.
    pub(super) fn read(
        &self,
        work: impl FnOnce(Box<dyn BufRead>) -> Result<(), serde_json::Error>,
    ) -> Result<(), ImportError> {
        if self.digest(work)? == (self.bytes, self.sha256.clone()) {
            Ok(())
        } else {
            Err(ImportError::Changed {
                path: self.path.clone(),
            })
        }
    }

    fn digest(
        &self,
        work: impl FnOnce(Box<dyn BufRead>) -> Result<(), serde_json::Error>,
    ) -> Result<(u64, String), ImportError> {
        let unreadable = |source| ImportError::Unreadable {
            path: self.path.clone(),
            source,
        };
        let counter = Arc::new(Mutex::new((0, Sha256::new())));
        let file = Digested {
            file: File::open(&self.path).map_err(unreadable)?,
            counter: Arc::clone(&counter),
        };
        let mut raw = BufReader::with_capacity(256 * 1024, file);
        let packed = raw.fill_buf().map_err(unreadable)?.starts_with(&[0x1f, 0x8b]);
        let reader: Box<dyn BufRead> = if packed {
            // All members, and each to its checksum: a file that was cut off does not look whole.
            Box::new(BufReader::with_capacity(256 * 1024, MultiGzDecoder::new(raw)))
        } else {
            Box::new(raw)
        };
        work(reader).map_err(|error| ImportError::json(&self.path, self.form.expected(), error))?;
        let (bytes, digest) = counter.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let hex = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok((bytes, hex))
    }
}

/// Digests what passes through.
struct Digested {
    file: File,
    counter: Arc<Mutex<(u64, Sha256)>>,
}

impl Read for Digested {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.file.read(buffer)?;
        let mut counter = self.counter.lock().unwrap_or_else(PoisonError::into_inner);
        counter.0 += length as u64;
        counter.1.update(buffer.get(..length).unwrap_or_default());
        Ok(length)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_leads_back_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("111122223333");
        std::fs::create_dir(&inner).expect("a folder in it");
        std::fs::write(inner.join("one.json"), "{}").expect("a file");
        for name in ["back", "again"] {
            std::os::unix::fs::symlink(folder.path(), inner.join(name)).expect("a link");
        }
        let found = find(&[folder.path().to_owned()], Form::ConfigSnapshot).expect("one file");
        let paths: Vec<&Path> = found.iter().map(|file| file.path.as_path()).collect();
        assert_eq!(paths, [inner.join("one.json")]);
    }
}
