//! An organization to report on: twelve accounts with plausible faults, or a thousand made by the same rules.
#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    reason = "test support, shared by several test binaries"
)]

pub mod content;
mod difficult;

pub use difficult::difficult_findings;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use standfast_model::{
    Account, AccountCounts, Assessment, ControlResult, Coverage, CoverageError, CriterionState, Domain, Evidence,
    EvidenceKind, Finding, FindingStatus, Gap, GapAspect, Missing, OwnerRole, Severity, Size, SnapshotSummary, Story,
};
use standfast_report::{
    BoardView, ControlInfo, Controls, CriterionView, DomainView, ExceptionView, FindingsContext, ReportInput,
    SubtaskView,
};

use content::{CONTROLS, ControlRow, SUBTASKS};

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A number below `below` that depends on nothing but the parts.
pub fn dice(parts: &[&str], below: u64) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash % below
}

pub fn controls() -> Controls {
    CONTROLS
        .iter()
        .map(|row| ControlInfo {
            id: row.id.to_owned(),
            title: row.title.to_owned(),
            severity: row.severity,
            domain: row.domain,
            why: row.why.to_owned(),
            limits: row.limits.to_owned(),
            fix: row.fix.to_owned(),
            refs: vec!["https://docs.aws.amazon.com/securityhub/".to_owned()],
            frameworks: if row.cis.is_empty() {
                Vec::new()
            } else {
                vec![("cis-3.0".to_owned(), vec![row.cis.to_owned()])]
            },
        })
        .collect()
}

const NAMES: [(&str, &str); 12] = [
    ("management", "Root"),
    ("log-archive", "Root/Security"),
    ("audit", "Root/Security"),
    ("network", "Root/Infrastructure"),
    ("shared-services", "Root/Infrastructure"),
    ("payments-prod", "Root/Workloads/Prod"),
    ("orders-prod", "Root/Workloads/Prod"),
    ("warehouse-prod", "Root/Workloads/Prod"),
    ("payments-test", "Root/Workloads/Test"),
    ("orders-test", "Root/Workloads/Test"),
    ("analytics-sandbox", "Root/Sandbox"),
    ("acquired-2019", "Root/Suspended"),
];

pub fn accounts(how_many: usize) -> Vec<Account> {
    let mut accounts: Vec<Account> = (0..how_many)
        .map(|index| {
            let (name, unit) = NAMES.get(index).copied().unwrap_or_else(|| {
                const UNITS: [&str; 9] = [
                    "Root/Workloads/Prod",
                    "Root/Workloads/Test",
                    "Root/Workloads/Prod/Retail",
                    "Root/Workloads/Prod/Wholesale",
                    "Root/Workloads/Test/Retail",
                    "Root/Sandbox",
                    "Root/Infrastructure",
                    "Root/Acquisitions/Northwind",
                    "Root/Acquisitions/Fabrikam",
                ];
                ("", UNITS[dice(&["unit", &index.to_string()], 9) as usize])
            });
            Account {
                id: format!("{:012}", 111_122_220_000_u64 + 7 * index as u64),
                name: if name.is_empty() {
                    format!("workload-{index:04}")
                } else {
                    name.to_owned()
                },
                organizational_unit: unit.to_owned(),
                is_management: index == 0,
            }
        })
        .collect();
    accounts.sort_by(|left, right| left.id.cmp(&right.id));
    accounts
}

fn badness(account: &Account) -> u64 {
    match account.organizational_unit.as_str() {
        "Root" | "Root/Security" => 8,
        "Root/Infrastructure" => 14,
        unit if unit.starts_with("Root/Workloads/Prod") => 12 + dice(&["bad", &account.id], 25),
        unit if unit.starts_with("Root/Workloads/Test") => 30,
        unit if unit.starts_with("Root/Acquisitions") => 20 + dice(&["bad", &account.id], 55),
        "Root/Suspended" => 75,
        _ => 40,
    }
}

pub fn resource(row: &ControlRow, account: &Account, region: &str, number: u64) -> String {
    row.resource
        .replace("{account}", &account.id)
        .replace("{region}", region)
        .replace("{name}", &account.name)
        .replace("{n}", &format!("{:08x}", 0x0a1b_3c00 + number * 37))
}

