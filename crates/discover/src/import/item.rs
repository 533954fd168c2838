//! One configuration item, and ways to take values out of it whatever way AWS Config wrote them.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};
use standfast_inventory::Json;

/// What the status of an item says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// The resource is there and was read.
    There,
    /// The resource is there and its settings were not kept.
    NotRecorded,
    /// The resource is gone.
    Gone,
    /// The resource is gone, and its type was not recorded.
    GoneNotRecorded,
}

impl Status {
    fn of(word: Option<&str>) -> Self {
        match word {
            Some("OK" | "ResourceDiscovered") => Self::There,
            Some("ResourceDeleted") => Self::Gone,
            Some("ResourceDeletedNotRecorded") => Self::GoneNotRecorded,
            // A status that nobody knows vouches for nothing.
            _ => Self::NotRecorded,
        }
    }

    /// True where all resources of the type are in the snapshot.
    pub(super) fn shows_that_type_is_recorded(self) -> bool {
        matches!(self, Self::There | Self::Gone)
    }
}

/// An item without what is configured.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Outline {
    pub(super) aws_account_id: String,
    pub(super) aws_region: String,
    pub(super) resource_type: String,
    resource_id: Option<String>,
    #[serde(rename = "ARN")]
    pub(super) arn: Option<String>,
    configuration_item_capture_time: Option<String>,
    configuration_item_status: Option<String>,
}

impl Outline {
    /// Ids become names of folders: nothing else may be in them.
    pub(super) fn check(&self) -> Result<(), String> {
        let id = &self.aws_account_id;
        if id.len() != 12 || !id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("`awsAccountId` is `{id}`, not 12 digits"));
        }
        let region = &self.aws_region;
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if region.is_empty() || !region.bytes().all(fits) {
            return Err(format!("`awsRegion` is `{region}`, not the name of a region"));
        }
        self.captured().map(|_| ())
    }

    pub(super) fn status(&self) -> Status {
        Status::of(self.configuration_item_status.as_deref())
    }

    /// When the item was taken, in microseconds.
    pub(super) fn captured(&self) -> Result<i64, String> {
        let text = self.configuration_item_capture_time.as_deref().unwrap_or_default();
        text.parse::<Timestamp>().map(Timestamp::as_microsecond).map_err(|_| {
            format!("`configurationItemCaptureTime` is `{text}`, not a moment such as 2026-01-31T09:00:00.000Z")
        })
    }

    /// What tells the resource from others of its type.
    pub(super) fn identity(&self) -> Result<&str, String> {
        self.resource_id
            .as_deref()
            .or(self.arn.as_deref())
            .filter(|id| !id.is_empty())
            .ok_or_else(|| "an item has neither `resourceId` nor `ARN`".to_owned())
    }
}

/// An item as it is in the file.
#[derive(Debug, Deserialize)]
pub(super) struct RawItem {
    #[serde(flatten)]
    outline: Outline,
    #[serde(default)]
    configuration: Value,
    #[serde(default, rename = "supplementaryConfiguration")]
    supplementary: Value,
    #[serde(default)]
    tags: Value,
    #[serde(rename = "resourceName")]
    name: Option<String>,
}

impl RawItem {
    pub(super) fn into_item(self) -> Result<Item, String> {
        self.outline.check()?;
        let identity = self.outline.identity()?.to_owned();
        let status = self.outline.status();
        Ok(Item {
            account_id: self.outline.aws_account_id,
            region: self.outline.aws_region,
            resource_type: self.outline.resource_type,
            identity,
            arn: self.outline.arn.unwrap_or_default(),
            name: self.name.unwrap_or_default(),
            status,
            configuration: unpacked(self.configuration),
            supplementary: match unpacked(self.supplementary) {
                Value::Object(parts) => parts.into_iter().map(|(name, part)| (name, unpacked(part))).collect(),
                _ => Map::new(),
            },
            tags: self.tags,
        })
    }
}

/// JSON that was put into text, once or several times.
fn unpacked(mut value: Value) -> Value {
    while let Value::String(text) = &value {
        match serde_json::from_str(text) {
            Ok(inner) => value = inner,
            Err(_) => break,
        }
    }
    value
}

/// A configuration item.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) account_id: String,
    pub(super) region: String,
    pub(super) resource_type: String,
    pub(super) identity: String,
    pub(super) arn: String,
    pub(super) name: String,
    pub(super) status: Status,
    pub(super) configuration: Value,
    supplementary: Map<String, Value>,
    tags: Value,
}

