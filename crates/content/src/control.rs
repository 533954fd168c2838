//! Controls: one SQL file each, with a TOML header in a comment at its beginning.

use serde::Deserialize;
use standfast_model::{Domain, FindingStatus, OwnerRole, Severity, Size};

use crate::program::FileError;
use crate::sql::{self, Query};

/// What one finding of a control speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ControlScope {
    /// The organization: one finding, in its management account.
    Organization,
    /// An account.
    Account,
    /// A region of an account.
    Region,
    /// A resource.
    Resource,
}

impl ControlScope {
    /// The word in the header.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Account => "account",
            Self::Region => "region",
            Self::Resource => "resource",
        }
    }
}

/// A control: a question to the inventory that every resource, region, account or organization answers with pass, fail or not
/// applicable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// The file's stem, `<service>-<subject>-<state>`.
    pub id: String,
    /// The secure state, in a line.
    pub title: String,
    /// How bad a failure is.
    pub severity: Severity,
    /// The folder that the file is in.
    pub domain: Domain,
    /// What one finding speaks of.
    pub scope: ControlScope,
    /// The table whose rows are judged.
    pub subject: String,
    /// What it means that an account has nothing to judge.
    pub when_empty: FindingStatus,
    /// Why it matters.
    pub why: String,
    /// What it cannot see, and what it leaves to others.
    pub limits: String,
    /// What closes the gap.
    pub fix: String,
    /// Who closes it.
    pub owner: OwnerRole,
    /// How much work it is in one account.
    pub size: Size,
    /// Controls that should be green first.
    pub after: Vec<String>,
    /// Pages that the rule comes from.
    pub refs: Vec<String>,
    /// The query. Placeholders such as `$keys_rotation_max_days` stand for values of the design.
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
    id: String,
    title: String,
    severity: Severity,
    scope: ControlScope,
    subject: String,
    when_empty: FindingStatus,
    why: String,
    limits: String,
    fix: String,
    owner: OwnerRole,
    size: Size,
    #[serde(default)]
    after: Vec<String>,
    refs: Vec<String>,
}

impl Control {
    /// Parses a control's file. `file` is its path, which ends in `<domain>/<id>.sql`; messages show it as it is.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        let (domain, stem) = file_place(file, text)?;
        let (header, sql_start): (Header, usize) = sql::header(file, text)?;
        let problem = |key: &str, problem: String, expected: &str| {
            Err(FileError::new(
                file,
                text,
                sql::at_key(text, key),
                problem,
                expected.to_owned(),
            ))
        };
        if header.id != stem {
            return problem(
                "id",
                format!("the id `{}` is not the file's name", header.id),
                &format!("`id = \"{stem}\"`"),
            );
        }
        if header.id.split('-').count() < 3
            || !header
                .id
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
        {
            return problem(
                "id",
                format!("`{}` is no id of a control", header.id),
                "`<service>-<subject>-<state>` in lower case",
            );
        }
        if header.title.is_empty() || header.title.starts_with("Ensure") || header.title.ends_with('.') {
            return problem(
                "title",
                "the title is not a state".to_owned(),
                "the secure state in a line, such as \"Volumes are encrypted\"",
            );
        }
        if header.when_empty == FindingStatus::Unknown {
            return problem(
                "when_empty",
                "nothing at all cannot be unknown".to_owned(),
                "`pass`, `fail` or `not_applicable`",
            );
        }
        for (key, value) in [("why", &header.why), ("limits", &header.limits), ("fix", &header.fix)] {
            if value.trim().is_empty() {
                return problem(key, format!("`{key}` says nothing"), "a sentence");
            }
        }
        if header.refs.is_empty() || header.refs.iter().any(|page| !page.starts_with("https://")) {
            return problem(
                "refs",
                "no page that the rule comes from".to_owned(),
                "at least one https:// address",
            );
        }
        Ok(Self {
            id: header.id,
            title: header.title,
            severity: header.severity,
            domain,
            scope: header.scope,
            subject: header.subject,
            when_empty: header.when_empty,
            why: header.why,
            limits: header.limits,
            fix: header.fix,
            owner: header.owner,
            size: header.size,
            after: header.after,
            refs: header.refs,
            sql: text.get(sql_start..).unwrap_or_default().to_owned(),
            file: file.to_owned(),
            text: text.to_owned(),
            sql_start,
        })
    }

    /// A problem with the query, at a byte range of it.
    pub fn sql_error(
        &self,
        range: std::ops::Range<usize>,
        problem: impl Into<String>,
        expected: impl Into<Option<String>>,
    ) -> FileError {
        self.query().error(range, problem, expected)
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
}

fn file_place<'a>(file: &'a str, text: &str) -> Result<(Domain, &'a str), FileError> {
    let mut parts = file.rsplit('/');
    let stem = parts.next().and_then(|name| name.strip_suffix(".sql"));
    let domain = parts.next().and_then(|folder| folder.parse().ok());
    match (domain, stem) {
        (Some(domain), Some(stem)) => Ok((domain, stem)),
        _ => Err(FileError::new(
            file,
            text,
            0..0,
            format!("`{file}` is not a control's place"),
            "`controls/<domain>/<id>.sql`, the domain one of ".to_owned()
                + &Domain::ALL
                    .iter()
                    .map(|domain| domain.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "data-protection/door-lock-closed.sql";
    const TEXT: &str = r#"-- ---
-- id = "door-lock-closed"
-- title = "Doors are locked"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_door"
-- when_empty = "not_applicable"
-- why = "Thieves."
-- limits = "Windows are not looked at."
-- fix = "Turn the key."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://example.com/doors"]
-- ---
SELECT 1
"#;

    #[test]
    fn a_header_that_leaves_something_unsaid_is_an_error_at_its_line() {
        let control = Control::parse(FILE, TEXT).expect("a control");
        assert_eq!(
            (control.limits.as_str(), control.sql.as_str()),
            ("Windows are not looked at.", "SELECT 1\n")
        );
        for (key, said, line) in [
            ("why", "Thieves.", 8),
            ("limits", "Windows are not looked at.", 9),
            ("fix", "Turn the key.", 10),
        ] {
            let error = Control::parse(FILE, &TEXT.replace(said, " ")).expect_err("nothing is said");
            assert_eq!((error.line(), error.problem), (line, format!("`{key}` says nothing")));
        }
    }
}
