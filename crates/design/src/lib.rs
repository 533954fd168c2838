//! The design file: every decision of the customer in one TOML file with comments.
//!
//! The defaults that ship with the program are a design file themselves; they say which sections and keys there are and of which type each
//! value is. A file that a user writes may leave out what it does not change, and may hold nothing else.

use std::collections::BTreeMap;
use std::ops::Range;

use standfast_content::{FileError, design_defaults};
use toml_edit::{Document, Item, Value as TomlValue};

/// A value of the design.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A whole number.
    Integer(i64),
    /// True or false.
    Boolean(bool),
    /// Text.
    Text(String),
    /// A list of text.
    TextList(Vec<String>),
}

impl Value {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Integer(_) => "a whole number",
            Self::Boolean(_) => "true or false",
            Self::Text(_) => "text in quotes",
            Self::TextList(_) => "a list of text in quotes",
        }
    }
}

/// A design: a value for every key that the defaults have.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    values: BTreeMap<String, Value>,
}

struct Placed {
    value: Value,
    range: Range<usize>,
}

impl Design {
    /// The defaults. They are checked by a test; a program that ships broken ones knows no key at all.
    pub fn defaults() -> Result<Self, FileError> {
        let placed = read("content/design.toml", design_defaults())?;
        Ok(Self {
            values: placed.into_iter().map(|(name, placed)| (name, placed.value)).collect(),
        })
    }

    /// Reads a user's design file over the defaults.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        let mut design = Self::defaults()?;
        for (name, placed) in read(file, text)? {
            let broken =
                |problem: String, expected: String| FileError::new(file, text, placed.range.clone(), problem, expected);
            let (section, key) = name.split_once('.').unwrap_or(("", &name));
            let Some(default) = design.values.get(&name) else {
                let known: Vec<&str> = design
                    .values
                    .keys()
                    .filter_map(|known| known.strip_prefix(&format!("{section}.")))
                    .collect();
                return Err(if known.is_empty() {
                    let mut sections: Vec<&str> = design
                        .values
                        .keys()
                        .filter_map(|known| known.split('.').next())
                        .collect();
                    sections.dedup();
                    broken(
                        format!("there is no section `{section}`"),
                        format!("one of {}", sections.join(", ")),
                    )
                } else {
                    broken(
                        format!("there is no key `{key}` in `[{section}]`"),
                        format!("one of {}", known.join(", ")),
                    )
                });
            };
            if std::mem::discriminant(default) != std::mem::discriminant(&placed.value) {
                return Err(broken(
                    format!("`{key}` is {}", placed.value.kind()),
                    default.kind().to_owned(),
                ));
            }
            if matches!(placed.value, Value::Integer(number) if number < 0) {
                return Err(broken(
                    format!("`{key}` is below zero"),
                    "a number from 0 on".to_owned(),
                ));
            }
            design.values.insert(name, placed.value);
        }
        Ok(design)
    }

    /// The value of a placeholder, `section_key`.
    pub fn placeholder(&self, name: &str) -> Option<&Value> {
        self.values
            .iter()
            .find(|(key, _)| key.len() == name.len() && key.replace('.', "_") == name)
            .map(|(_, value)| value)
    }

    /// Every value, as `section.key`, sorted.
    pub fn values(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The same design with another value, named as a placeholder. None where there is no such key or the type differs.
    #[must_use]
    pub fn with(mut self, placeholder: &str, value: Value) -> Option<Self> {
        let (_, old) = self
            .values
            .iter_mut()
            .find(|(key, _)| key.replace('.', "_") == placeholder)?;
        if std::mem::discriminant(old) != std::mem::discriminant(&value) {
            return None;
        }
        *old = value;
        Some(self)
    }
}

fn read(file: &str, text: &str) -> Result<BTreeMap<String, Placed>, FileError> {
    let document = Document::parse(text.to_owned()).map_err(|error| {
        let message = error.message().replace('\n', ", ");
        FileError::new(file, text, error.span().unwrap_or(0..0), message, "TOML".to_owned())
    })?;
    let mut values = BTreeMap::new();
    for (section, item) in document.as_table() {
        let table = item.as_table().ok_or_else(|| {
            let range = item.span().unwrap_or(0..0);
            FileError::new(
                file,
                text,
                range,
                format!("`{section}` stands outside of a section"),
                "a section such as `[keys]` above it".to_owned(),
            )
        })?;
        for (key, item) in table {
            let range = item.span().unwrap_or(0..0);
            let value = value_of(item).ok_or_else(|| {
                let expected = "a whole number, true or false, text in quotes, or a list of text in quotes".to_owned();
                FileError::new(
                    file,
                    text,
                    range.clone(),
                    format!("`{key}` has a value of another kind"),
                    expected,
                )
            })?;
            values.insert(format!("{section}.{key}"), Placed { value, range });
        }
    }
    Ok(values)
}

fn value_of(item: &Item) -> Option<Value> {
    Some(match item.as_value()? {
        TomlValue::Integer(number) => Value::Integer(*number.value()),
        TomlValue::Boolean(flag) => Value::Boolean(*flag.value()),
        TomlValue::String(text) => Value::Text(text.value().clone()),
        TomlValue::Array(items) => Value::TextList(
            items
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect::<Option<Vec<_>>>()?,
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str) -> (usize, String, String) {
        match Design::parse("design.toml", text) {
            Ok(_) => (0, String::new(), String::new()),
            Err(error) => (error.line(), error.problem.clone(), error.expected.unwrap_or_default()),
        }
    }

    #[test]
    fn the_shipped_defaults_are_a_design() {
        let design = Design::defaults().map(|design| design.values().count());
        assert!(matches!(design, Ok(count) if count > 0), "{design:?}");
    }

    #[test]
    fn no_two_keys_have_the_same_placeholder() {
        let design = Design::defaults().map(|design| {
            let mut names: Vec<String> = design.values().map(|(name, _)| name.replace('.', "_")).collect();
            let all = names.len();
            names.sort();
            names.dedup();
            (all, names.len())
        });
        assert!(matches!(design, Ok((all, distinct)) if all == distinct), "{design:?}");
    }

    #[test]
    fn a_file_changes_what_it_names() {
        let design = Design::parse("design.toml", "[keys]\nrotation_max_days = 90\n");
        assert_eq!(
            design
                .ok()
                .as_ref()
                .and_then(|design| design.placeholder("keys_rotation_max_days")),
            Some(&Value::Integer(90))
        );
    }

    #[test]
    fn unknown_and_ill_typed_keys_are_told_with_their_line() {
        assert_eq!(broken("\n[keyz]\nrotation_max_days = 1\n").0, 3);
        let (line, problem, expected) = broken("[keys]\nrotation_days = 1\n");
        assert_eq!(
            (line, problem.as_str()),
            (2, "there is no key `rotation_days` in `[keys]`")
        );
        assert!(expected.contains("rotation_max_days"), "{expected}");
        let (line, problem, expected) = broken("[keys]\n\nrotation_max_days = \"90\"\n");
        assert_eq!(
            (line, problem.as_str(), expected.as_str()),
            (3, "`rotation_max_days` is text in quotes", "expected a whole number")
        );
        assert_eq!(
            broken("[keys]\nrotation_max_days = -1\n").1,
            "`rotation_max_days` is below zero"
        );
        assert_eq!(
            broken("rotation_max_days = 1\n").1,
            "`rotation_max_days` stands outside of a section"
        );
        assert_eq!(broken("[keys\n").0, 1);
    }
}
