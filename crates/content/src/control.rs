//! Controls: one SQL file each, with a TOML header in a comment at its beginning.

use serde::Deserialize;
use standfast_model::{Domain, FindingStatus, OwnerRole, Severity, Size};

use crate::program::{FileError, typed};

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
    /// What it cannot see; empty where it sees all that matters.
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

const FENCE: &str = "-- ---";

impl Control {
    /// Parses a control's file. `file` is its path, which ends in `<domain>/<id>.sql`; messages show it as it is.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        let (domain, stem) = file_place(file, text)?;
        let (header_end, sql_start) = header_range(file, text)?;
        // The header keeps its place in the text, so that a message points at the line it means.
        let mut blanked = String::with_capacity(header_end);
        for (index, line) in text
            .get(..header_end)
            .unwrap_or_default()
            .split_inclusive('\n')
            .enumerate()
        {
            let bare = line.trim_end_matches(['\n', '\r']);
            if index == 0 {
                blanked.push_str(&" ".repeat(bare.len()));
            } else if let Some(rest) = bare.strip_prefix("--") {
                blanked.push_str("  ");
                blanked.push_str(rest);
            } else {
                blanked.push_str(bare);
            }
            blanked.push('\n');
        }
        let header: Header = typed(file, &blanked).map_err(|error| error.over(text))?;
        let at_key = |key: &str| {
            let start = text.find(&format!("-- {key} ")).map_or(0, |start| start + 3);
            let end = text
                .get(start..)
                .and_then(|rest| rest.find('\n'))
                .map_or(text.len(), |length| start + length);
            start..end
        };
        let problem = |key: &str, problem: String, expected: &str| {
            Err(FileError::new(file, text, at_key(key), problem, expected.to_owned()))
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
        for (key, value) in [("why", &header.why), ("fix", &header.fix)] {
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
        FileError::new(
            &self.file,
            &self.text,
            self.sql_start + range.start..self.sql_start + range.end,
            problem,
            expected,
        )
    }

    /// The placeholders of the query with their places in it, in order.
    pub fn placeholders(&self) -> Vec<(String, std::ops::Range<usize>)> {
        let mut found = Vec::new();
        let mut quoted = false;
        let mut characters = self.sql.char_indices().peekable();
        while let Some((start, character)) = characters.next() {
            if character == '\'' {
                quoted = !quoted;
            }
            if character == '-' && !quoted && characters.next_if(|(_, next)| *next == '-').is_some() {
                while characters.next_if(|(_, next)| *next != '\n').is_some() {}
            }
            if character != '$' || quoted {
                continue;
            }
            let mut name = String::new();
            while let Some((_, next)) = characters.next_if(|(_, next)| next.is_ascii_alphanumeric() || *next == '_') {
                name.push(next);
            }
            if !name.is_empty() {
                let end = start + 1 + name.len();
                found.push((name, start..end));
            }
        }
        found
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

/// Where the header ends and the query begins.
fn header_range(file: &str, text: &str) -> Result<(usize, usize), FileError> {
    let expected = || format!("a header between two lines `{FENCE}` at the beginning of the file");
    let mut start = 0;
    let mut opened = false;
    for line in text.split_inclusive('\n') {
        let is_fence = line.trim_end() == FENCE;
        match (opened, is_fence) {
            (false, true) => opened = true,
            (true, true) => return Ok((start, start + line.len())),
            (false, false) => {
                return Err(FileError::new(
                    file,
                    text,
                    0..line.len(),
                    "the header is missing",
                    expected(),
                ));
            }
            (true, false) if line.trim_end().starts_with("--") => {}
            (true, false) => {
                return Err(FileError::new(
                    file,
                    text,
                    start..start + line.len(),
                    "the header does not end",
                    expected(),
                ));
            }
        }
        start += line.len();
    }
    Err(FileError::new(
        file,
        text,
        0..text.len(),
        "the header does not end",
        expected(),
    ))
}
