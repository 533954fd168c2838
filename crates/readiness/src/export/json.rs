//! Stories as versioned JSON.

use std::io::Write;

use serde::Serialize;
use standfast_model::Story;

#[derive(Serialize)]
struct Backlog<'a> {
    version: u32,
    stories: &'a [Story],
}

/// Version 1: `{"version": 1, "stories": [...]}`, in the order of work.
pub(super) fn write(stories: &[Story], out: &mut impl Write) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Backlog { version: 1, stories })?;
    writeln!(out)
}
