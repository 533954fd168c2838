//! Stories as GitHub issues.

use std::io::Write;

use serde::Serialize;
use standfast_model::Story;

use super::{labels, markdown};

/// GitHub refuses longer titles.
const TITLE: usize = 256;

#[derive(Serialize)]
struct Issues {
    version: u32,
    issues: Vec<Issue>,
}

/// `request` is the body of `POST /repos/{owner}/{repo}/issues`, or of the `PATCH` of the issue that holds the marker.
#[derive(Serialize)]
struct Issue {
    id: String,
    marker: String,
    request: Request,
}

#[derive(Serialize)]
struct Request {
    title: String,
    body: String,
    labels: Vec<String>,
}

/// Version 1: `{"version": 1, "issues": [{"id", "marker", "request"}]}`. The marker stands in a comment at the end of the body:
/// who imports a second time finds the issue by it.
pub(super) fn write(stories: &[Story], out: &mut impl Write) -> std::io::Result<()> {
    let issues = stories
        .iter()
        .map(|story| {
            let marker = format!("<!-- standfast:{} -->", story.id);
            Issue {
                request: Request {
                    title: cut(&format!("{}: {}", story.id, story.title)),
                    body: format!("{}\n{marker}\n", markdown::body(story)),
                    labels: labels(story),
                },
                id: story.id.clone(),
                marker,
            }
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &Issues { version: 1, issues })?;
    writeln!(out)
}

fn cut(title: &str) -> String {
    let plain: String = title
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    if plain.chars().count() <= TITLE {
        return plain;
    }
    plain.chars().take(TITLE - 1).chain(['…']).collect()
}
