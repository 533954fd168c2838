//! A record and its hash.

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::StateError;

/// What is to be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What kind of record it is, such as `attestation`.
    pub kind: String,
    /// What it is about, such as a criterion's id.
    pub subject: String,
    /// What it says. Numbers must be whole: fractions have no one way to be written.
    pub body: Value,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
}

/// A record of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place, from 1.
    pub seq: u64,
    /// What kind of record it is.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// What it says: JSON with sorted keys and without spaces.
    pub body: String,
    /// When: RFC 3339 in UTC.
    pub at: String,
    /// Who.
    pub by: String,
    /// The hash of the record before it; zeros for the first.
    pub previous: String,
    /// SHA-256 of all the fields above but the place, which the chain itself lays down; 64 hexadecimal digits.
    pub hash: String,
}

impl Record {
    /// The record that a draft becomes after another one.
    pub(crate) fn after(draft: &Draft, seq: u64, previous: &str) -> Result<Self, StateError> {
        let mut record = Self {
            seq,
            kind: draft.kind.clone(),
            subject: draft.subject.clone(),
            body: canonical(&draft.body)?,
            at: draft.at.to_string(),
            by: draft.by.clone(),
            previous: previous.to_owned(),
            hash: String::new(),
        };
        record.hash = record.reckoned();
        Ok(record)
    }

    /// The hash that the record must have.
    pub fn reckoned(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(b"standfast record 1\0");
        // Lengths keep the fields apart: no byte can move from one field into its neighbour unseen.
        for field in [
            &self.kind,
            &self.subject,
            &self.body,
            &self.at,
            &self.by,
            &self.previous,
        ] {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hex(&hasher.finalize())
    }

    /// The body as JSON.
    pub fn value(&self) -> Result<Value, StateError> {
        serde_json::from_str(&self.body).map_err(|source| StateError::Body {
            seq: self.seq,
            kind: self.kind.clone(),
            source,
        })
    }

    /// The record as one line of JSON, without the end of the line.
    pub fn to_line(&self) -> String {
        let word = |text: &str| Value::String(text.to_owned()).to_string();
        format!(
            "{{\"seq\":{},\"at\":{},\"by\":{},\"kind\":{},\"subject\":{},\"body\":{},\"previous\":{},\"hash\":{}}}",
            self.seq,
            word(&self.at),
            word(&self.by),
            word(&self.kind),
            word(&self.subject),
            self.body,
            word(&self.previous),
            word(&self.hash),
        )
    }
}

/// Hexadecimal digits of bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// JSON with sorted keys, without spaces, with whole numbers only: one value has one text.
pub(crate) fn canonical(value: &Value) -> Result<String, StateError> {
    let mut text = String::new();
    write_canonical(value, &mut text)?;
    Ok(text)
}

fn write_canonical(value: &Value, text: &mut String) -> Result<(), StateError> {
    match value {
        Value::Number(number) if number.is_f64() => {
            return Err(StateError::Fraction {
                number: number.to_string(),
            });
        }
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_canonical(item, text)?;
            }
            text.push(']');
        }
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (index, (key, item)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&Value::String(key.clone()).to_string());
                text.push(':');
                write_canonical(item, text)?;
            }
            text.push('}');
        }
        plain => text.push_str(&plain.to_string()),
    }
    Ok(())
}
