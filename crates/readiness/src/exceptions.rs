//! Exceptions: failures that somebody accepts, for a reason, for some resources, for a time.
//!
//! `exceptions.toml` of a readiness project:
//!
//! ```toml
//! [[exception]]
//! id = "public-website"
//! control = "s3-bucket-public-access-blocked"
//! owner = "Ana Ruiz"
//! reason = "The company's website is meant to be public."
//! scope = { accounts = ["111122223333"], regions = ["eu-west-1"], resources = ["arn:aws:s3:::www-*"] }
//! expires = 2027-06-30
//! ```
//!
//! `expires` is the last day on which the exception counts, in UTC. In `resources`, `*` stands for any characters and `?` for
//! one. What `scope` leaves out is not narrowed, but it must narrow something; `accounts = ["*"]` says all of them aloud.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use standfast_content::program::{FileError, typed};
use standfast_model::{Finding, FindingStatus, LeftOut};
use toml::Spanned;

/// A failure that is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Unique in its file.
    pub id: String,
    /// The control whose failures are accepted.
    pub control: String,
    /// Who answers for it.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// Where.
    pub scope: Scope,
    /// The last day on which it counts, in UTC.
    pub expires: Date,
    /// The moment at which it stops to count.
    pub until: Timestamp,
}

/// Where an exception counts. An empty list does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Account ids, or `*`.
    pub accounts: Vec<String>,
    /// Regions, `global`, or `*`.
    pub regions: Vec<String>,
    /// Patterns of resources.
    pub resources: Vec<String>,
}

impl Exception {
    /// True where the exception is meant for a finding, whatever the time.
    pub fn covers(&self, finding: &Finding) -> bool {
        let any =
            |patterns: &[String], text: &str| patterns.is_empty() || patterns.iter().any(|pattern| glob(pattern, text));
        self.control == finding.control_id
            && any(&self.scope.accounts, &finding.account_id)
            && any(&self.scope.regions, &finding.region)
            && any(&self.scope.resources, &finding.resource)
    }

    /// True where a verdict that is not known might be one that the exception is meant for: nobody knows which resources stand behind it.
    fn may_cover(&self, unknown: &Finding) -> bool {
        let accounts = &self.scope.accounts;
        self.control == unknown.control_id
            && (accounts.is_empty() || accounts.iter().any(|pattern| glob(pattern, &unknown.account_id)))
    }

    /// True where what the exception is meant for may lie in accounts or regions that a run left out.
    pub fn may_lie_in(&self, left_out: &LeftOut) -> bool {
        let reaches = |scope: &[String], left: Vec<&str>| {
            left.into_iter()
                .any(|name| scope.is_empty() || scope.iter().any(|pattern| glob(pattern, name)))
        };
        let accounts = left_out.accounts.iter().map(|account| account.id.as_str()).collect();
        let regions = left_out.regions.iter().map(String::as_str).collect();
        reaches(&self.scope.accounts, accounts) || reaches(&self.scope.regions, regions)
    }

    /// True once it no longer counts.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        now >= self.until
    }

    /// True where it accepts a finding now. Only failures are accepted: what could not be read stays unknown.
    pub fn applies(&self, finding: &Finding, now: Timestamp) -> bool {
        finding.status == FindingStatus::Fail && !self.is_expired(now) && self.covers(finding)
    }
}

/// True where a pattern with `*` (any characters) and `?` (one) matches a whole text.
pub fn glob(pattern: &str, text: &str) -> bool {
    // Greedy, with one place to come back to: linear for what people write, quadratic at worst, never exponential.
    let mut pattern = pattern.chars().peekable();
    let mut text = text.chars();
    let mut back = None;
    loop {
        match pattern.peek() {
            Some('*') => {
                pattern.next();
                back = Some((pattern.clone(), text.clone()));
                continue;
            }
            Some(wanted) => {
                let mut rest = text.clone();
                if rest.next().is_some_and(|found| *wanted == '?' || *wanted == found) {
                    pattern.next();
                    text = rest;
                    continue;
                }
            }
            None if text.as_str().is_empty() => return true,
            None => {}
        }
        let Some((from, mut rest)) = back.take() else {
            return false;
        };
        if rest.next().is_none() {
            return false;
        }
        pattern = from.clone();
        text = rest.clone();
        back = Some((from, rest));
    }
}