/// Findings of one control in one account.
pub fn findings_of(row: &ControlRow, account: &Account) -> Vec<Finding> {
    let regions: &[&str] = if row.resource.contains("{region}") {
        &["eu-west-1", "us-east-1"]
    } else {
        &["global"]
    };
    let mut findings = Vec::new();
    for region in regions {
        let how_many = if row.resource.contains("{n}") {
            dice(&["count", row.id, &account.id, region], 9)
        } else {
            1
        };
        for number in 0..how_many {
            let roll = dice(&["roll", row.id, &account.id, region, &number.to_string()], 100);
            let denied = account.name == "acquired-2019" && row.id.contains("secret")
                || dice(&["denied", row.id, &account.id], 90) == 0;
            let threshold = badness(account) * row.hardness / 100;
            let (status, reason) = if denied {
                (
                    FindingStatus::Unknown,
                    format!(
                        "{} could not be read: AccessDenied",
                        row.resource.split(':').nth(2).unwrap_or("aws")
                    ),
                )
            } else if roll < threshold {
                (FindingStatus::Fail, row.reason.to_owned())
            } else if roll > 97 {
                (
                    FindingStatus::NotApplicable,
                    "managed by AWS, the control asks nothing of it".to_owned(),
                )
            } else {
                (FindingStatus::Pass, "as it should be".to_owned())
            };
            let exception = (status == FindingStatus::Fail
                && account.name == "analytics-sandbox"
                && row.id == "ec2-volume-encrypted")
                .then(|| "sandbox-volumes".to_owned());
            findings.push(Finding {
                control_id: row.id.to_owned(),
                account_id: account.id.clone(),
                region: (*region).to_owned(),
                resource: resource(row, account, region, number),
                status,
                reason,
                exception,
            });
        }
    }
    findings.sort();
    findings
}

pub fn findings(accounts: &[Account]) -> impl Iterator<Item = Finding> + '_ {
    let mut rows: Vec<&ControlRow> = CONTROLS.iter().collect();
    rows.sort_by_key(|row| row.id);
    rows.into_iter()
        .flat_map(move |row| accounts.iter().flat_map(move |account| findings_of(row, account)))
}

pub fn assessment(how_many: usize) -> Assessment {
    let accounts = accounts(how_many);
    let mut results: BTreeMap<String, ControlResult> = BTreeMap::new();
    for finding in findings(&accounts) {
        let result = results
            .entry(finding.control_id.clone())
            .or_insert_with(|| ControlResult {
                control_id: finding.control_id.clone(),
                accounts: BTreeMap::new(),
                failing: Vec::new(),
                unknown: Vec::new(),
            });
        result
            .accounts
            .entry(finding.account_id.clone())
            .or_default()
            .add(finding.status, finding.exception.is_some());
        if finding.is_open_failure() && result.failing.len() < ControlResult::SAMPLE {
            result.failing.push(finding);
        } else if finding.status == FindingStatus::Unknown && result.unknown.len() < ControlResult::SAMPLE {
            result.unknown.push(finding);
        }
    }
    let units = how_many as u64 * 2 * 31;
    let errors: Vec<CoverageError> = [
        ("secretsmanager:ListSecrets", "access_denied", 2, "eu-west-1"),
        ("secretsmanager:ListSecrets", "access_denied", 2, "us-east-1"),
        ("kms:GetKeyPolicy", "access_denied", 9, "eu-west-1"),
        ("access-analyzer:ListAnalyzers", "throttled", 1, "us-east-1"),
    ]
    .into_iter()
    .map(|(operation, class, count, region)| CoverageError {
        account_id: accounts.last().unwrap().id.clone(),
        region: region.to_owned(),
        operation: operation.to_owned(),
        class: class.to_owned(),
        count,
    })
    .collect();
    Assessment {
        version: Assessment::VERSION,
        assessed_at: at("2026-03-02T08:14:00Z"),
        snapshot: SnapshotSummary {
            left_out: standfast_model::LeftOut::default(),
            run_id: "2026-03-02T07-58-11Z-k4f2".to_owned(),
            taken_at: at("2026-03-02T07:58:11Z"),
            partition: "aws".to_owned(),
            regions: vec!["eu-west-1".to_owned(), "us-east-1".to_owned()],
            row_counts: BTreeMap::from([
                ("aws_ebs_volume".to_owned(), 214),
                ("aws_s3_bucket".to_owned(), 97),
                ("aws_iam_role".to_owned(), 611),
            ]),
            accounts,
        },
        coverage: Coverage {
            units,
            complete_units: units - errors.len() as u64,
            errors,
            errors_left_out: 0,
        },
        controls: results.into_values().collect(),
    }
}

fn state_of(assessment: &Assessment, id: &str) -> CriterionState {
    assessment.control(id).map_or(CriterionState::NotKnown, |result| {
        let totals = result.totals();
        if totals.fail > 0 {
            CriterionState::Open
        } else if totals.unknown > 0 {
            CriterionState::NotKnown
        } else {
            CriterionState::Met
        }
    })
}

