//! The layer check: which crate of the workspace may depend on which, and on which heavy packages.
//!
//! A crate that names no heavy package in [`LAYERS`] is light: it must not reach one through others either, so that whoever works on
//! it never compiles the query engine or an AWS SDK.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fmt;
use std::process::{Command, ExitCode};

use anyhow::{Context, bail};
use serde::Deserialize;

/// What comes before the folder's name in a package's name.
const PREFIX: &str = "standfast-";

/// Beginnings of the names of packages that are long to compile.
const HEAVY: &[&str] = &[
    "arrow",
    "parquet",
    "datafusion",
    "ballista",
    "object_store",
    "aws-",
    "lambda_runtime",
    "axum",
];

/// One crate's place.
struct Layer {
    /// Folder under `crates/`; the binary's is `standfast`.
    name: &'static str,
    /// Crates of the workspace that it may depend on.
    crates: &'static [&'static str],
    /// Beginnings of the names of heavy packages that it may depend on; a crate without any is light.
    heavy: &'static [&'static str],
}

const fn layer(name: &'static str, crates: &'static [&'static str], heavy: &'static [&'static str]) -> Layer {
    Layer { name, crates, heavy }
}

/// The layers, those that nothing stands under first. A crate may be missing from the workspace, never from here.
const LAYERS: &[Layer] = &[
    layer("features", &[], HEAVY),
    layer("model", &[], &[]),
    layer("iam", &["model"], &[]),
    layer("content", &["model"], &[]),
    layer("design", &["model", "iam", "content"], &[]),
    layer("readiness", &["model", "content"], &[]),
    layer("state", &["model"], &[]),
    layer("report", &["model"], &[]),
    layer("inventory", &["features", "model"], &["arrow", "parquet"]),
    layer(
        "query",
        &["features", "model", "iam", "content", "design", "inventory"],
        &["arrow", "parquet", "datafusion", "ballista", "object_store"],
    ),
    layer("discover", &["features", "model", "inventory"], &["aws-"]),
    layer("act", &["features", "model", "iam", "design"], &["aws-"]),
    layer("guard", &["features", "model"], &["lambda_runtime", "aws-"]),
    layer("web", &["features", "model", "readiness"], &["axum"]),
    layer(
        "standfast",
        &[
            "features",
            "model",
            "iam",
            "content",
            "design",
            "readiness",
            "state",
            "report",
            "inventory",
            "query",
            "discover",
            "act",
            "guard",
            "web",
        ],
        HEAVY,
    ),
    layer(
        "xtask",
        &["model", "iam", "content", "design", "readiness", "state", "report"],
        &[],
    ),
];

/// The part of `cargo metadata` that the check reads.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Resolve,
}

#[derive(Debug, Deserialize)]
struct Package {
    id: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Debug, Deserialize)]
struct DependencyKind {
    /// `dev`, `build`; none for a normal dependency.
    kind: Option<String>,
}

/// A dependency that must not be.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Violation {
    /// Packages from the crate at fault to the one that it must not reach.
    path: Vec<String>,
    /// The rule that is broken.
    rule: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path.join(" → "), self.rule)
    }
}

/// Checks the workspace and prints what breaks the rules.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let output = Command::new(crate::process::cargo())
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(crate::root())
        .output()
        .context("cannot start cargo metadata")?;
    if !output.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let metadata: Metadata =
        serde_json::from_slice(&output.stdout).context("cannot read the answer of cargo metadata")?;
    let violations = check(&metadata, LAYERS);
    if violations.is_empty() {
        println!("{} crates keep their layers", metadata.workspace_members.len());
        return Ok(ExitCode::SUCCESS);
    }
    for violation in &violations {
        println!("{violation}");
    }
    println!("\nlayers broken: {}", violations.len());
    Ok(ExitCode::FAILURE)
}

/// Everything that breaks the rules, sorted.
fn check(metadata: &Metadata, layers: &[Layer]) -> BTreeSet<Violation> {
    let graph = Graph::of(metadata);
    let mut violations = BTreeSet::new();
    for id in &metadata.workspace_members {
        let package = graph.name(id);
        let folder = package.strip_prefix(PREFIX).unwrap_or(package);
        let Some(layer) = layers.iter().find(|layer| layer.name == folder) else {
            violations.insert(Violation {
                path: vec![package.to_owned()],
                rule: "has no place in the layer table of xtask".to_owned(),
            });
            continue;
        };
        violations.extend(direct(&graph, id, layer));
        if layer.heavy.is_empty() {
            violations.extend(reached(&graph, id));
        }
    }
    violations
}

