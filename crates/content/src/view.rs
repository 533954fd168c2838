//! Views: queries that several controls stand on, one SQL file each, with a TOML header in a comment at its beginning.

use serde::Deserialize;

use crate::program::FileError;
use crate::sql::{self, Query};

/// A query that controls read like a table. It keeps in one place what a family of controls has in common; the tables that it
/// reads count as read by every control that reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The file's stem, `standfast_<what a row is>`.
    pub name: String,
    /// What a row is, and what its columns hold.
    pub about: String,
    /// The query. Placeholders stand for values of the design, as in a control.
    pub sql: String,
    /// The file, for messages.
    pub file: String,
    /// The whole text of the file, for messages.
    pub text: String,
    /// Where `sql` begins in `text`, in bytes.
    pub sql_start: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    name: String,
    about: String,
}

impl View {
    /// Parses a view's file; `file` is its path under `views/`, `<name>.sql`.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        let (header, sql_start): (Header, usize) = sql::header(file, text)?;
        let stem = file.rsplit('/').next().and_then(|name| name.strip_suffix(".sql"));
        let problem = |key: &str, problem: String, expected: String| {
            Err(FileError::new(file, text, sql::at_key(text, key), problem, expected))
        };
        if stem != Some(header.name.as_str()) {
            let expected = format!("`name = \"{}\"`", stem.unwrap_or_default());
            return problem(
                "name",
                format!("the name `{}` is not the file's", header.name),
                expected,
            );
        }
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        if !header.name.starts_with("standfast_") || !header.name.chars().all(plain) {
            return problem(
                "name",
                format!("`{}` is no name of a view", header.name),
                "`standfast_<what a row is>` in lower case".to_owned(),
            );
        }
        if header.about.trim().is_empty() {
            return problem("about", "`about` says nothing".to_owned(), "a sentence".to_owned());
        }
        Ok(Self {
            name: header.name,
            about: header.about,
            sql: text.get(sql_start..).unwrap_or_default().to_owned(),
            file: file.to_owned(),
            text: text.to_owned(),
            sql_start,
        })
    }

    /// The query with its place in the file.
    pub fn query(&self) -> Query<'_> {
        Query {
            sql: &self.sql,
            file: &self.file,
            text: &self.text,
            start: self.sql_start,
        }
    }

    /// Whether a query names this view.
    pub fn is_named_in(&self, sql: &str) -> bool {
        let part_of_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        sql.match_indices(&self.name).any(|(start, name)| {
            let before = sql.get(..start).and_then(|text| text.chars().next_back());
            let after = sql.get(start + name.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(part_of_name) && !after.is_some_and(part_of_name)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "-- ---\n-- name = \"standfast_door\"\n-- about = \"A door.\"\n-- ---\nSELECT arn FROM aws_door WHERE age > $doors_age\n";

    #[test]
    fn a_view_has_its_name_and_its_query() {
        let view = View::parse("standfast_door.sql", TEXT).expect("a view");
        assert_eq!(view.name, "standfast_door");
        assert_eq!(view.sql, "SELECT arn FROM aws_door WHERE age > $doors_age\n");
        let names: Vec<String> = view.query().placeholders().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["doors_age"]);
    }

    #[test]
    fn a_view_is_named_by_its_whole_name() {
        let view = View::parse("standfast_door.sql", TEXT).expect("a view");
        assert!(view.is_named_in("SELECT * FROM standfast_door AS door"));
        assert!(view.is_named_in("SELECT * FROM standfast_door"));
        assert!(!view.is_named_in("SELECT * FROM standfast_door_open"));
        assert!(!view.is_named_in("SELECT * FROM my_standfast_door"));
    }

    #[test]
    fn a_broken_header_is_an_error_at_its_line() {
        for (from, to, line, problem) in [
            (
                "\"standfast_door\"",
                "\"standfast_gate\"",
                2,
                "the name `standfast_gate` is not the file's",
            ),
            ("\"A door.\"", "\" \"", 3, "`about` says nothing"),
        ] {
            let error = View::parse("standfast_door.sql", &TEXT.replace(from, to)).expect_err("broken");
            assert_eq!((error.line(), error.problem.as_str()), (line, problem));
        }
        let error = View::parse("door.sql", &TEXT.replace("standfast_door", "door")).expect_err("broken");
        assert_eq!(error.problem, "`door` is no name of a view");
        let error = View::parse("standfast_door.sql", &TEXT.replace("about", "purpose")).expect_err("broken");
        assert_eq!(error.line(), 3);
    }
}