/// A criterion of a task as a whole, in two parts of which one is met.
fn whole(domain: Domain) -> CriterionView {
    let part = |letter: &str, state: CriterionState| CriterionView {
        id: format!("{}.a.{letter}", domain.task()),
        text: format!("Part {letter} of what the task asks for as a whole"),
        state,
        evidence: if state == CriterionState::Met {
            vec![Evidence {
                criterion: format!("{}.a.{letter}", domain.task()),
                kind: EvidenceKind::Attestation,
                subject: "part-done".to_owned(),
                state,
                summary: "attested by Ana Ruiz".to_owned(),
                at: at("2026-02-11T10:00:00Z"),
                valid_until: None,
            }]
        } else {
            Vec::new()
        },
        needs: if state == CriterionState::Met {
            Vec::new()
        } else {
            vec!["attestation task-complete".to_owned()]
        },
        parts: Vec::new(),
    };
    CriterionView {
        id: format!("{}.a", domain.task()),
        text: "All of its decisions are part of the design".to_owned(),
        state: CriterionState::Open,
        evidence: Vec::new(),
        needs: Vec::new(),
        parts: vec![part("a", CriterionState::Met), part("b", CriterionState::Open)],
    }
}

pub fn board(assessment: &Assessment) -> BoardView {
    let letters = ["a", "b", "c", "d", "e"];
    let mut domains = Vec::new();
    for domain in Domain::ALL {
        let mut of_domain: Vec<&ControlRow> = CONTROLS.iter().filter(|row| row.domain == *domain).collect();
        let mut subtasks = Vec::new();
        for (id, title, kind) in SUBTASKS
            .iter()
            .filter(|(id, ..)| id.starts_with(&format!("{}.", domain.task())))
        {
            let mut criteria = Vec::new();
            let how_many = if *kind == "build" { 5 } else { 2 };
            for letter in letters.iter().take(how_many) {
                let criterion = format!("{id}.{letter}");
                let measured = (*kind == "build" || *kind == "define" && *letter == "b")
                    .then(|| of_domain.pop())
                    .flatten();
                if let Some(row) = measured {
                    let totals = assessment
                        .control(row.id)
                        .map(ControlResult::totals)
                        .unwrap_or_default();
                    let state = state_of(assessment, row.id);
                    criteria.push(CriterionView {
                        text: row.title.to_owned(),
                        state,
                        evidence: vec![Evidence {
                            criterion: criterion.clone(),
                            kind: EvidenceKind::Control,
                            subject: row.id.to_owned(),
                            state,
                            summary: format!(
                                "{} of {} resources pass, {} could not be read",
                                totals.pass,
                                totals.pass + totals.fail + totals.unknown,
                                totals.unknown
                            ),
                            at: assessment.assessed_at,
                            valid_until: None,
                        }],
                        id: criterion,
                        needs: Vec::new(),
                        parts: Vec::new(),
                    });
                    continue;
                }
                let met = dice(&["met", &criterion], 100)
                    < match *kind {
                        "workshop" => 75,
                        "document" => 45,
                        "analysis" => 30,
                        _ => 20,
                    };
                let (text, evidence_kind, subject) = match *kind {
                    "workshop" => (
                        "The workshop was held with everybody who decides, and its decisions are written down",
                        EvidenceKind::Attestation,
                        "workshop-held",
                    ),
                    "document" => (
                        "Current state and readiness state are described: policy, process, tools, people",
                        EvidenceKind::Document,
                        "current-and-readiness-state",
                    ),
                    "analysis" => (
                        "Every gap has a story that somebody has estimated",
                        EvidenceKind::Document,
                        "gap-analysis",
                    ),
                    _ => (
                        "The decision is part of the design and was approved by its owner",
                        EvidenceKind::Document,
                        "design-approved",
                    ),
                };
                criteria.push(CriterionView {
                    id: criterion.clone(),
                    text: text.to_owned(),
                    state: if met { CriterionState::Met } else { CriterionState::Open },
                    evidence: if met {
                        vec![Evidence {
                            criterion,
                            kind: evidence_kind,
                            subject: subject.to_owned(),
                            state: CriterionState::Met,
                            summary: "approved by Ana Ruiz".to_owned(),
                            at: at("2026-02-11T10:00:00Z"),
                            valid_until: Some(at("2027-02-11T10:00:00Z")),
                        }]
                    } else {
                        Vec::new()
                    },
                    needs: if met {
                        Vec::new()
                    } else {
                        vec![format!("{evidence_kind} {subject}")]
                    },
                    parts: Vec::new(),
                });
            }
            subtasks.push(SubtaskView {
                id: (*id).to_owned(),
                title: (*title).to_owned(),
                criteria,
            });
        }
        domains.push(DomainView {
            domain: *domain,
            criteria: vec![whole(*domain)],
            subtasks,
        });
    }
    BoardView {
        domains,
        left_out: assessment.snapshot.left_out.clone(),
    }
}

