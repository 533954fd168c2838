//! A person's dated word that something is so.

use std::io::Read;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use standfast_model::{CriterionState, Evidence, EvidenceKind};

use crate::error::StateError;
use crate::record::{Draft, Record, hex};
use crate::store::Store;

const ATTESTATION: &str = "attestation";
const WITHDRAWAL: &str = "withdrawal";

/// What a person brings forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Proof {
    /// In words.
    Text {
        /// The words.
        text: String,
    },
    /// A page elsewhere.
    Url {
        /// Its address.
        url: String,
    },
    /// A file, pinned by its hash.
    File {
        /// Its path as it was given, relative to the project.
        path: String,
        /// Its SHA-256, 64 hexadecimal digits.
        sha256: String,
        /// Its length in bytes.
        bytes: u64,
    },
}

/// Evidence that cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// Nothing was given.
    #[error("the evidence is empty")]
    Empty,
    /// The file cannot be read.
    #[error("cannot read the evidence `{path}`")]
    Read {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

/// Whether a file is still the one that was brought forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// Same bytes.
    Same,
    /// Other bytes.
    Changed,
    /// Not there.
    Missing,
}

impl Proof {
    /// What a person gave: an address if it begins like one, a file if one is there under the project, words otherwise.
    pub fn given(text: &str, project: &Path) -> Result<Self, ProofError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ProofError::Empty);
        }
        if text.starts_with("https://") || text.starts_with("http://") {
            return Ok(Self::Url { url: text.to_owned() });
        }
        let path = project.join(text);
        if path.is_file() {
            let (sha256, bytes) = digest(&path).map_err(|source| ProofError::Read {
                path: text.to_owned(),
                source,
            })?;
            return Ok(Self::File {
                path: text.to_owned(),
                sha256,
                bytes,
            });
        }
        Ok(Self::Text { text: text.to_owned() })
    }

    /// Whether the file is still the same; none for words and addresses.
    pub fn file_state(&self, project: &Path) -> Option<FileState> {
        let Self::File { path, sha256, .. } = self else {
            return None;
        };
        Some(match digest(&project.join(path)) {
            Ok((found, _)) if found == *sha256 => FileState::Same,
            Ok(_) => FileState::Changed,
            Err(_) => FileState::Missing,
        })
    }
}

impl std::fmt::Display for Proof {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text { text } => formatter.write_str(text),
            Self::Url { url } => formatter.write_str(url),
            Self::File { path, sha256, .. } => {
                write!(formatter, "{path} (sha256 {})", sha256.get(..12).unwrap_or(sha256))
            }
        }
    }
}

fn digest(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = std::fs::File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else {
            return Ok((hex(&hasher.finalize()), bytes));
        };
        hasher.update(part);
        bytes += read as u64;
    }
}

/// A person's dated word: that a workshop was held, a document approved, a rehearsal done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// The criterion, such as `1.1.a`.
    pub criterion: String,
    /// What kind of thing is attested: an attestation proper, or the approval of a document, the success of a rehearsal.
    pub kind: EvidenceKind,
    /// The name of the attestation, document or rehearsal in the program.
    pub name: String,
    /// Who says so.
    pub by: String,
    /// What they bring forward.
    pub proof: Proof,
    /// In their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When it was said.
    pub at: Timestamp,
    /// When it stops to count; none where it holds until withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
}

impl Attestation {
    /// The attestation as evidence for its criterion. Whether it still counts is for the reader to say, who knows the time.
    pub fn evidence(&self) -> Evidence {
        let verb = match self.kind {
            EvidenceKind::Document => "approved",
            EvidenceKind::Rehearsal => "rehearsed, says",
            _ => "attested",
        };
        let by = match self.kind {
            EvidenceKind::Rehearsal => self.by.clone(),
            _ => format!("by {}", self.by),
        };
        let note = self.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
        Evidence {
            criterion: self.criterion.clone(),
            kind: self.kind,
            subject: if self.kind == EvidenceKind::Attestation {
                self.by.clone()
            } else {
                self.name.clone()
            },
            state: CriterionState::Met,
            summary: format!("{verb} {by}{note} ({})", self.proof),
            at: self.at,
            valid_until: self.valid_until,
        }
    }
}

/// An attestation and the record that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The record's place.
    pub seq: u64,
    /// The attestation.
    pub attestation: Attestation,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdrawal {
    record: u64,
    reason: String,
}

impl Store {
    /// Records an attestation.
    pub fn attest(&mut self, attestation: &Attestation) -> Result<Record, StateError> {
        for (field, value) in [
            ("criterion", &attestation.criterion),
            ("name", &attestation.name),
            ("by", &attestation.by),
        ] {
            if value.trim().is_empty() {
                return Err(StateError::Empty { field });
            }
        }
        if attestation.kind == EvidenceKind::Control {
            return Err(StateError::Control);
        }
        if let Some(until) = attestation.valid_until.filter(|until| *until <= attestation.at) {
            return Err(StateError::Expired {
                at: attestation.at,
                until,
            });
        }
        self.append(&Draft {
            kind: ATTESTATION.to_owned(),
            subject: attestation.criterion.clone(),
            body: body(attestation)?,
            at: attestation.at,
            by: attestation.by.clone(),
        })
    }

    /// Takes an attestation back. Its record stays, and so does the reason.
    pub fn withdraw(&mut self, seq: u64, by: &str, reason: &str, at: Timestamp) -> Result<Record, StateError> {
        let filed = self
            .attestations()?
            .into_iter()
            .find(|filed| filed.seq == seq)
            .ok_or(StateError::NothingToWithdraw { seq })?;
        self.append(&Draft {
            kind: WITHDRAWAL.to_owned(),
            subject: filed.attestation.criterion,
            body: body(&Withdrawal {
                record: seq,
                reason: reason.to_owned(),
            })?,
            at,
            by: by.to_owned(),
        })
    }

    /// The attestations that were not withdrawn, in the order in which they were made.
    pub fn attestations(&self) -> Result<Vec<Filed>, StateError> {
        let withdrawn: Vec<u64> = self
            .records(WITHDRAWAL)?
            .iter()
            .map(|record| typed::<Withdrawal>(record).map(|withdrawal| withdrawal.record))
            .collect::<Result<_, _>>()?;
        self.records(ATTESTATION)?
            .iter()
            .filter(|record| !withdrawn.contains(&record.seq))
            .map(|record| {
                Ok(Filed {
                    seq: record.seq,
                    attestation: typed(record)?,
                })
            })
            .collect()
    }
}

fn body(value: &impl Serialize) -> Result<serde_json::Value, StateError> {
    serde_json::to_value(value).map_err(|source| StateError::Body {
        seq: 0,
        kind: ATTESTATION.to_owned(),
        source,
    })
}

fn typed<T: serde::de::DeserializeOwned>(record: &Record) -> Result<T, StateError> {
    serde_json::from_str(&record.body).map_err(|source| StateError::Body {
        seq: record.seq,
        kind: record.kind.clone(),
        source,
    })
}
