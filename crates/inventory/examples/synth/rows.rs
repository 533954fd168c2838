//! Where rows come from: places, dice that always fall the same, and a writer that checks what it is given.

use std::collections::BTreeSet;
use std::error::Error;
use std::marker::PhantomData;

use jiff::{Span, Timestamp};
use serde::Serialize;
use serde_json::{Map, Value};
use standfast_inventory::{Row, UnitWriter};
use standfast_model::Account;

/// The members of a row; what is left out is none.
macro_rules! object {
    ($($body:tt)*) => {
        match serde_json::json!({$($body)*}) {
            serde_json::Value::Object(members) => members,
            _ => serde_json::Map::new(),
        }
    };
}
/// A JSON document as the text that a column keeps.
macro_rules! document {
    ($($body:tt)*) => { serde_json::json!($($body)*).to_string() };
}
pub(crate) use {document, object};

/// A row of the table of `T`, put together from members.
struct Loose<T> {
    members: Map<String, Value>,
    table: PhantomData<T>,
}

impl<T> Serialize for Loose<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.members.serialize(serializer)
    }
}

impl<T: Row> Row for Loose<T> {
    const TABLE: &'static standfast_inventory::Table = T::TABLE;
}

/// Writes the rows of a unit.
pub(crate) struct Rows {
    writer: UnitWriter,
    checking: bool,
    problems: BTreeSet<String>,
}

impl Rows {
    /// With `checking`, every row is compared with the columns of its table.
    pub(crate) fn new(writer: UnitWriter, checking: bool) -> Self {
        Self {
            writer,
            checking,
            problems: BTreeSet::new(),
        }
    }

    /// Adds a row in the unit's region.
    pub(crate) fn add<T: Row>(&mut self, members: Map<String, Value>) {
        let row = self.row::<T>(members);
        self.writer.row(&row);
    }

    /// Adds a row in another region.
    pub(crate) fn add_in<T: Row>(&mut self, region: &str, members: Map<String, Value>) {
        let row = self.row::<T>(members);
        self.writer.row_in(region, &row);
    }

    fn row<T: Row>(&mut self, members: Map<String, Value>) -> Loose<T> {
        if self.checking {
            let table = T::TABLE;
            for name in members.keys() {
                if !table.columns.iter().any(|column| column.name == name) {
                    self.problems.insert(format!("{} has no column {name}", table.name));
                }
            }
            for column in table.columns.iter().filter(|column| !column.nullable) {
                if members.get(column.name).is_none_or(Value::is_null) {
                    self.problems.insert(format!("{} needs {}", table.name, column.name));
                }
            }
        }
        Loose {
            members,
            table: PhantomData,
        }
    }

    /// Ends the unit.
    pub(crate) fn finish(self) -> Result<(), Box<dyn Error>> {
        if !self.problems.is_empty() {
            return Err(self.problems.into_iter().collect::<Vec<_>>().join("; ").into());
        }
        self.writer.called();
        self.writer.finish()?;
        Ok(())
    }
}

/// An account, or an account in a region, and its share of the organization's resources.
pub(crate) struct Place {
    pub(crate) account: Account,
    pub(crate) region: String,
    /// True in the home region.
    pub(crate) home: bool,
    /// Number of the account.
    pub(crate) position: u64,
    slot: u64,
    slots: u64,
    resources: u64,
    taken_at: Timestamp,
}

impl Place {
    pub(crate) fn new(
        account: &Account,
        position: u64,
        region: &str,
        regions: &[&str],
        (accounts, resources): (u64, u64),
        taken_at: Timestamp,
    ) -> Self {
        let number = regions.iter().position(|name| *name == region);
        let (slot, slots) = match number {
            Some(number) => (
                position * regions.len() as u64 + number as u64,
                accounts * regions.len() as u64,
            ),
            None => (position, accounts),
        };
        Self {
            account: account.clone(),
            region: region.to_owned(),
            home: number == Some(0),
            position,
            slot,
            slots,
            resources,
            taken_at,
        }
    }

    /// The account's id.
    pub(crate) fn id(&self) -> &str {
        &self.account.id
    }

    /// Numbers of this place's resources of a kind that is `share` thousandths of all resources.
    pub(crate) fn each(&self, share: u64) -> std::ops::Range<u64> {
        let until = |slot: u64| slot * self.resources * share / (1_000 * self.slots);
        0..until(self.slot + 1) - until(self.slot)
    }

    /// One of this place's resources of a kind; the first where there is none.
    pub(crate) fn one_of(&self, share: u64, number: u64) -> u64 {
        let many = self.each(share).end;
        if many == 0 { 0 } else { number % many }
    }

    /// ARN of something in this place.
    pub(crate) fn arn(&self, service: &str, rest: &str) -> String {
        format!("arn:aws:{service}:{}:{}:{rest}", self.region, self.account.id)
    }

    /// ARN of something in IAM.
    pub(crate) fn iam(&self, rest: &str) -> String {
        format!("arn:aws:iam::{}:{rest}", self.account.id)
    }

    /// Id of a resource, as EC2 makes them.
    pub(crate) fn name(&self, prefix: &str, number: u64) -> String {
        format!("{prefix}-0{:016x}", self.dice(prefix, number))
    }

    /// A number that is always the same for the same thing.
    pub(crate) fn dice(&self, what: &str, number: u64) -> u64 {
        let mut state = what
            .bytes()
            .fold(self.slot.wrapping_mul(0x9e37_79b9_7f4a_7c15), |state, byte| {
                mix(state ^ u64::from(byte))
            });
        state = mix(state ^ number.wrapping_mul(0xd1b5_4a32_d192_ed03));
        // An account and its first region would otherwise throw alike.
        mix(state ^ self.region.len() as u64)
    }

    /// True for `percent` of all numbers.
    pub(crate) fn chance(&self, what: &str, number: u64, percent: u64) -> bool {
        self.dice(what, number) % 100 < percent
    }

    /// A moment up to `most` days before the snapshot.
    pub(crate) fn before(&self, what: &str, number: u64, most: u64) -> String {
        let hours = i64::try_from(self.dice(what, number) % (most * 24)).unwrap_or(0);
        self.at(-hours)
    }

    /// A moment some hours from the snapshot.
    pub(crate) fn at(&self, hours: i64) -> String {
        self.taken_at
            .checked_add(Span::new().hours(hours))
            .unwrap_or(self.taken_at)
            .to_string()
    }

    /// Tags of a resource.
    pub(crate) fn tags(&self, what: &str, number: u64) -> String {
        let class = ["confidential", "internal", "general"];
        let class = class
            .get(usize::try_from(self.dice(what, number) % 3).unwrap_or(0))
            .copied();
        document!({"dataclass": class, "owner": format!("team-{}", self.position % 40)})
    }
}

const fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