/// Dependencies of a crate itself that its layer does not have.
fn direct(graph: &Graph<'_>, id: &str, layer: &Layer) -> Vec<Violation> {
    let mut violations = Vec::new();
    for dependency in graph.dependencies(id) {
        let name = graph.name(dependency);
        let rule = if graph.members.contains(dependency) {
            let folder = name.strip_prefix(PREFIX).unwrap_or(name);
            (!layer.crates.contains(&folder)).then(|| match layer.crates {
                [] => format!("{} depends on no crate of the workspace", layer.name),
                allowed => format!("{} may depend on {}", layer.name, allowed.join(", ")),
            })
        } else {
            // What a light crate reaches is checked with its whole path.
            let strange = is_heavy(name) && !layer.heavy.is_empty() && !starts_with_any(name, layer.heavy);
            strange.then(|| format!("of the heavy packages {} has {}", layer.name, layer.heavy.join(", ")))
        };
        if let Some(rule) = rule {
            violations.push(Violation {
                path: vec![graph.name(id).to_owned(), name.to_owned()],
                rule,
            });
        }
    }
    violations
}

/// Heavy packages that a light crate reaches, each by its shortest path and only the first on the way.
fn reached(graph: &Graph<'_>, start: &str) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut came_from: HashMap<&str, &str> = HashMap::new();
    let mut seen: BTreeSet<&str> = BTreeSet::from([start]);
    let mut waiting = VecDeque::from([start]);
    while let Some(id) = waiting.pop_front() {
        for dependency in graph.dependencies(id) {
            if !seen.insert(dependency) {
                continue;
            }
            came_from.insert(dependency, id);
            if !is_heavy(graph.name(dependency)) {
                waiting.push_back(dependency);
                continue;
            }
            let mut path = vec![graph.name(dependency).to_owned()];
            let mut step = dependency;
            while let Some(previous) = came_from.get(step) {
                path.push(graph.name(previous).to_owned());
                step = previous;
            }
            path.reverse();
            violations.push(Violation {
                path,
                rule: "a light crate reaches a heavy package".to_owned(),
            });
        }
    }
    violations
}

fn is_heavy(name: &str) -> bool {
    starts_with_any(name, HEAVY)
}

fn starts_with_any(name: &str, beginnings: &[&str]) -> bool {
    beginnings.iter().any(|beginning| name.starts_with(beginning))
}

