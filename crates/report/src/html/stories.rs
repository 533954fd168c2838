//! The stories: their order as a graph, and each of them in words.

use std::collections::BTreeMap;

use maud::{Markup, html};
use standfast_model::{Size, Story};

use super::{graph, parts};
use crate::ReportInput;
use crate::text::{count, number};

/// Resources listed for one story.
const RESOURCES: usize = 8;

/// Who does it, for people.
pub(crate) fn owner(story: &Story) -> String {
    story.owner.as_str().replace('-', " ")
}

/// How much work, for people.
pub(crate) const fn size(size: Size) -> &'static str {
    match size {
        Size::Small => "under a day",
        Size::Medium => "some days",
        Size::Large => "a week or two",
        Size::ExtraLarge => "more than two weeks",
    }
}

fn story(story: &Story, number_of: &BTreeMap<&str, usize>) -> Markup {
    let index = number_of.get(story.id.as_str()).copied().unwrap_or(0);
    html! {
        details.story id={ "story-" (index) } {
            summary {
                (parts::severity(story.severity))
                span.title { (parts::value(&story.title)) }
                span.detail {
                    (owner(story)) ", " (size(story.size))
                    @if story.account_count > 0 { ", " (count(story.account_count, "account")) }
                }
            }
            div.body {
                p { (parts::value(&story.why)) }
                dl {
                    dt { "Id" } dd { code { (parts::value(&story.id)) } }
                    dt { "Domain" } dd { (story.domain.title()) }
                    @if !story.criteria.is_empty() {
                        dt { "Serves" }
                        dd {
                            @for criterion in &story.criteria {
                                a href={ "#criterion-" (parts::slug(criterion)) } { (parts::value(criterion)) } " "
                            }
                        }
                    }
                    @if !story.acceptance.is_empty() {
                        dt { "Done when" }
                        dd { @for line in &story.acceptance { span.line { (parts::value(line)) } } }
                    }
                    @if !story.after.is_empty() {
                        dt { "Comes after" }
                        dd {
                            @for id in &story.after {
                                @match number_of.get(id.as_str()) {
                                    Some(index) => a.line href={ "#story-" (index) } { (parts::value(id)) },
                                    None => span.line { (parts::value(id)) },
                                }
                            }
                        }
                    }
                    @if story.resource_count > 0 {
                        dt { "Concerns" }
                        dd {
                            (count(story.resource_count, "resource"))
                            @for resource in story.resources.iter().take(RESOURCES) {
                                code.line { (parts::value(resource)) }
                            }
                            @if story.resource_count > story.resources.len().min(RESOURCES) as u64 {
                                span.line.detail { "and " (number(story.resource_count - story.resources.len().min(RESOURCES) as u64)) " more" }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn section(input: &ReportInput) -> Markup {
    let number_of: BTreeMap<&str, usize> = input
        .stories
        .iter()
        .enumerate()
        .map(|(index, story)| (story.id.as_str(), index))
        .collect();
    let mut waves: BTreeMap<u32, Vec<&Story>> = BTreeMap::new();
    for story in &input.stories {
        waves.entry(story.wave).or_default().push(story);
    }
    html! {
        section #stories aria-labelledby="stories-title" {
            h2 #stories-title { "Stories" }
            @if input.stories.is_empty() {
                p.lead { "There is nothing left to do." }
            } @else {
                p.lead {
                    (count(input.stories.len() as u64, "story")) " in " (count(waves.len() as u64, "wave"))
                    ". What stands in the first wave can begin at once; everything else waits for what its lines come from."
                }
                (graph::figure(&input.stories))
                @for (wave, stories) in &waves {
                    h3.wave {
                        "Wave " (wave)
                        span.detail {
                            (count(stories.len() as u64, "story"))
                            @if *wave <= 1 { ", can begin at once" }
                        }
                    }
                    @for one in stories { (story(one, &number_of)) }
                }
            }
        }
    }
}
