//! Small turns from what the SDK gives to what rows hold.

use aws_smithy_types::DateTime;
use jiff::Timestamp;
use serde_json::{Map, Value};
use standfast_inventory::Json;

/// A moment; none where it is out of range.
pub(crate) fn timestamp(moment: &DateTime) -> Option<Timestamp> {
    Timestamp::new(moment.secs(), i32::try_from(moment.subsec_nanos()).ok()?).ok()
}

/// A moment that may be missing.
pub(crate) fn maybe_timestamp(moment: Option<&DateTime>) -> Option<Timestamp> {
    moment.and_then(timestamp)
}

/// A moment written as text (RFC 3339), as IAM's credential report and some JSON replies have it.
pub(crate) fn timestamp_text(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// Tags as one JSON object, Steampipe's `tags`.
pub(crate) fn tags<'a>(pairs: impl IntoIterator<Item = (Option<&'a str>, Option<&'a str>)>) -> Json {
    let tags: Map<String, Value> = pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key?.to_owned(), Value::from(value.unwrap_or_default()))))
        .collect();
    Json::of(&tags)
}

/// A policy document as it came: plain JSON, or percent-encoded as IAM sends it. What is not JSON is kept as a JSON string, so that
/// nothing is lost and whoever reads it sees that it is no policy.
pub(crate) fn policy(text: &str) -> Json {
    let plain = if text.trim_start().starts_with('{') {
        text.to_owned()
    } else {
        percent_decode(text)
    };
    serde_json::from_str::<Value>(&plain).map_or_else(|_| Json::of(&plain), |document| Json::of(&document))
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut ahead = rest.clone();
            let digits = (ahead.next().and_then(hex), ahead.next().and_then(hex));
            if let (Some(high), Some(low)) = digits {
                bytes.push(high * 16 + low);
                rest = ahead;
                continue;
            }
        }
        bytes.push(byte);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_decoded_and_sorted() {
        let encoded = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D";
        assert_eq!(policy(encoded).0, r#"{"Statement":[],"Version":"2012-10-17"}"#);
        assert_eq!(policy(r#"{"b":1,"a":2}"#).0, r#"{"a":2,"b":1}"#);
    }

    #[test]
    fn text_that_is_no_policy_is_kept() {
        assert_eq!(policy("100%").0, r#""100%""#);
    }

    #[test]
    fn moments_keep_their_fraction() {
        let moment = DateTime::from_secs_and_nanos(1_700_000_000, 500_000_000);
        assert_eq!(
            timestamp(&moment).map(|moment| moment.to_string()),
            Some("2023-11-14T22:13:20.5Z".to_owned())
        );
    }
}
