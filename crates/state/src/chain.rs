//! The chain of records, and what is wrong with a broken one.

use std::collections::BTreeMap;

use crate::head::{Head, START};
use crate::record::Record;

/// What is wrong with a store, at the first record that shows it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("record {seq}: {kind}")]
pub struct Fault {
    /// The place, from 1; 0 for what concerns the store as a whole.
    pub seq: u64,
    /// What is wrong.
    pub kind: FaultKind,
}

/// The ways in which a store can be broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// The record's text is not the one that was recorded.
    #[error("it was changed: its text does not give its hash")]
    Changed,
    /// The record is not there, later ones are.
    #[error("it was removed")]
    Removed,
    /// The record and all that followed are not there.
    #[error("it was removed, with all up to record {until}, the last according to {source_of_truth}")]
    CutOff {
        /// The last record that there was.
        until: u64,
        /// Who knows: the head file or the database.
        source_of_truth: &'static str,
    },
    /// The record stands in another place than the one in which it was recorded.
    #[error("it stands in another's place: records were reordered")]
    Reordered,
    /// The record was put in afterwards: the next one does not know it.
    #[error("it was inserted afterwards: what follows does not know it")]
    Inserted,
    /// The last record known to the head is another one.
    #[error("it was replaced: {source_of_truth} knows another record in its place")]
    Replaced {
        /// Who knows: the head file or the database.
        source_of_truth: &'static str,
    },
    /// The record is a second one in its place.
    #[error("it stands in a place that is taken")]
    Repeated,
    /// The export's line is not written as the record would be.
    #[error("its line was changed")]
    Line,
    /// There are records but no head file.
    #[error("the head file `state.head` is missing")]
    NoHead,
    /// The head file is not one.
    #[error("the head file `state.head` was changed: it is not a head")]
    HeadChanged,
    /// A table or trigger of the database is not what it was.
    #[error("the database's `{name}` was changed or removed")]
    Schema {
        /// The table or trigger.
        name: String,
    },
}

impl Fault {
    pub(crate) const fn at(seq: u64, kind: FaultKind) -> Self {
        Self { seq, kind }
    }
}

/// Checks records in the order of their places: each unchanged, none missing, each after the one it names.
pub fn check_chain(records: &[Record]) -> Result<(), Fault> {
    let mut previous = START;
    for (expected, record) in (1u64..).zip(records) {
        if record.seq > expected {
            return Err(Fault::at(expected, FaultKind::Removed));
        }
        if record.seq < expected {
            return Err(Fault::at(record.seq, FaultKind::Repeated));
        }
        if record.reckoned() != record.hash {
            return Err(Fault::at(expected, FaultKind::Changed));
        }
        if record.previous != previous {
            return Err(broken_link(records, record));
        }
        previous = &record.hash;
    }
    Ok(())
}

/// Why a record, whole in itself, does not name the one before it.
fn broken_link(records: &[Record], record: &Record) -> Fault {
    let mut places: BTreeMap<&str, u64> = BTreeMap::new();
    for other in records {
        places.entry(&other.hash).or_insert(other.seq);
    }
    let named = if record.previous == START {
        Some(0)
    } else {
        places.get(record.previous.as_str()).copied()
    };
    match named {
        // A copy of a record that stands further up.
        _ if places
            .get(record.hash.as_str())
            .is_some_and(|first| *first < record.seq) =>
        {
            Fault::at(record.seq, FaultKind::Inserted)
        }
        // What it names stands further up: what stands between does not belong there.
        Some(place) if place + 1 < record.seq => Fault::at(place + 1, FaultKind::Inserted),
        Some(_) => Fault::at(record.seq, FaultKind::Reordered),
        None => Fault::at(record.seq, FaultKind::Removed),
    }
}

/// Checks that records whose chain is whole reach at least to a head, and through it. `source_of_truth` names the head in
/// the fault.
pub fn check_head(records: &[Record], head: &Head, source_of_truth: &'static str) -> Result<(), Fault> {
    if head.count == 0 {
        return if head.hash == START {
            Ok(())
        } else {
            Err(Fault::at(0, FaultKind::HeadChanged))
        };
    }
    let count = records.len() as u64;
    let last = usize::try_from(head.count - 1)
        .ok()
        .and_then(|index| records.get(index));
    match last {
        None => Err(Fault::at(
            count + 1,
            FaultKind::CutOff {
                until: head.count,
                source_of_truth,
            },
        )),
        Some(record) if record.hash != head.hash => Err(Fault::at(record.seq, FaultKind::Replaced { source_of_truth })),
        Some(_) => Ok(()),
    }
}
