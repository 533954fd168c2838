//! The order of the stories as a drawing: a column for each wave, a lane for each domain, a line from what must come first.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use standfast_model::{Domain, Story};

use super::parts;
use crate::text::{count, shortened};

const NODE_WIDTH: usize = 212;
const NODE_HEIGHT: usize = 40;
const ROW: usize = 48;
const COLUMN: usize = NODE_WIDTH + 54;
const HEAD: usize = 34;
const LANE_HEAD: usize = 30;
const LANE_FOOT: usize = 14;
const MARGIN: usize = 12;
/// Characters of a title that fit into each of a node's two lines, in a wide typeface.
const LABEL: usize = 28;
/// How far left of its stories a knot stands.
const KNOT: usize = 24;
/// Beyond this a drawing says nothing any more; the list below it is complete.
const MOST: usize = 400;

/// A story in its place.
struct Node<'a> {
    index: usize,
    story: &'a Story,
    x: usize,
    y: usize,
}

/// Lines that say something: those that no chain of other lines implies.
fn lines(stories: &[Story]) -> Vec<(usize, usize)> {
    let index: BTreeMap<&str, usize> = stories
        .iter()
        .enumerate()
        .map(|(index, story)| (story.id.as_str(), index))
        .collect();
    let parents: Vec<Vec<usize>> = stories
        .iter()
        .map(|story| {
            story
                .after
                .iter()
                .filter_map(|id| index.get(id.as_str()).copied())
                .collect()
        })
        .collect();
    let ancestors: Vec<BTreeSet<usize>> = (0..stories.len())
        .map(|start| {
            let mut seen = BTreeSet::new();
            let mut waiting = parents.get(start).cloned().unwrap_or_default();
            while let Some(next) = waiting.pop() {
                if seen.insert(next) {
                    waiting.extend(parents.get(next).into_iter().flatten().copied());
                }
            }
            seen
        })
        .collect();
    let mut lines = Vec::new();
    for (to, from_all) in parents.iter().enumerate() {
        for &from in from_all {
            let implied = from_all
                .iter()
                .any(|&other| other != from && ancestors.get(other).is_some_and(|ancestors| ancestors.contains(&from)));
            if !implied && from != to {
                lines.push((from, to));
            }
        }
    }
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// Where each story stands, the height of the drawing, and the top of each lane.
struct Layout<'a> {
    nodes: Vec<Node<'a>>,
    lanes: Vec<(Domain, usize)>,
    waves: Vec<u32>,
    width: usize,
    height: usize,
}

fn layout<'a>(stories: &'a [Story], lines: &[(usize, usize)]) -> Layout<'a> {
    let waves: Vec<u32> = stories
        .iter()
        .map(|story| story.wave)
        .collect::<BTreeSet<u32>>()
        .into_iter()
        .collect();
    let mut nodes: Vec<Node<'a>> = Vec::with_capacity(stories.len());
    let mut place: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut tops = Vec::new();
    let mut top = HEAD;
    for domain in Domain::ALL {
        let mut rows = 0;
        for (column, wave) in waves.iter().enumerate() {
            let mut cell: Vec<(usize, &'a Story)> = stories
                .iter()
                .enumerate()
                .filter(|(_, story)| story.domain == *domain && story.wave == *wave)
                .collect();
            // As near as can be to the height of what they wait for, so that lines cross less; what waits for nothing stands
            // by severity.
            cell.sort_by_key(|(index, story)| {
                let above: Vec<usize> = lines
                    .iter()
                    .filter(|(_, to)| to == index)
                    .filter_map(|(from, _)| place.get(from).map(|(_, y)| *y))
                    .collect();
                let middle = above.iter().sum::<usize>().checked_div(above.len());
                (middle.unwrap_or(0), story.severity, *index)
            });
            rows = rows.max(cell.len());
            for (row, (index, story)) in cell.into_iter().enumerate() {
                let x = MARGIN + column * COLUMN;
                let y = top + LANE_HEAD + row * ROW;
                place.insert(index, (x, y));
                nodes.push(Node { index, story, x, y });
            }
        }
        if rows > 0 {
            tops.push((*domain, top));
            top += LANE_HEAD + rows * ROW + LANE_FOOT;
        }
    }
    nodes.sort_by_key(|node| node.index);
    Layout {
        nodes,
        lanes: tops,
        width: 2 * MARGIN + waves.len().saturating_sub(1) * COLUMN + NODE_WIDTH,
        height: top,
        waves,
    }
}

