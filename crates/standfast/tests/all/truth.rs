//! What standfast finds against what is true: an organization of known faults, read from the stand-in for AWS and judged.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::stand_in::{Finding, Project, Server, Truth, root, say, seed};

/// tests/e2e/disagreements.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Explained {
    #[serde(default)]
    disagreement: Vec<Disagreement>,
    #[serde(default)]
    uncovered: Vec<Uncovered>,
}

/// Why findings differ from truth rows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Disagreement {
    standard: String,
    check: String,
    expected: String,
    got: String,
    #[serde(default)]
    resource: Option<String>,
    why: String,
}

/// Requirements of the truth that no control covers, and why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Uncovered {
    standard: String,
    checks: Vec<String>,
    why: String,
}

#[derive(Deserialize)]
struct Framework {
    requirement: Vec<Requirement>,
}

#[derive(Deserialize)]
struct Requirement {
    id: String,
    controls: Vec<String>,
}

/// Controls by standard (as the seed names it) and requirement.
fn frameworks() -> Result<HashMap<(String, String), Vec<String>>> {
    let mut controls = HashMap::new();
    // Security Hub has controls that belong to no standard; the seed names them with the others.
    for (standard, file) in [("CIS-3.0.0", "cis-3.0"), ("FSBP", "fsbp"), ("FSBP", "security-hub")] {
        let path = root().join(format!("content/frameworks/{file}.toml"));
        let framework: Framework = toml::from_str(&fs::read_to_string(path)?)?;
        for requirement in framework.requirement {
            controls.insert((standard.to_owned(), requirement.id), requirement.controls);
        }
    }
    Ok(controls)
}

/// True if a finding's resource is the one that the truth names by its ARN or by its id alone. A finding may be of a part of
/// it, such as one access key of a user.
fn is_about(finding: &str, truth: &str) -> bool {
    if let Some(rest) = finding.strip_prefix(truth) {
        return rest.is_empty() || rest.starts_with(['/', ':', '#']);
    }
    !truth.starts_with("arn:") && finding.rsplit(['/', ':']).next() == Some(truth)
}

/// True for what the seed names by a word of its own, since it belongs to the account or the region.
fn is_of_account(resource: &str) -> bool {
    const WORDS: [&str; 11] = [
        "password-policy",
        "support-role",
        "s3-account-bpa",
        "security-contact",
        "ebs-default-encryption",
        "cloudtrail-multi-region",
        "s3-object-level-logging",
        "config-recorder",
        "guardduty",
        "securityhub",
        "accessanalyzer",
    ];
    WORDS.contains(&resource) || resource.starts_with("metric-filter-")
}

/// The controls of a requirement are read together: one failure fails it, else one unknown makes it unknown.
fn verdict<'a>(findings: impl Iterator<Item = &'a Finding>) -> &'static str {
    let statuses: BTreeSet<&str> = findings.map(|finding| finding.status.as_str()).collect();
    ["fail", "unknown", "pass", "not_applicable"]
        .into_iter()
        .find(|status| statuses.contains(status))
        .unwrap_or("missing")
}

fn found(truth: &Truth, controls: &[String], findings: &BTreeMap<(&str, &str), Vec<&Finding>>) -> &'static str {
    let candidates = controls
        .iter()
        .filter_map(|control| findings.get(&(control.as_str(), truth.account.as_str())))
        .flatten()
        .copied();
    if is_of_account(&truth.resource) {
        let here = |finding: &&Finding| {
            truth.region == "global" || finding.region == "global" || finding.region == truth.region
        };
        return verdict(candidates.filter(here));
    }
    verdict(candidates.filter(|finding| is_about(&finding.resource, &truth.resource)))
}

/// How truth and findings compare.
#[derive(Default)]
struct Comparison {
    compared: usize,
    differing: usize,
    problems: BTreeSet<String>,
    used_disagreements: BTreeSet<usize>,
    used_uncovered: BTreeSet<(String, String)>,
}

impl Comparison {
    /// Compares one row with what the mapped controls found.
    fn row(&mut self, row: &Truth, mapped: &[String], got: &'static str, explained: &Explained) {
        let known = explained
            .uncovered
            .iter()
            .any(|entry| entry.standard == row.standard && entry.checks.contains(&row.check));
        if mapped.is_empty() || known {
            if !(mapped.is_empty() && known) {
                let (standard, check, count) = (&row.standard, &row.check, mapped.len());
                self.problems.insert(format!(
                    "{standard} {check}: {count} control(s), uncovered in the list: {known}"
                ));
            }
            self.used_uncovered.insert((row.standard.clone(), row.check.clone()));
            return;
        }
        self.compared += 1;
        if got == row.expect.to_lowercase() {
            return;
        }
        self.differing += 1;
        let line = format!(
            "{} {} {} {} {}: {} ({}), found {got}",
            row.standard, row.check, row.account, row.region, row.resource, row.expect, row.why
        );
        if row.expect == "FAIL" && got == "pass" {
            self.problems.insert(format!("passes a fault: {line}"));
            return;
        }
        let explanations: Vec<usize> = (0..explained.disagreement.len())
            .filter(|index| explains(&explained.disagreement[*index], row, got))
            .collect();
        match explanations.as_slice() {
            [] => {
                self.problems.insert(format!("not explained: {line}"));
            }
            [one] => {
                self.used_disagreements.insert(*one);
            }
            _ => {
                self.problems.insert(format!("explained more than once: {line}"));
            }
        }
    }

