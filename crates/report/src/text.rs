//! Words and numbers for people.

use std::borrow::Cow;

/// Makes control characters visible, so that a value cannot speak to the terminal or break a line. Also those that turn the
/// direction of text: they make a name read as another one.
pub(crate) fn printable(value: &str) -> Cow<'_, str> {
    if !value.chars().any(is_hidden) {
        return Cow::Borrowed(value);
    }
    let mut shown = String::with_capacity(value.len() + 8);
    for character in value.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A number with commas between thousands.
pub(crate) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A number and its noun: `1 account`, `1,204 accounts`.
pub fn count(value: u64, noun: &str) -> String {
    if value == 1 {
        return format!("1 {noun}");
    }
    if let Some(stem) = noun.strip_suffix("criterion") {
        return format!("{} {stem}criteria", number(value));
    }
    let plural = noun
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match plural {
        Some(stem) => format!("{} {stem}ies", number(value)),
        None => format!("{} {noun}s", number(value)),
    }
}

/// Part of a whole in per cent for people: never 0% or 100% unless it is none or all.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let tenths = u128::from(part) * 1000 / u128::from(whole);
    match tenths {
        0 if part > 0 => "<0.1%".to_owned(),
        995..=999 => format!("{}.{}%", tenths / 10, tenths % 10),
        1..=9 => format!("0.{tenths}%"),
        _ => format!("{}%", (tenths + 5) / 10),
    }
}

/// The first `most` characters, with an ellipsis for the rest.
pub(crate) fn shortened(value: &str, most: usize) -> Cow<'_, str> {
    if value.chars().count() <= most {
        return Cow::Borrowed(value);
    }
    let mut short: String = value.chars().take(most.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    Cow::Owned(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas_between_thousands() {
        assert_eq!(
            [0, 7, 999, 1_000, 12_345, 1_000_000].map(number),
            ["0", "7", "999", "1,000", "12,345", "1,000,000"]
        );
    }

    #[test]
    fn nouns_follow_their_number() {
        assert_eq!(count(1, "story"), "1 story");
        assert_eq!(count(2, "story"), "2 stories");
        assert_eq!(count(1_204, "account"), "1,204 accounts");
        assert_eq!(count(0, "key"), "0 keys");
    }

    #[test]
    fn a_share_is_never_rounded_to_all_or_nothing() {
        assert_eq!(percent(0, 10), "0%");
        assert_eq!(percent(1, 100_000), "<0.1%");
        assert_eq!(percent(3, 1_000), "0.3%");
        assert_eq!(percent(999, 1_000), "99.9%");
        assert_eq!(percent(10, 10), "100%");
        assert_eq!(percent(1, 3), "33%");
        assert_eq!(percent(0, 0), "–");
    }

    #[test]
    fn what_the_terminal_would_obey_is_made_visible() {
        assert_eq!(printable("plain"), "plain");
        assert_eq!(printable("a\u{1b}[2Jb\nc"), "a\\u{1b}[2Jb\\u{a}c");
        assert_eq!(printable("x\u{202e}gpj.exe"), "x\\u{202e}gpj.exe");
    }

    #[test]
    fn shortening_counts_characters() {
        assert_eq!(shortened("größer", 6), "größer");
        assert_eq!(shortened("größer als", 7), "größer…");
    }
}
