//! Stories for trackers and people.

mod csv;
mod github;
mod json;
mod markdown;

use std::io::Write;

use standfast_model::{Severity, Story, UnknownWord};

/// The forms in which stories are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryFormat {
    /// For people, and for a page in a wiki.
    Markdown,
    /// For programs: versioned.
    Json,
    /// For Jira's import.
    Csv,
    /// Bodies of GitHub's "create an issue" request.
    Github,
}

impl StoryFormat {
    /// Every form.
    pub const ALL: &'static [Self] = &[Self::Markdown, Self::Json, Self::Csv, Self::Github];

    /// The word in flags.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Github => "github",
        }
    }
}

impl std::fmt::Display for StoryFormat {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl std::str::FromStr for StoryFormat {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|format| format.as_str() == word)
            .ok_or_else(|| UnknownWord {
                noun: "form of stories",
                found: word.to_owned(),
                expected: "markdown, json, csv, github".to_owned(),
            })
    }
}

/// Writes stories in a form. The same stories give the same bytes.
pub fn write(stories: &[Story], format: StoryFormat, out: &mut impl Write) -> std::io::Result<()> {
    match format {
        StoryFormat::Markdown => markdown::write(stories, out),
        StoryFormat::Json => json::write(stories, out),
        StoryFormat::Csv => csv::write(stories, out),
        StoryFormat::Github => github::write(stories, out),
    }
}

/// The labels of a story in a tracker.
fn labels(story: &Story) -> Vec<String> {
    vec![
        "standfast".to_owned(),
        story.domain.to_string(),
        format!("severity-{}", story.severity),
        format!("size-{}", story.size),
        format!("wave-{}", story.wave),
    ]
}

/// Jira's word for how urgent.
const fn priority(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "Highest",
        Severity::High => "High",
        Severity::Medium => "Medium",
        Severity::Low => "Low",
        Severity::Informational => "Lowest",
    }
}

/// `and 12 more` where a list holds fewer than there are.
fn more(shown: usize, all: u64) -> Option<String> {
    let rest = all.saturating_sub(shown as u64);
    (rest > 0).then(|| format!("and {} more", crate::words::grouped(rest)))
}
