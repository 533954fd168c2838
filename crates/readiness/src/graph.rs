//! What must come first: waves of a graph of ids, or the round that keeps it from having any.

use std::collections::{BTreeMap, BTreeSet};

/// Some things wait for each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no order of work: {} wait for each other", .ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "))]
pub struct CycleError {
    /// The ids of one round, in order, the first not repeated at the end.
    pub ids: Vec<String>,
}

/// The wave of each node: 1 for what waits for nothing, one more than the highest of what it waits for otherwise. Edges to what
/// is no node are passed over.
pub(crate) fn waves(after: &BTreeMap<String, BTreeSet<String>>) -> Result<BTreeMap<String, u32>, CycleError> {
    let mut waiting: BTreeMap<&str, usize> = BTreeMap::new();
    let mut followers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (node, before) in after {
        let before: Vec<&str> = before
            .iter()
            .map(String::as_str)
            .filter(|id| after.contains_key(*id))
            .collect();
        waiting.insert(node, before.len());
        for id in before {
            followers.entry(id).or_default().push(node);
        }
    }
    let mut waves: BTreeMap<String, u32> = BTreeMap::new();
    let mut wave = 1;
    let mut ready: Vec<&str> = waiting
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(node, _)| *node)
        .collect();
    while !ready.is_empty() {
        let mut next = Vec::new();
        for node in ready {
            waves.insert(node.to_owned(), wave);
            for follower in followers.get(node).into_iter().flatten() {
                if let Some(count) = waiting.get_mut(follower) {
                    *count -= 1;
                    if *count == 0 {
                        next.push(*follower);
                    }
                }
            }
        }
        ready = next;
        wave += 1;
    }
    if waves.len() == after.len() {
        Ok(waves)
    } else {
        Err(CycleError {
            ids: round(after, &waves),
        })
    }
}

/// The same order with as few edges as can be: what comes first by way of another is left out. `waves` are those of the same
/// graph, which therefore has no round.
pub(crate) fn reduced(
    after: &BTreeMap<String, BTreeSet<String>>,
    waves: &BTreeMap<String, u32>,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut nodes: Vec<&String> = waves.keys().collect();
    nodes.sort_by_key(|node| waves.get(*node));
    // Everything that comes before a node, by any way.
    let mut all: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    let mut kept = BTreeMap::new();
    for node in nodes {
        let direct: Vec<&String> = after
            .get(node)
            .into_iter()
            .flatten()
            .filter(|id| waves.contains_key(*id))
            .collect();
        let further: BTreeSet<&String> = direct.iter().filter_map(|id| all.get(id)).flatten().copied().collect();
        kept.insert(
            node.clone(),
            direct
                .iter()
                .filter(|id| !further.contains(*id))
                .map(|id| (*id).clone())
                .collect(),
        );
        all.insert(node, direct.into_iter().chain(further).collect());
    }
    kept
}

/// One round among the nodes that got no wave: from any of them, back along what it waits for, until one comes up again.
fn round(after: &BTreeMap<String, BTreeSet<String>>, waves: &BTreeMap<String, u32>) -> Vec<String> {
    let stuck = |id: &&String| after.contains_key(*id) && !waves.contains_key(*id);
    let mut path: Vec<&String> = Vec::new();
    let mut node = after.keys().find(stuck);
    while let Some(id) = node {
        if let Some(start) = path.iter().position(|seen| *seen == id) {
            return path.iter().skip(start).rev().map(|id| (*id).clone()).collect();
        }
        path.push(id);
        node = after.get(id).and_then(|before| before.iter().find(stuck));
    }
    path.into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Graph = BTreeMap<String, BTreeSet<String>>;

    /// Everything that comes before a node, by any way.
    fn all_before(graph: &Graph, node: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut pending: Vec<&String> = graph.get(node).into_iter().flatten().collect();
        while let Some(id) = pending.pop() {
            if found.insert(id.clone()) {
                pending.extend(graph.get(id).into_iter().flatten());
            }
        }
        found
    }

    fn graph(edges: &[(usize, usize)], nodes: usize) -> Graph {
        let mut graph: Graph = (0..nodes).map(|node| (format!("{node:02}"), BTreeSet::new())).collect();
        for (from, to) in edges {
            graph
                .entry(format!("{from:02}"))
                .or_default()
                .insert(format!("{to:02}"));
        }
        graph
    }

    proptest! {
        /// Fewer edges, the same order: what came before still does, and no edge is left that another way makes needless.
        #[test]
        fn a_reduced_graph_has_the_same_order(edges in proptest::collection::vec((1usize..12, any::<prop::sample::Index>()), 0..40)) {
            let edges: Vec<(usize, usize)> = edges.iter().map(|(from, to)| (*from, to.index(*from))).collect();
            let full = graph(&edges, 12);
            let waves = waves(&full).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let few = reduced(&full, &waves);
            prop_assert_eq!(few.len(), full.len());
            for (node, before) in &few {
                prop_assert_eq!(all_before(&few, node), all_before(&full, node));
                for id in before {
                    let others = before.iter().filter(|other| *other != id);
                    prop_assert!(!others.flat_map(|other| all_before(&few, other)).any(|further| further == *id));
                }
            }
        }

        /// Any edges at all: an order, or a round that is one.
        #[test]
        fn a_round_is_named(edges in proptest::collection::vec((0usize..8, 0usize..8), 0..20)) {
            let full = graph(&edges, 8);
            match waves(&full) {
                Ok(waves) => {
                    for (node, before) in &full {
                        prop_assert!(before.iter().all(|id| waves.get(id) < waves.get(node)));
                    }
                }
                Err(error) => {
                    prop_assert!(!error.ids.is_empty());
                    let next = error.ids.iter().cycle().skip(1);
                    for (id, follower) in error.ids.iter().zip(next) {
                        prop_assert!(full.get(follower).is_some_and(|before| before.contains(id)), "{:?}", error.ids);
                    }
                }
            }
        }
    }
}