/// Who depends on whom: normal and build dependencies, for every platform.
struct Graph<'a> {
    names: HashMap<&'a str, &'a str>,
    members: BTreeSet<&'a str>,
    edges: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Graph<'a> {
    fn of(metadata: &'a Metadata) -> Self {
        let names: HashMap<_, _> = metadata
            .packages
            .iter()
            .map(|package| (package.id.as_str(), package.name.as_str()))
            .collect();
        let edges = metadata
            .resolve
            .nodes
            .iter()
            .map(|node| {
                let dependencies = node
                    .deps
                    .iter()
                    .filter(|dependency| {
                        dependency
                            .dep_kinds
                            .iter()
                            .any(|kind| kind.kind.as_deref() != Some("dev"))
                    })
                    .map(|dependency| dependency.pkg.as_str())
                    .collect();
                (node.id.as_str(), dependencies)
            })
            .collect();
        Self {
            names,
            members: metadata.workspace_members.iter().map(String::as_str).collect(),
            edges,
        }
    }

    fn name<'b>(&'b self, id: &'b str) -> &'b str {
        self.names.get(id).copied().unwrap_or(id)
    }

    fn dependencies(&self, id: &str) -> impl Iterator<Item = &'a str> + '_ {
        self.edges.get(id).into_iter().flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{LAYERS, Metadata, Violation, check};

    /// A workspace of packages and `from → to` dependencies of a kind.
    fn workspace(members: &[&str], dependencies: &[(&str, &str, Option<&str>)]) -> Metadata {
        let mut names: Vec<&str> = members.to_vec();
        names.extend(dependencies.iter().flat_map(|(from, to, _)| [*from, *to]));
        names.sort_unstable();
        names.dedup();
        let packages: Vec<_> = names
            .iter()
            .map(|name| json!({"id": format!("id:{name}"), "name": name}))
            .collect();
        let nodes: Vec<_> = names
            .iter()
            .map(|name| {
                let deps: Vec<_> = dependencies
                    .iter()
                    .filter(|(from, _, _)| from == name)
                    .map(|(_, to, kind)| json!({"pkg": format!("id:{to}"), "dep_kinds": [{"kind": kind}]}))
                    .collect();
                json!({"id": format!("id:{name}"), "deps": deps})
            })
            .collect();
        let members: Vec<_> = members.iter().map(|name| format!("id:{name}")).collect();
        serde_json::from_value(json!({
            "packages": packages, "workspace_members": members, "resolve": {"nodes": nodes},
        }))
        .expect("the shape of cargo metadata")
    }

    fn found(metadata: &Metadata) -> Vec<String> {
        check(metadata, LAYERS).iter().map(Violation::to_string).collect()
    }

    #[test]
    fn what_the_table_allows_is_no_violation() {
        let metadata = workspace(
            &[
                "standfast",
                "standfast-design",
                "standfast-iam",
                "standfast-model",
                "standfast-inventory",
            ],
            &[
                ("standfast", "standfast-design", None),
                ("standfast", "aws-config", None),
                ("standfast-design", "standfast-iam", None),
                ("standfast-iam", "standfast-model", None),
                ("standfast-inventory", "standfast-model", None),
                ("standfast-inventory", "parquet", None),
                ("parquet", "arrow-array", None),
            ],
        );
        assert_eq!(found(&metadata), Vec::<String>::new());
    }

    #[test]
    fn a_crate_that_looks_up_is_named() {
        let metadata = workspace(
            &["standfast-iam", "standfast-design", "standfast-model"],
            &[
                ("standfast-iam", "standfast-design", None),
                ("standfast-model", "standfast-iam", None),
            ],
        );
        assert_eq!(
            found(&metadata),
            [
                "standfast-iam → standfast-design: iam may depend on model",
                "standfast-model → standfast-iam: model depends on no crate of the workspace",
            ]
        );
    }

    #[test]
    fn a_light_crate_must_not_reach_a_heavy_package_through_others() {
        let metadata = workspace(
            &["standfast-content"],
            &[
                ("standfast-content", "figment", None),
                ("figment", "cloud-settings", None),
                ("cloud-settings", "aws-sdk-ssm", None),
                ("aws-sdk-ssm", "aws-runtime", None),
            ],
        );
        assert_eq!(
            found(&metadata),
            ["standfast-content → figment → cloud-settings → aws-sdk-ssm: a light crate reaches a heavy package"]
        );
    }

    #[test]
    fn a_light_crate_reaches_heavy_packages_through_a_crate_of_the_workspace_too() {
        let metadata = workspace(
            &["standfast-report", "standfast-inventory"],
            &[
                ("standfast-report", "standfast-inventory", None),
                ("standfast-inventory", "arrow", None),
            ],
        );
        assert_eq!(
            found(&metadata),
            [
                "standfast-report → standfast-inventory: report may depend on model",
                "standfast-report → standfast-inventory → arrow: a light crate reaches a heavy package",
            ]
        );
    }

    #[test]
    fn a_heavy_crate_keeps_to_its_own_heavy_packages() {
        let metadata = workspace(
            &["standfast-discover", "standfast-inventory"],
            &[
                ("standfast-discover", "datafusion", None),
                ("standfast-inventory", "aws-config", None),
            ],
        );
        assert_eq!(
            found(&metadata),
            [
                "standfast-discover → datafusion: of the heavy packages discover has aws-",
                "standfast-inventory → aws-config: of the heavy packages inventory has arrow, parquet",
            ]
        );
    }

    #[test]
    fn tests_may_use_what_they_like_and_build_scripts_may_not() {
        let metadata = workspace(
            &["standfast-model"],
            &[
                ("standfast-model", "arrow", Some("dev")),
                ("standfast-model", "parquet", Some("build")),
            ],
        );
        assert_eq!(
            found(&metadata),
            ["standfast-model → parquet: a light crate reaches a heavy package"]
        );
    }

    #[test]
    fn a_crate_without_a_place_is_named() {
        let metadata = workspace(&["standfast-dashboard"], &[]);
        assert_eq!(
            found(&metadata),
            ["standfast-dashboard: has no place in the layer table of xtask"]
        );
    }

    #[test]
    fn the_table_names_only_crates_that_it_has() {
        for layer in LAYERS {
            for name in layer.crates {
                let below = LAYERS
                    .iter()
                    .take_while(|other| other.name != layer.name)
                    .any(|other| other.name == *name);
                assert!(
                    below,
                    "{} may depend on {name}, which does not stand below it",
                    layer.name
                );
            }
        }
    }
}
