//! The head: number and hash of the last record, in plain text beside the database.

use std::io::Write;
use std::path::Path;

use crate::chain::{Fault, FaultKind};
use crate::error::StateError;

/// The hash before the first record.
pub(crate) const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The file's name in the store's folder.
pub(crate) const FILE: &str = "state.head";

/// Number and hash of the last record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Records in the store.
    pub count: u64,
    /// The last one's hash; zeros where there is none.
    pub hash: String,
}

impl Head {
    /// The head of an empty store.
    pub fn start() -> Self {
        Self {
            count: 0,
            hash: START.to_owned(),
        }
    }

    fn to_text(&self) -> String {
        format!("standfast state 1\nrecords {}\nlast {}\n", self.count, self.hash)
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let head = match (lines.next()?, lines.next()?, lines.next()?) {
            ("standfast state 1", records, last) => Self {
                count: records.strip_prefix("records ")?.parse().ok()?,
                hash: last.strip_prefix("last ")?.to_owned(),
            },
            _ => return None,
        };
        // Written anew it must be the same text: no leading zero, no fourth line, no other form of the same head.
        let windows = text.replace("\r\n", "\n");
        (head.to_text() == windows).then_some(head)
    }

    /// Reads the head file of a store's folder; none where there is no such file.
    pub(crate) fn read(folder: &Path) -> Result<Option<Result<Self, Fault>>, StateError> {
        let path = folder.join(FILE);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(
                std::str::from_utf8(&bytes)
                    .ok()
                    .and_then(Self::from_text)
                    .ok_or(Fault::at(0, FaultKind::HeadChanged)),
            )),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StateError::File {
                what: "read",
                path,
                source,
            }),
        }
    }

    /// Writes the head file of a store's folder in one step.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), StateError> {
        write_whole(folder, FILE, |file| file.write_all(self.to_text().as_bytes()))
    }
}

/// Writes a file of a folder so that it is there as a whole or not at all. Only under the writers' lock: the file grows beside
/// its place under a fixed name, so that what a crash leaves there is overwritten by the next writer.
pub(crate) fn write_whole(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut std::io::BufWriter<std::fs::File>) -> std::io::Result<()>,
) -> Result<(), StateError> {
    let path = folder.join(name);
    let growing = folder.join(format!("{name}.new"));
    let run = || -> std::io::Result<()> {
        let mut writer = std::io::BufWriter::new(std::fs::File::create(&growing)?);
        write(&mut writer)?;
        writer
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?
            .sync_all()?;
        std::fs::rename(&growing, &path)?;
        if let Ok(folder) = std::fs::File::open(folder) {
            // The rename itself must survive a crash too; not every file system can sync a folder.
            let _ = folder.sync_all();
        }
        Ok(())
    };
    run().map_err(|source| StateError::File {
        what: "write",
        path: path.clone(),
        source,
    })
}