    /// Entries of the list that explain nothing.
    fn idle(&mut self, explained: &Explained) {
        for (index, entry) in explained.disagreement.iter().enumerate() {
            if !self.used_disagreements.contains(&index) {
                let Disagreement {
                    standard, check, why, ..
                } = entry;
                self.problems
                    .insert(format!("explains nothing: {standard} {check}: {why}"));
            }
        }
        for entry in &explained.uncovered {
            for check in &entry.checks {
                if !self.used_uncovered.contains(&(entry.standard.clone(), check.clone())) {
                    let Uncovered { standard, why, .. } = entry;
                    self.problems
                        .insert(format!("covers nothing: {standard} {check}: {why}"));
                }
            }
        }
    }
}

/// The calls that the planted alarms count: fewer than the default design asks for.
const ALARMS: &str = r#"
[alarms]
iam_policy_changes_events = ["AttachRolePolicy", "CreatePolicy", "DeleteGroupPolicy", "DeleteRolePolicy", "PutRolePolicy"]
config_changes_events = ["DeleteDeliveryChannel", "StopConfigurationRecorder"]
security_group_changes_events = ["AuthorizeSecurityGroupIngress", "CreateSecurityGroup", "DeleteSecurityGroup"]
network_acl_changes_events = ["CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl"]
route_table_changes_events = ["CreateRoute", "CreateRouteTable", "DeleteRoute"]
vpc_changes_events = ["AcceptVpcPeeringConnection", "CreateVpc", "DeleteVpc"]
"#;

#[test]
fn findings_agree_with_what_was_planted() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::moto(&folder.path().join("calls.jsonl"))?;
    let truth = seed(&server, 4)?;
    let project = Project::new(&server.endpoint)?;
    std::fs::write(project.folder().join("design.toml"), ALARMS)?;
    project.discover()?;
    let findings = project.assess()?;
    let mut by_control: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in &findings {
        by_control
            .entry((&finding.control_id, &finding.account_id))
            .or_default()
            .push(finding);
    }
    let controls = frameworks()?;
    let list = fs::read_to_string(root().join("tests/e2e/disagreements.toml"))?;
    let explained: Explained = toml::from_str(&list).context("tests/e2e/disagreements.toml")?;

    let mut comparison = Comparison::default();
    for row in &truth {
        let mapped = controls
            .get(&(row.standard.clone(), row.check.clone()))
            .with_context(|| format!("{} {} is in no framework file", row.standard, row.check))?;
        comparison.row(row, mapped, found(row, mapped, &by_control), &explained);
    }
    comparison.idle(&explained);
    let Comparison {
        compared,
        differing,
        problems,
        ..
    } = comparison;
    let count = truth.len();
    say(&format!(
        "{count} truth rows, {compared} compared, {differing} differ; {} findings",
        findings.len()
    ))?;
    let lines: Vec<String> = problems.into_iter().collect();
    ensure!(lines.is_empty(), "{} problems:\n{}", lines.len(), lines.join("\n"));
    ensure!(
        compared * 10 >= count * 9,
        "only {compared} of {count} truth rows can be compared: nine of ten must be"
    );
    ensure!(
        differing * 100 <= compared,
        "{differing} of {compared} rows differ: that is more than one in a hundred"
    );
    Ok(())
}

fn explains(entry: &Disagreement, row: &Truth, got: &str) -> bool {
    entry.standard == row.standard
        && entry.check == row.check
        && entry.expected == row.expect
        && entry.got == got
        && entry
            .resource
            .as_deref()
            .is_none_or(|resource| resource == row.resource)
}

#[test]
fn resources_are_matched_by_arn_id_or_part() {
    let user = "arn:aws:iam::111122223333:user/user-000-1";
    assert!(is_about(user, user));
    assert!(is_about(&format!("{user}/accesskey/AKIAIOSFODNN7EXAMPLE"), user));
    assert!(!is_about("arn:aws:iam::111122223333:user/user-000-10", user));
    assert!(is_about("arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1", "vpc-1"));
    assert!(!is_about("arn:aws:ec2:us-east-1:111122223333:vpc/vpc-11", "vpc-1"));
    assert!(!is_about("arn:aws:s3:::other", "arn:aws:s3:::bucket"));
}
