//! AWS Config's configuration snapshots, item by item: a snapshot of gigabytes never stands in memory.

use std::fmt;
use std::io::BufRead;

use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::item::{Item, Outline, RawItem};

/// Gives every item to `each` with its place in the file, without what is configured.
pub(super) fn outlines(
    reader: impl BufRead,
    mut each: impl FnMut(usize, Outline) -> Result<(), String>,
) -> Result<(), serde_json::Error> {
    stream(reader, |order, outline: Outline| {
        outline.check()?;
        each(order, outline)
    })
}

/// Gives every item to `each` with its place in the file.
pub(super) fn items(
    reader: impl BufRead,
    mut each: impl FnMut(usize, Item) -> Result<(), String>,
) -> Result<(), serde_json::Error> {
    stream(reader, |order, raw: RawItem| each(order, raw.into_item()?))
}

fn stream<T: DeserializeOwned>(
    reader: impl BufRead,
    each: impl FnMut(usize, T) -> Result<(), String>,
) -> Result<(), serde_json::Error> {
    let mut json = serde_json::Deserializer::from_reader(reader);
    json.deserialize_map(Snapshot {
        each,
        of: std::marker::PhantomData,
    })?;
    json.end()
}

struct Snapshot<T, F> {
    each: F,
    of: std::marker::PhantomData<T>,
}

impl<'de, T: DeserializeOwned, F: FnMut(usize, T) -> Result<(), String>> Visitor<'de> for Snapshot<T, F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with `configurationItems`")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut id: Option<String> = None;
        let mut has_items = false;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "configSnapshotId" => id = map.next_value()?,
                "configurationItems" => {
                    has_items = true;
                    map.next_value_seed(Items {
                        each: &mut self.each,
                        of: std::marker::PhantomData,
                    })?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if !has_items {
            return Err(A::Error::custom("there are no `configurationItems`"));
        }
        // A history file has items too, but only of what changed in some hours.
        if id.is_none_or(|id| id.is_empty()) {
            return Err(A::Error::custom(
                "there is no `configSnapshotId`: a history file holds only what changed",
            ));
        }
        Ok(())
    }
}

struct Items<'a, T, F> {
    each: &'a mut F,
    of: std::marker::PhantomData<T>,
}

impl<'de, T: DeserializeOwned, F: FnMut(usize, T) -> Result<(), String>> DeserializeSeed<'de> for Items<'_, T, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned, F: FnMut(usize, T) -> Result<(), String>> Visitor<'de> for Items<'_, T, F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of configuration items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut order = 0;
        while let Some(item) = items.next_element_seed(Element::<T>(std::marker::PhantomData))? {
            (self.each)(order, item).map_err(A::Error::custom)?;
            order += 1;
        }
        Ok(())
    }
}

struct Element<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Element<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}