/// The exceptions of a project.
#[derive(Debug, Clone, Default)]
pub struct Exceptions {
    file: String,
    text: String,
    list: Vec<(Exception, std::ops::Range<usize>)>,
}

/// How many findings each exception met, counted while findings go by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Failures and unknown findings that each exception is meant for, in the order of the file.
    met: Vec<u64>,
    /// Failures among them that an expired exception no longer covers.
    reopened: Vec<u64>,
}

impl Tally {
    /// Adds what another tally counted over other findings.
    pub fn merge(&mut self, other: &Self) {
        for (own, theirs) in [(&mut self.met, &other.met), (&mut self.reopened, &other.reopened)] {
            if own.len() < theirs.len() {
                own.resize(theirs.len(), 0);
            }
            for (own, theirs) in own.iter_mut().zip(theirs) {
                *own += theirs;
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default, rename = "exception")]
    exceptions: Vec<RawException>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawException {
    id: Spanned<String>,
    control: Spanned<String>,
    owner: Spanned<String>,
    reason: Spanned<String>,
    scope: Spanned<RawScope>,
    expires: Spanned<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScope {
    #[serde(default)]
    accounts: Vec<Spanned<String>>,
    #[serde(default)]
    regions: Vec<Spanned<String>>,
    #[serde(default)]
    resources: Vec<Spanned<String>>,
}

impl Exceptions {
    /// Reads an exceptions file. `file` is the name that messages show; `known_controls` are the ids that there are.
    pub fn parse(file: &str, text: &str, known_controls: &BTreeSet<&str>) -> Result<Self, FileError> {
        let raw: RawFile = typed(file, text)?;
        let at = |range: std::ops::Range<usize>, problem: String, expected: &str| {
            FileError::new(file, text, range, problem, expected.to_owned())
        };
        let mut ids = BTreeSet::new();
        let mut list = Vec::new();
        for exception in raw.exceptions {
            let id = exception.id.get_ref().clone();
            for (field, value) in [
                ("id", &exception.id),
                ("owner", &exception.owner),
                ("reason", &exception.reason),
            ] {
                if value.get_ref().trim().is_empty() {
                    return Err(at(value.span(), format!("`{field}` is empty"), "some words"));
                }
            }
            if !ids.insert(id.clone()) {
                return Err(at(
                    exception.id.span(),
                    format!("a second exception `{id}`"),
                    "an id of its own",
                ));
            }
            if !known_controls.contains(exception.control.get_ref().as_str()) {
                return Err(at(
                    exception.control.span(),
                    format!("no control `{}`", exception.control.get_ref()),
                    "the id of a control; `standfast controls` lists them",
                ));
            }
            let scope_span = exception.scope.span();
            let scope = exception.scope.into_inner();
            if scope.accounts.is_empty() && scope.regions.is_empty() && scope.resources.is_empty() {
                return Err(at(
                    scope_span,
                    "the scope narrows nothing".to_owned(),
                    "`accounts`, `regions` or `resources`; `accounts = [\"*\"]` for all accounts",
                ));
            }
            for account in &scope.accounts {
                let word = account.get_ref();
                let digits = word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_digit());
                if !digits && word != "*" {
                    return Err(at(
                        account.span(),
                        format!("`{word}` is no account"),
                        "12 digits or `*`",
                    ));
                }
            }
            for region in &scope.regions {
                let word = region.get_ref();
                let plain = word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
                if word.is_empty() || (!plain && word != "*") {
                    return Err(at(
                        region.span(),
                        format!("`{word}` is no region"),
                        "a region such as `eu-west-1`, `global` or `*`",
                    ));
                }
            }
            for resource in &scope.resources {
                if resource.get_ref().is_empty() {
                    return Err(at(
                        resource.span(),
                        "an empty pattern matches nothing".to_owned(),
                        "a resource such as `arn:aws:s3:::www-*`",
                    ));
                }
            }
            let span = exception.expires.span();
            let Some((expires, until)) = last_day(exception.expires.get_ref()) else {
                return Err(at(
                    span,
                    format!("`{}` is no date", exception.expires.get_ref()),
                    "the last day on which it counts, such as 2027-06-30",
                ));
            };
            let plain = |words: Vec<Spanned<String>>| words.into_iter().map(Spanned::into_inner).collect();
            list.push((
                Exception {
                    id,
                    control: exception.control.into_inner(),
                    owner: exception.owner.into_inner(),
                    reason: exception.reason.into_inner(),
                    scope: Scope {
                        accounts: plain(scope.accounts),
                        regions: plain(scope.regions),
                        resources: plain(scope.resources),
                    },
                    expires,
                    until,
                },
                exception.id.span(),
            ));
        }
        Ok(Self {
            file: file.to_owned(),
            text: text.to_owned(),
            list,
        })
    }

    /// All exceptions in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Exception> {
        self.list.iter().map(|(exception, _)| exception)
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Puts the id of the first exception that applies on a finding, takes off any other, and counts.
    pub fn apply(&self, finding: &mut Finding, now: Timestamp, tally: &mut Tally) {
        finding.exception = None;
        if !matches!(finding.status, FindingStatus::Fail | FindingStatus::Unknown) {
            return;
        }
        tally.met.resize(self.list.len(), 0);
        tally.reopened.resize(self.list.len(), 0);
        for ((exception, _), (met, reopened)) in self.list.iter().zip(tally.met.iter_mut().zip(&mut tally.reopened)) {
            if finding.status != FindingStatus::Fail {
                // What could not be read may well be what the exception is for: it keeps the exception from being called idle.
                *met += u64::from(exception.may_cover(finding));
                continue;
            }
            if !exception.covers(finding) {
                continue;
            }
            *met += 1;
            if exception.is_expired(now) {
                *reopened += 1;
            } else if finding.exception.is_none() {
                finding.exception = Some(exception.id.clone());
            }
        }
    }

    /// The exceptions that met no failure in an assessment by all controls: what they accepted is gone, or never was. Each comes with its
    /// place in the file. Of one that may lie in what the run left out ([`Exception::may_lie_in`]) nothing is known.
    pub fn idle(&self, tally: &Tally) -> Vec<(&Exception, FileError)> {
        self.list
            .iter()
            .enumerate()
            .filter(|(index, _)| tally.met.get(*index).copied().unwrap_or(0) == 0)
            .map(|(_, (exception, span))| {
                let place = FileError::new(
                    &self.file,
                    &self.text,
                    span.clone(),
                    format!("exception `{}` matches nothing", exception.id),
                    format!(
                        "a failure of `{}` in its scope; remove the exception once it is no longer needed",
                        exception.control
                    ),
                );
                (exception, place)
            })
            .collect()
    }

    /// The expired exceptions, each with the number of failures that it no longer covers.
    pub fn expired(&self, tally: &Tally, now: Timestamp) -> Vec<(&Exception, u64)> {
        self.list
            .iter()
            .enumerate()
            .filter(|(_, (exception, _))| exception.is_expired(now))
            .map(|(index, (exception, _))| (exception, tally.reopened.get(index).copied().unwrap_or(0)))
            .collect()
    }
}

/// A date, or the same in quotes, with the moment at which its day ends in UTC.
fn last_day(value: &toml::Value) -> Option<(Date, Timestamp)> {
    let text = match value {
        toml::Value::Datetime(date) if date.time.is_none() => date.to_string(),
        toml::Value::String(text) => text.clone(),
        _ => return None,
    };
    // Dates alone: a time of day would be read by everybody in another zone.
    if text.len() != 10 {
        return None;
    }
    let date: Date = text.parse().ok()?;
    let until = date.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some((date, until.timestamp()))
}