/// A curve from one point to another, leaving and arriving level.
fn curve((x1, y1): (usize, usize), (x2, y2): (usize, usize)) -> String {
    let bend = (x2.saturating_sub(x1) / 2).min(40);
    format!(
        "M{x1} {y1}C{} {y1} {} {y2} {x2} {y2}",
        x1 + bend,
        x2.saturating_sub(bend)
    )
}

/// One drawn line: what it joins, by number or by knot, and its curve.
#[derive(Debug, PartialEq, Eq)]
struct Stroke {
    from: String,
    to: String,
    curve: String,
}

/// The strokes. Where several stories wait for the same several, their lines meet in a knot: three and four of them need
/// seven strokes instead of twelve, and the drawing can be followed by eye.
fn strokes(nodes: &[Node<'_>], lines: &[(usize, usize)]) -> Vec<Stroke> {
    let leaves = |node: &Node<'_>| (node.x + NODE_WIDTH, node.y + NODE_HEIGHT / 2);
    let arrives = |node: &Node<'_>| (node.x, node.y + NODE_HEIGHT / 2);
    let mut parents: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (from, to) in lines {
        parents.entry(*to).or_default().push(*from);
    }
    let mut alike: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    for (to, from_all) in parents {
        alike.entry(from_all).or_default().push(to);
    }
    let mut strokes = Vec::new();
    for (knot, (from_all, to_all)) in alike.into_iter().enumerate() {
        let starts: Vec<&Node<'_>> = from_all.iter().filter_map(|at| nodes.get(*at)).collect();
        let ends: Vec<&Node<'_>> = to_all.iter().filter_map(|at| nodes.get(*at)).collect();
        if starts.len() < 2 || ends.len() < 2 {
            for (start, end) in starts.iter().flat_map(|start| ends.iter().map(move |end| (start, end))) {
                strokes.push(Stroke {
                    from: start.index.to_string(),
                    to: end.index.to_string(),
                    curve: curve(leaves(start), arrives(end)),
                });
            }
            continue;
        }
        let heights: usize = starts.iter().chain(&ends).map(|node| arrives(node).1).sum();
        let x = ends.iter().map(|node| node.x).min().unwrap_or_default();
        let point = (x.saturating_sub(KNOT), heights / (starts.len() + ends.len()));
        for start in starts {
            strokes.push(Stroke {
                from: start.index.to_string(),
                to: format!("k{knot}"),
                curve: curve(leaves(start), point),
            });
        }
        for end in ends {
            strokes.push(Stroke {
                from: format!("k{knot}"),
                to: end.index.to_string(),
                curve: curve(point, arrives(end)),
            });
        }
    }
    strokes
}

/// A title in at most two lines.
fn label(title: &str) -> (String, String) {
    let mut first = String::new();
    let mut words = title.split_whitespace().peekable();
    while let Some(word) = words.peek() {
        let length = first.chars().count() + usize::from(!first.is_empty()) + word.chars().count();
        if length > LABEL && !first.is_empty() {
            break;
        }
        if !first.is_empty() {
            first.push(' ');
        }
        first.push_str(word);
        words.next();
    }
    let second: Vec<&str> = words.collect();
    (
        shortened(&first, LABEL).into_owned(),
        shortened(&second.join(" "), LABEL).into_owned(),
    )
}

/// The drawing and what it needs to be followed by eye, pointer and keyboard.
pub(super) fn figure(stories: &[Story]) -> Markup {
    if stories.len() > MOST {
        return html! {
            p.more { "The drawing is left out: with " (count(stories.len() as u64, "story")) " it would show nothing." }
        };
    }
    let lines = lines(stories);
    let layout = layout(stories, &lines);
    html! {
        figure class={ "graph " (if layout.width > layout.height { "wide" } else { "tall" }) } {
            div.scroll tabindex="0" role="region" aria-label="The order of the stories" {
                svg #graph viewBox={ "0 0 " (layout.width) " " (layout.height) } width=(layout.width) height=(layout.height)
                    role="group" aria-label="Stories by wave and domain" {
                    @for (column, wave) in layout.waves.iter().enumerate() {
                        text.wave x=(MARGIN + column * COLUMN) y="20" {
                            "Wave " (wave) @if *wave <= 1 { " · can begin at once" }
                        }
                    }
                    @for (domain, top) in &layout.lanes {
                        line.lane x1="0" x2=(layout.width) y1=(top) y2=(top) {}
                        text.lane x=(MARGIN) y=(top + 19) { (domain.title()) }
                    }
                    g.lines {
                        @for stroke in strokes(&layout.nodes, &lines) {
                            path d=(stroke.curve) data-from=(stroke.from) data-to=(stroke.to) {}
                        }
                    }
                    @for node in &layout.nodes {
                        a.node href={ "#story-" (node.index) } data-node=(node.index) {
                            title {
                                (parts::value(&node.story.title)) " (" (node.story.severity) ", "
                                (parts::value(&node.story.id)) ")"
                            }
                            rect x=(node.x) y=(node.y) width=(NODE_WIDTH) height=(NODE_HEIGHT) rx="3" {}
                            text class={ "mark " (node.story.severity) } x=(node.x + 9) y=(node.y + NODE_HEIGHT / 2 + 3) { (parts::mark(node.story.severity)) }
                            @let (first, second) = label(&parts::value(&node.story.title));
                            // A drawing within the drawing cuts off what a wider typeface would write over the edge.
                            svg x=(node.x + 22) y=(node.y) width=(NODE_WIDTH - 25) height=(NODE_HEIGHT) {
                                @if second.is_empty() {
                                    text y="24" { (first) }
                                } @else {
                                    text y="17" { (first) }
                                    text y="31" { (second) }
                                }
                            }
                        }
                    }
                }
            }
            figcaption #graph-caption aria-live="polite" {
                span.marks {
                    @for severity in standfast_model::Severity::ALL {
                        @if stories.iter().any(|story| story.severity == *severity) { (parts::severity(*severity)) " " }
                    }
                }
                span #graph-text { "Point at a story, or reach it with the Tab key, to see what it waits for and what waits for it; follow it to its text below." }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use standfast_model::{OwnerRole, Severity, Size};

    use super::*;

    fn story(id: &str, wave: u32, after: &[&str]) -> Story {
        Story {
            id: id.to_owned(),
            title: id.to_owned(),
            why: String::new(),
            domain: Domain::DataProtection,
            criteria: Vec::new(),
            severity: Severity::Medium,
            controls: Vec::new(),
            acceptance: Vec::new(),
            owner: OwnerRole::SecurityEngineer,
            size: Size::Small,
            after: after.iter().map(|id| (*id).to_owned()).collect(),
            wave,
            resources: Vec::new(),
            resource_count: 0,
            accounts: Vec::new(),
            account_count: 0,
        }
    }

    #[test]
    fn a_line_that_others_imply_is_not_drawn() {
        let stories = [
            story("a", 1, &[]),
            story("b", 2, &["a"]),
            story("c", 3, &["a", "b", "gone"]),
        ];
        assert_eq!(lines(&stories), [(0, 1), (1, 2)]);
    }

    #[test]
    fn a_cycle_does_not_hang() {
        let stories = [story("a", 1, &["b"]), story("b", 1, &["a"])];
        assert_eq!(lines(&stories).len(), 2);
    }

    #[test]
    fn no_two_stories_share_a_place_and_waves_go_to_the_right() {
        let stories = [
            story("a", 1, &[]),
            story("b", 1, &[]),
            story("c", 2, &["b"]),
            story("d", 2, &["a"]),
        ];
        let lines = lines(&stories);
        let layout = layout(&stories, &lines);
        let places: BTreeSet<(usize, usize)> = layout.nodes.iter().map(|node| (node.x, node.y)).collect();
        assert_eq!(places.len(), 4);
        for (from, to) in lines {
            assert!(layout.nodes[from].x + NODE_WIDTH < layout.nodes[to].x);
        }
        // `d` waits for the upper one, so it stands above `c`.
        assert!(layout.nodes[3].y < layout.nodes[2].y);
    }

    #[test]
    fn lines_between_the_same_stories_meet_in_a_knot() {
        let stories = [
            story("a", 1, &[]),
            story("b", 1, &[]),
            story("c", 2, &["a", "b"]),
            story("d", 2, &["a", "b"]),
            story("e", 2, &["b"]),
        ];
        let lines = lines(&stories);
        assert_eq!(lines.len(), 5);
        let layout = layout(&stories, &lines);
        let joined: Vec<(String, String)> = strokes(&layout.nodes, &lines)
            .into_iter()
            .map(|stroke| (stroke.from, stroke.to))
            .collect();
        assert_eq!(
            joined,
            [("0", "k0"), ("1", "k0"), ("k0", "2"), ("k0", "3"), ("1", "4")]
                .map(|(from, to)| (from.to_owned(), to.to_owned()))
        );
    }

    #[test]
    fn a_title_gets_two_lines() {
        assert_eq!(label("Short"), ("Short".to_owned(), String::new()));
        assert_eq!(
            label("Describe where data protection stands and should stand in two years"),
            (
                "Describe where data".to_owned(),
                "protection stands and shoul…".to_owned()
            )
        );
        assert_eq!(label(&"x".repeat(60)).0.chars().count(), LABEL);
    }
}
