//! Exit codes, and the failures that lead to them.

use std::process::ExitCode;

use miette::Diagnostic;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done = 0,
    /// Failed.
    Failed = 1,
    /// Something that the user wrote is at fault.
    Usage = 2,
    /// Done, but not everything could be read.
    CoverageIncomplete = 3,
    /// Findings at or above `--fail-on`.
    Findings = 10,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A command that could not be done.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) cause: Cause,
    /// What to do about it.
    pub(crate) hint: Option<String>,
}

/// Why.
#[derive(Debug)]
pub(crate) enum Cause {
    /// A chain of errors.
    Error(Box<dyn std::error::Error + Send + Sync>),
    /// A place in a file that the user wrote.
    Place(Box<dyn Diagnostic + Send + Sync>),
    /// Several of them.
    Places(Vec<Box<dyn Diagnostic + Send + Sync>>),
}

/// A problem in words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Words(pub(crate) String);

/// A failed operation on a file.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} `{}`", path.display())]
struct OnFile {
    action: &'static str,
    path: std::path::PathBuf,
    source: std::io::Error,
}

impl Failure {
    /// Something went wrong on the way.
    pub(crate) fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self {
            exit: Exit::Failed,
            cause: Cause::Error(error.into()),
            hint: None,
        }
    }

    /// The user asked for something that is not there.
    pub(crate) fn usage(problem: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            cause: Cause::Error(Box::new(Words(problem.into()))),
            hint: None,
        }
    }

    /// A file that the user wrote is at fault.
    pub(crate) fn place(place: impl Diagnostic + Send + Sync + 'static) -> Self {
        Self {
            exit: Exit::Usage,
            cause: Cause::Place(Box::new(place)),
            hint: None,
        }
    }

    /// A file could not be written, read or made.
    pub(crate) fn file(action: &'static str, path: &std::path::Path, source: std::io::Error) -> Self {
        Self::failed(OnFile {
            action,
            path: path.to_owned(),
            source,
        })
    }

    /// The same with a word of advice.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

macro_rules! failed {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::failed(error)
            }
        })+
    };
}
failed! {
    std::io::Error,
    serde_json::Error,
    standfast_inventory::Error,
    standfast_report::ReportError,
    standfast_readiness::CycleError,
}

impl From<standfast_content::FileError> for Failure {
    fn from(error: standfast_content::FileError) -> Self {
        Self::place(error)
    }
}

impl From<standfast_content::LoadError> for Failure {
    fn from(error: standfast_content::LoadError) -> Self {
        match error {
            standfast_content::LoadError::File(error) => Self::place(*error),
            read @ standfast_content::LoadError::Read { .. } => Self {
                exit: Exit::Usage,
                ..Self::failed(read)
            },
        }
    }
}

impl From<standfast_state::StateError> for Failure {
    fn from(error: standfast_state::StateError) -> Self {
        use standfast_state::StateError::{Control, Empty, Expired, NothingToWithdraw};
        let exit = match error {
            Empty { .. } | Control | Expired { .. } | NothingToWithdraw { .. } => Exit::Usage,
            _ => Exit::Failed,
        };
        Self {
            exit,
            ..Self::failed(error)
        }
    }
}

impl From<standfast_query::Error> for Failure {
    fn from(error: standfast_query::Error) -> Self {
        match error {
            standfast_query::Error::Control(error) => Self::place(*error),
            query @ standfast_query::Error::Query(_) => Self {
                exit: Exit::Usage,
                ..Self::failed(query)
            },
            other => Self::failed(other),
        }
    }
}

impl From<standfast_discover::Error> for Failure {
    fn from(error: standfast_discover::Error) -> Self {
        let exit = if matches!(error, standfast_discover::Error::NotThere { .. }) {
            Exit::Usage
        } else {
            Exit::Failed
        };
        Self {
            exit,
            ..Self::failed(error)
        }
    }
}

impl From<standfast_discover::import::ImportError> for Failure {
    fn from(error: standfast_discover::import::ImportError) -> Self {
        let exit = if error.is_of_the_files() {
            Exit::Usage
        } else {
            Exit::Failed
        };
        Self {
            exit,
            ..Self::failed(error)
        }
    }
}
