//! Stories as Markdown. What comes from AWS or from people is escaped: a resource's name is no heading, link or tag.

use std::io::Write;

use standfast_model::Story;

use super::more;

pub(super) fn write(stories: &[Story], out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "# Stories")?;
    if stories.is_empty() {
        return writeln!(out, "\nNothing is missing.");
    }
    writeln!(
        out,
        "\n{} stories in {} waves; a story can begin once those it comes after are done.",
        stories.len(),
        stories.iter().map(|story| story.wave).max().unwrap_or(0)
    )?;
    writeln!(
        out,
        "\n| wave | id | story | severity | size | owner |\n|---|---|---|---|---|---|"
    )?;
    for story in stories {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            story.wave,
            escape(&story.id),
            escape(&story.title),
            story.severity,
            story.size,
            story.owner
        )?;
    }
    let mut wave = 0;
    for story in stories {
        if story.wave != wave {
            wave = story.wave;
            writeln!(out, "\n## Wave {wave}")?;
        }
        writeln!(out, "\n### {}: {}\n", escape(&story.id), escape(&story.title))?;
        write!(out, "{}", body(story))?;
    }
    Ok(())
}

/// A story without its title.
pub(super) fn body(story: &Story) -> String {
    use std::fmt::Write;
    // Writing to a String cannot fail.
    let mut text = String::new();
    if !story.why.is_empty() {
        text.push_str(&escape(&story.why));
        text.push_str("\n\n");
    }
    text.push_str("Done when:\n\n");
    for line in &story.acceptance {
        // Names in backticks are this program's own ids; everything else in the line is text.
        text.push_str("- [ ] ");
        text.push_str(&escape_outside_of_ticks(line));
        text.push('\n');
    }
    text.push('\n');
    let facts = [
        ("Domain", story.domain.title().to_owned()),
        ("Criteria", story.criteria.join(", ")),
        ("Controls", story.controls.join(", ")),
        ("After", story.after.join(", ")),
        ("Owner", story.owner.to_string()),
        ("Severity", story.severity.to_string()),
        ("Size", story.size.to_string()),
    ];
    for (name, value) in facts {
        if !value.is_empty() {
            let _ = writeln!(text, "- {name}: {}", escape(&value));
        }
    }
    for (name, list, count) in [
        ("Accounts", &story.accounts, story.account_count),
        ("Resources", &story.resources, story.resource_count),
    ] {
        if count == 0 {
            continue;
        }
        let _ = write!(text, "\n{name} ({}):\n\n", crate::words::grouped(count));
        for item in list {
            let _ = writeln!(text, "- {}", code(item));
        }
        if let Some(more) = more(list.len(), count) {
            let _ = writeln!(text, "- {more}");
        }
    }
    text
}

/// Text as it is: no mark-up, no tags, no mentions, one line.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                out.push('\\');
                out.push(letter);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

fn escape_outside_of_ticks(line: &str) -> String {
    let parts: Vec<&str> = line.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escape(line);
    }
    parts
        .iter()
        .enumerate()
        .map(|(index, part)| {
            if index.is_multiple_of(2) {
                escape(part)
            } else {
                code(part)
            }
        })
        .collect()
}

/// A code span around any text, with one tick more than the longest run inside.
fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let pad = if longest > 0 || text.trim().is_empty() { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}
