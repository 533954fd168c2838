//! Everything under `content/`: found, parsed, linted and embedded. Adding a control or a framework is adding a file; no list names
//! them.

pub mod cases;
pub mod control;
pub mod framework;
pub mod program;
mod source;
mod sql;
mod view;

pub use control::{Control, ControlScope};
pub use framework::{Framework, Requirement};
pub use program::FileError;
pub use source::{Content, ContentFile, LoadError, design_defaults, program_text};
pub use sql::Query;
pub use view::View;
