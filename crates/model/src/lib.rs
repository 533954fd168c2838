//! The nouns that every other crate of standfast speaks: domains, severities, findings, assessments, gaps, stories, evidence.
//!
//! No I/O, no clock: times are passed in as [`jiff::Timestamp`]. Everything here has one stable JSON form, since it is
//! written to files that people and other programs read.

mod assessment;
mod domain;
mod evidence;
mod finding;
mod gap;
mod left_out;
mod severity;
mod story;

pub use assessment::{Account, AccountCounts, Assessment, ControlResult, Coverage, CoverageError, SnapshotSummary};
pub use domain::Domain;
pub use evidence::{CriterionState, Evidence, EvidenceKind, last_day};
pub use finding::{Finding, FindingStatus};
pub use gap::{Gap, GapAspect, Missing};
pub use left_out::LeftOut;
pub use severity::Severity;
pub use story::{OwnerRole, Size, Story};

/// A word that a file, a flag or a column holds is not one of the words allowed there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a {noun}; expected one of {expected}")]
pub struct UnknownWord {
    /// What was asked for, such as "severity".
    pub noun: &'static str,
    /// The word found.
    pub found: String,
    /// The words allowed, separated by commas.
    pub expected: String,
}

/// Declares an enum whose values have one word each, used in files, flags, columns and JSON alike.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident, $noun:literal { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that stands for the value in files, flags and JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::UnknownWord {
                        noun: $noun,
                        found: word.to_owned(),
                        expected: [$($word),+].join(", "),
                    }),
                }
            }
        }
    };
}
pub(crate) use words;