fn kind_of(criterion: &str) -> &'static str {
    let subtask = criterion.rsplit_once('.').map_or(criterion, |(subtask, _)| subtask);
    SUBTASKS
        .iter()
        .find(|(id, ..)| *id == subtask)
        .map_or("define", |(_, _, kind)| kind)
}

pub fn gaps(assessment: &Assessment, board: &BoardView) -> Vec<Gap> {
    let controls = controls();
    let mut gaps = Vec::new();
    for domain in &board.domains {
        for criterion in domain
            .subtasks
            .iter()
            .flat_map(|subtask| &subtask.criteria)
            .filter(|criterion| criterion.state != CriterionState::Met)
        {
            let control = criterion
                .evidence
                .first()
                .filter(|evidence| evidence.kind == EvidenceKind::Control)
                .and_then(|evidence| assessment.control(&evidence.subject));
            let mut missing = Vec::new();
            let mut current_state = Vec::new();
            if let Some(result) = control {
                let totals = result.totals();
                let failing = result.accounts.values().filter(|counts| counts.fail > 0).count() as u64;
                current_state.push(format!(
                    "{} resources in {} accounts, {} of them without it",
                    totals.total(),
                    result.accounts.len(),
                    totals.fail
                ));
                missing.push(Missing {
                    aspect: GapAspect::Tools,
                    what: controls.get(&result.control_id).unwrap().fix.clone(),
                    shown_by: result.control_id.clone(),
                    severity: controls.get(&result.control_id).unwrap().severity,
                    resources: totals.fail,
                    accounts: failing,
                });
                if totals.fail > 20 {
                    missing.push(Missing {
                        aspect: GapAspect::Process,
                        what: "New resources are checked before they go live".to_owned(),
                        shown_by: "pipeline-check".to_owned(),
                        severity: Severity::Medium,
                        resources: 0,
                        accounts: 0,
                    });
                }
            } else {
                missing.push(Missing {
                    aspect: match kind_of(&criterion.id) {
                        "workshop" => GapAspect::People,
                        "define" => GapAspect::Policy,
                        _ => GapAspect::Process,
                    },
                    what: "An approved document that says who does what, and by when".to_owned(),
                    shown_by: "document".to_owned(),
                    severity: Severity::Medium,
                    resources: 0,
                    accounts: 0,
                });
            }
            gaps.push(Gap {
                criterion: criterion.id.clone(),
                domain: domain.domain,
                readiness_state: criterion.text.clone(),
                current_state,
                state: criterion.state,
                missing,
            });
        }
    }
    gaps
}

