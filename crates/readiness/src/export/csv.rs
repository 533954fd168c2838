//! Stories as CSV that Jira imports: one row a story, one `Labels` column for each label.

use std::io::Write;

use standfast_model::Story;

use super::{labels, more, priority};

const LABELS: usize = 5;

pub(super) fn write(stories: &[Story], out: &mut impl Write) -> std::io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(out);
    let mut header = vec![
        "Summary",
        "Issue Type",
        "Priority",
        "Description",
        "External ID",
        "Depends On",
        "Owner Role",
        "Size",
        "Component",
    ];
    header.extend(std::iter::repeat_n("Labels", LABELS));
    writer.write_record(header)?;
    for story in stories {
        let mut labels = labels(story);
        labels.resize(LABELS, String::new());
        let cells = [
            one_line(&story.title),
            "Story".to_owned(),
            priority(story.severity).to_owned(),
            description(story),
            story.id.clone(),
            story.after.join(" "),
            story.owner.to_string(),
            story.size.to_string(),
            story.domain.title().to_owned(),
        ];
        writer.write_record(cells.into_iter().chain(labels).map(|cell| harmless(&cell)))?;
    }
    writer.flush()
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> String {
    let first = cell.trim_start_matches([' ', '\u{a0}', '\u{feff}']).chars().next();
    if matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '|' | '%' | '＝' | '＋' | '－' | '＠')
    ) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// In Jira's notation. What comes from AWS stands in `noformat` blocks, where nothing is mark-up.
fn description(story: &Story) -> String {
    use std::fmt::Write;
    // Writing to a String cannot fail.
    let mut text = plain(&story.why);
    text.push_str("\n\nDone when:\n");
    for line in &story.acceptance {
        let _ = writeln!(text, "* {}", plain(line));
    }
    if !story.criteria.is_empty() {
        let _ = writeln!(text, "\nCriteria: {}", story.criteria.join(", "));
    }
    for (name, list, count) in [
        ("Accounts", &story.accounts, story.account_count),
        ("Resources", &story.resources, story.resource_count),
    ] {
        if count == 0 {
            continue;
        }
        let _ = writeln!(text, "\n{name} ({}):\n{{noformat}}", crate::words::grouped(count));
        for item in list {
            text.push_str(&one_line(item).replace("{noformat}", "{ noformat }"));
            text.push('\n');
        }
        if let Some(more) = more(list.len(), count) {
            let _ = writeln!(text, "{more}");
        }
        text.push_str("{noformat}\n");
    }
    text
}

/// Text without Jira's mark-up: braces open macros, brackets links, exclamation marks images.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '{' | '}' | '[' | ']' | '!' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push('\n'),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
