//! Frameworks: ids of published benchmarks, each mapped to controls.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::program::{FileError, typed};

/// A published framework, its requirements by id.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// The file's stem, such as `cis-3.0`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its version, as its publisher writes it.
    pub version: String,
    /// Where its text is.
    pub url: String,
    /// Every requirement, in the framework's order.
    #[serde(rename = "requirement")]
    pub requirements: Vec<Requirement>,
}

/// One requirement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The id that the framework gives it.
    pub id: String,
    /// What it is about, in a few words of our own.
    pub subject: String,
    /// The controls that cover it together; none where no control does.
    pub controls: Vec<String>,
    /// True where the framework itself has it assessed by hand.
    #[serde(default)]
    pub manual: bool,
}

impl Framework {
    /// Parses a framework's file; `file` is its path under `frameworks/`.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        let framework: Self = typed(file, text)?;
        let stem = file
            .rsplit('/')
            .next()
            .and_then(|name| name.strip_suffix(".toml"))
            .unwrap_or(file);
        let at = |needle: String| {
            let start = text.find(&needle).unwrap_or(0);
            start..start + needle.len()
        };
        if framework.id != stem {
            let problem = format!("the id `{}` is not the file's name", framework.id);
            return Err(FileError::new(
                file,
                text,
                at(format!("\"{}\"", framework.id)),
                problem,
                format!("`id = \"{stem}\"`"),
            ));
        }
        let mut seen = BTreeSet::new();
        for requirement in &framework.requirements {
            if !seen.insert(&requirement.id) {
                let problem = format!("requirement `{}` is listed twice", requirement.id);
                return Err(FileError::new(
                    file,
                    text,
                    at(format!("\"{}\"", requirement.id)),
                    problem,
                    None,
                ));
            }
        }
        Ok(framework)
    }
}
