//! The backlog in its order.

use std::collections::BTreeMap;
use std::io::Write;

use standfast_model::Story;

use super::{Terminal, beside, padded};
use crate::ReportError;
use crate::text::{count, printable};

/// Columns before a title.
const LEAD: usize = 17;
/// Ids of earlier stories that are named.
const AFTER: usize = 6;

/// Writes the stories by wave.
///
/// # Errors
/// When the text cannot be written.
pub fn stories(stories: &[Story], terminal: Terminal, output: &mut dyn Write) -> Result<(), ReportError> {
    let style = terminal.style;
    if stories.is_empty() {
        writeln!(output, "no stories: there is nothing left to do")?;
        return Ok(());
    }
    let mut waves: BTreeMap<u32, Vec<&Story>> = BTreeMap::new();
    for story in stories {
        waves.entry(story.wave).or_default().push(story);
    }
    for (wave, stories) in &waves {
        let begins = if *wave <= 1 { ", can begin at once" } else { "" };
        writeln!(
            output,
            "{}  {}",
            style.strong(&format!("Wave {wave}")),
            style.dim(&format!("{}{begins}", count(stories.len() as u64, "story")))
        )?;
        for story in stories {
            let lead = format!(
                "  {}",
                style.severity(story.severity, &padded(story.severity.as_str(), LEAD - 2))
            );
            write!(output, "{}", beside(&lead, LEAD, &printable(&story.title), terminal))?;
            let mut facts = vec![
                printable(&story.id).into_owned(),
                story.owner.as_str().replace('-', " "),
                format!("size {}", story.size),
            ];
            if story.resource_count > 0 {
                facts.push(format!(
                    "{} in {}",
                    count(story.resource_count, "resource"),
                    count(story.account_count, "account")
                ));
            }
            let blank = " ".repeat(LEAD);
            write!(output, "{}", beside(&blank, LEAD, &facts.join(", "), terminal))?;
            if !story.after.is_empty() {
                let mut after: Vec<String> = story
                    .after
                    .iter()
                    .take(AFTER)
                    .map(|id| printable(id).into_owned())
                    .collect();
                if story.after.len() > AFTER {
                    after.push(format!("{} more", story.after.len() - AFTER));
                }
                write!(
                    output,
                    "{}",
                    beside(&blank, LEAD, &format!("after {}", after.join(", ")), terminal)
                )?;
            }
        }
        writeln!(output)?;
    }
    writeln!(
        output,
        "{} in {}",
        count(stories.len() as u64, "story"),
        count(waves.len() as u64, "wave")
    )?;
    Ok(())
}