pub fn stories(assessment: &Assessment, board: &BoardView) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    let order = ["workshop", "document", "analysis", "define", "build"];
    for domain in &board.domains {
        // Stories of people's work first: one for each subtask that has an open criterion which no control measures.
        let mut of_kind: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for subtask in &domain.subtasks {
            let open: Vec<&CriterionView> = subtask
                .criteria
                .iter()
                .filter(|criterion| {
                    criterion.state == CriterionState::Open
                        && criterion
                            .evidence
                            .first()
                            .is_none_or(|evidence| evidence.kind != EvidenceKind::Control)
                })
                .collect();
            let Some(first) = open.first() else { continue };
            let kind = kind_of(&first.id);
            let place = order.iter().position(|known| *known == kind).unwrap();
            let after: Vec<String> = order[..place]
                .iter()
                .rev()
                .find_map(|earlier| of_kind.get(earlier))
                .cloned()
                .unwrap_or_default();
            let id = format!("SF-{}", first.id);
            of_kind.entry(kind).or_default().push(id.clone());
            stories.push(Story {
                id,
                title: subtask.title.clone(),
                why: first.text.clone(),
                domain: domain.domain,
                criteria: open.iter().map(|criterion| criterion.id.clone()).collect(),
                severity: Severity::Medium,
                controls: Vec::new(),
                acceptance: vec!["The document is approved by its owner".to_owned()],
                owner: OwnerRole::SecurityLead,
                size: Size::Medium,
                after,
                wave: 0,
                resources: Vec::new(),
                resource_count: 0,
                accounts: Vec::new(),
                account_count: 0,
            });
        }
        let defined = of_kind.get("define").cloned().unwrap_or_default();
        for row in CONTROLS.iter().filter(|row| row.domain == domain.domain) {
            let Some(result) = assessment.control(row.id) else {
                continue;
            };
            let totals = result.totals();
            if totals.fail == 0 {
                continue;
            }
            let accounts: Vec<String> = result
                .accounts
                .iter()
                .filter(|(_, counts)| counts.fail > 0)
                .map(|(id, _)| id.clone())
                .collect();
            let mut after: Vec<String> = Vec::new();
            if !defined.is_empty() {
                after.push(defined[dice(&["after", row.id], defined.len() as u64) as usize].clone());
            }
            after.extend(row.after.iter().map(|id| format!("SF-{id}")));
            after.sort();
            stories.push(Story {
                id: format!("SF-{}", row.id),
                title: row.fix.to_owned(),
                why: row.why.to_owned(),
                domain: row.domain,
                criteria: vec![format!("{}.5.b", row.domain.task())],
                severity: row.severity,
                controls: vec![row.id.to_owned()],
                acceptance: vec![format!("`{}` passes in every account", row.id)],
                owner: OwnerRole::PlatformEngineer,
                size: match accounts.len() {
                    0..=3 => Size::Small,
                    4..=8 => Size::Medium,
                    _ => Size::Large,
                },
                after,
                wave: 0,
                resources: result
                    .failing
                    .iter()
                    .take(20)
                    .map(|finding| finding.resource.clone())
                    .collect(),
                resource_count: totals.fail,
                account_count: accounts.len() as u64,
                accounts: accounts.into_iter().take(50).collect(),
            });
        }
    }
    let known: BTreeSet<String> = stories.iter().map(|story| story.id.clone()).collect();
    for story in &mut stories {
        story.after.retain(|id| known.contains(id));
    }
    let mut waves: BTreeMap<String, u32> = BTreeMap::new();
    while waves.len() < stories.len() {
        let before = waves.len();
        for story in &mut stories {
            if story.wave == 0 && story.after.iter().all(|id| waves.contains_key(id)) {
                story.wave = 1 + story.after.iter().map(|id| waves[id]).max().unwrap_or(0);
                waves.insert(story.id.clone(), story.wave);
            }
        }
        assert!(waves.len() > before, "the sample's stories have a cycle");
    }
    stories.sort_by(|left, right| (left.wave, left.severity, &left.id).cmp(&(right.wave, right.severity, &right.id)));
    stories
}

pub fn exceptions(assessment: &Assessment) -> Vec<ExceptionView> {
    let covered = assessment
        .control("ec2-volume-encrypted")
        .map_or(0, |result| result.totals().excepted);
    vec![
        ExceptionView {
            id: "sandbox-volumes".to_owned(),
            control: "ec2-volume-encrypted".to_owned(),
            owner: "Priya Nair, data platform".to_owned(),
            reason: "Throw-away volumes with public data; the account is emptied every Friday".to_owned(),
            scope: "account analytics-sandbox".to_owned(),
            last_day: jiff::civil::date(2026, 6, 30),
            findings: covered,
            expired: false,
        },
        ExceptionView {
            id: "legacy-tls".to_owned(),
            control: "elb-listener-tls-current".to_owned(),
            owner: "Tom Okafor, warehouse".to_owned(),
            reason: "Hand scanners cannot speak TLS 1.2; replacement ordered".to_owned(),
            scope: "account warehouse-prod, eu-west-1".to_owned(),
            last_day: jiff::civil::date(2026, 1, 31),
            findings: 0,
            expired: true,
        },
    ]
}

/// The whole report's input for that many accounts.
pub fn report(how_many: usize) -> ReportInput {
    let assessment = assessment(how_many);
    let board = board(&assessment);
    let gaps = gaps(&assessment, &board);
    let stories = stories(&assessment, &board);
    let exceptions = exceptions(&assessment);
    ReportInput {
        organization: "Example Retail Group".to_owned(),
        version: "0.1.0".to_owned(),
        generated_at: at("2026-03-02T08:15:00Z"),
        controls: controls(),
        assessment,
        board,
        gaps,
        stories,
        exceptions,
    }
}

pub fn context(input: &ReportInput) -> FindingsContext<'_> {
    FindingsContext {
        generated_at: input.generated_at,
        version: &input.version,
        snapshot: &input.assessment.snapshot,
        controls: &input.controls,
        exceptions: &input.exceptions,
    }
}

#[must_use]
pub fn counts(input: &ReportInput) -> AccountCounts {
    let mut totals = AccountCounts::default();
    for result in &input.assessment.controls {
        totals.merge(&result.totals());
    }
    totals
}