impl Item {
    /// What is configured.
    pub(super) fn fields(&self) -> Fields<'_> {
        Fields(&self.configuration)
    }

    /// A part of the supplementary configuration; None where the item has no such part, `Value::Null` where it says that there is none.
    pub(super) fn supplement(&self, name: &str) -> Option<&Value> {
        self.supplementary.get(name)
    }

    /// Tags as one object.
    pub(super) fn tags(&self) -> Json {
        match &self.tags {
            Value::Object(tags) => Json::of(tags),
            Value::Array(pairs) => crate::parse::tags(pairs.iter().map(|pair| {
                let text = |name| pair.get(name).and_then(Value::as_str);
                (text("key"), text("value"))
            })),
            _ => Json::of(&Map::new()),
        }
    }

    /// The ARN of a resource of EC2, as its collector makes it.
    pub(super) fn ec2_arn(&self, partition: &str, kind: &str, id: &str) -> String {
        format!("arn:{partition}:ec2:{}:{}:{kind}/{id}", self.region, self.account_id)
    }
}

/// Values by path, such as `state.name`; letters may be small or capital, as AWS Config has them both ways.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a Value);

/// A value, or the name of what is missing or malformed.
pub(super) type Found<T> = Result<T, String>;

impl<'a> Fields<'a> {
    /// The value at a path; None where it is missing or null.
    pub(super) fn get(self, path: &str) -> Option<&'a Value> {
        let mut value = self.0;
        for name in path.split('.') {
            let object = value.as_object()?;
            value = object.get(name).or_else(|| {
                object
                    .iter()
                    .find(|(key, _)| key.eq_ignore_ascii_case(name))
                    .map(|(_, value)| value)
            })?;
        }
        (!value.is_null()).then_some(value)
    }

    /// Text, if there is any.
    pub(super) fn text(self, path: &str) -> Option<String> {
        match self.get(path)? {
            Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Text that must be there.
    pub(super) fn need_text(self, path: &str) -> Found<String> {
        self.text(path).ok_or_else(|| path.to_owned())
    }

    /// One word, which may stand in an object of its own (`{"name": "running"}`, `{"value": "in-use"}`).
    pub(super) fn word(self, path: &str) -> Option<String> {
        match self.get(path)? {
            Value::Object(_) => ["name", "value", "state", "code"]
                .iter()
                .find_map(|inner| self.text(&format!("{path}.{inner}"))),
            _ => self.text(path),
        }
    }

    /// One word that must be there.
    pub(super) fn need_word(self, path: &str) -> Found<String> {
        self.word(path).ok_or_else(|| path.to_owned())
    }

    /// True or false, if it is said.
    pub(super) fn flag(self, path: &str) -> Option<bool> {
        match self.get(path)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// True or false, which must be said.
    pub(super) fn need_flag(self, path: &str) -> Found<bool> {
        self.flag(path).ok_or_else(|| path.to_owned())
    }

    /// A whole number, if there is one.
    pub(super) fn number(self, path: &str) -> Option<i64> {
        match self.get(path)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// A whole number that must be there.
    pub(super) fn need_number(self, path: &str) -> Found<i64> {
        self.number(path).ok_or_else(|| path.to_owned())
    }

    /// A moment, in text or in milliseconds; an error where something else is there.
    pub(super) fn moment(self, path: &str) -> Found<Option<Timestamp>> {
        self.get(path)
            .map(|value| moment(value).ok_or_else(|| path.to_owned()))
            .transpose()
    }

    /// A list of text, sorted; empty where there is none.
    pub(super) fn texts(self, path: &str) -> Vec<String> {
        let mut texts: Vec<String> = self
            .list(path)
            .filter_map(|one| one.0.as_str().map(str::to_owned).or_else(|| one.text("value")))
            .collect();
        texts.sort();
        texts.dedup();
        texts
    }

    /// One text of each object of a list, sorted.
    pub(super) fn texts_of(self, path: &str, inner: &str) -> Vec<String> {
        let mut texts: Vec<String> = self.list(path).filter_map(|one| one.text(inner)).collect();
        texts.sort();
        texts.dedup();
        texts
    }

    /// The elements of a list; none where there is no list.
    pub(super) fn list(self, path: &str) -> impl Iterator<Item = Fields<'a>> + use<'a> {
        self.get(path)
            .and_then(Value::as_array)
            .map_or(&[] as &[Value], Vec::as_slice)
            .iter()
            .map(Fields)
    }

    /// The elements of a list that must be there, empty or not.
    pub(super) fn need_list(self, path: &str) -> Found<Vec<Fields<'a>>> {
        match self.get(path) {
            Some(Value::Array(list)) => Ok(list.iter().map(Fields).collect()),
            _ => Err(path.to_owned()),
        }
    }
}

/// A moment in text, in milliseconds or in seconds.
pub(super) fn moment(value: &Value) -> Option<Timestamp> {
    match value {
        Value::String(text) => crate::parse::timestamp_text(text),
        Value::Number(number) => {
            let number = number.as_f64()?;
            // Seconds of our time have ten digits.
            #[expect(
                clippy::cast_possible_truncation,
                reason = "milliseconds of our time are far from the limit"
            )]
            let millis = if number > 1e11 { number } else { number * 1000.0 } as i64;
            Timestamp::from_millisecond(millis).ok()
        }
        _ => None,
    }
}
