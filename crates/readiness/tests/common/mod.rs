//! A small program, controls and assessments for the tests.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;

use jiff::Timestamp;
use standfast_content::program::Program;
use standfast_content::{Control, ControlScope};
use standfast_model::{
    Account, AccountCounts, Assessment, ControlResult, Coverage, CriterionState, Domain, Evidence, EvidenceKind,
    Finding, FindingStatus, LeftOut, OwnerRole, Severity, Size, SnapshotSummary,
};

pub(crate) const PROGRAM: &str = r#"version = 1
id = "small"
title = "Small"

[[service]]
id = "ebs"
name = "Amazon EBS"
tables = [
  { table = "aws_ebs_volume", one = "EBS volume", many = "EBS volumes" },
  { table = "aws_ebs_snapshot", one = "EBS snapshot", many = "EBS snapshots" },
]

[[task]]
number = 1
domain = "data-protection"
title = "Data"
summary = "Keep it."
services = ["ebs"]

[[task.criterion]]
id = "1.a"
text = "There is a strategy"
satisfied_by = { criteria = ["1.4.a"] }

[[task.subtask]]
id = "1.1"
title = "Hold the workshop"
kind = "workshop"
owner = "security-lead"
summary = "Learn."
readiness = { state = "Known.", policy = "Named.", process = "Recorded.", tools = "Known.", people = "All took part." }
[[task.subtask.criterion]]
id = "1.1.a"
text = "Learned one thing"
satisfied_by = { attestation = "workshop-held" }
[[task.subtask.criterion]]
id = "1.1.b"
text = "Learned another"
satisfied_by = { attestation = "workshop-held" }

[[task.subtask]]
id = "1.2"
title = "Write it down"
kind = "document"
owner = "security-lead"
summary = "Write."
readiness = { state = "Written.", policy = "Listed.", process = "Described.", tools = "Listed.", people = "Named." }
[[task.subtask.criterion]]
id = "1.2.a"
text = "Written down, with"
[[task.subtask.criterion.part]]
id = "1.2.a.a"
text = "Process"
aspect = "process"
satisfied_by = { documents = ["discovery"] }
[[task.subtask.criterion.part]]
id = "1.2.a.b"
text = "People"
aspect = "people"
satisfied_by = { documents = ["discovery"] }

[[task.subtask]]
id = "1.3"
title = "Compare"
kind = "gap-analysis"
owner = "security-lead"
summary = "Compare."
readiness = { state = "Compared.", policy = "Decided.", process = "Reviewed.", tools = "Computed.", people = "Owned." }
[[task.subtask.criterion]]
id = "1.3.a"
text = "The gap analysis is complete"
satisfied_by = { documents = ["gap-analysis"] }

[[task.subtask]]
id = "1.4"
title = "Define"
kind = "define"
owner = "security-engineer"
services = ["ebs"]
summary = "Define."
readiness = { state = "Everything is encrypted.", policy = "Encryption is required.", process = "By default.", tools = "Keys.", people = "Owners." }
[[task.subtask.criterion]]
id = "1.4.a"
text = "There is a strategy"
satisfied_by = { documents = ["strategy"], controls = ["ebs-volume-encrypted", "ebs-default-on"] }
[[task.subtask.criterion]]
id = "1.4.b"
text = "One of two"
satisfied_by = { controls = ["ebs-volume-encrypted"], attestation = "own-way", any = true }

[[task.subtask]]
id = "1.5"
title = "Build"
kind = "build"
owner = "platform-engineer"
summary = "Build."
readiness = { state = "Built.", policy = "Laid down.", process = "Followed.", tools = "Template.", people = "A team." }
[[task.subtask.criterion]]
id = "1.5.a"
text = "A template and its code"
satisfied_by = { artifacts = ["template"], deployments = ["template"], rehearsals = ["drill"], controls = ["ebs-snapshot-private"] }
"#;

pub(crate) fn program() -> Program {
    Program::parse("small.toml", PROGRAM, None).expect("the small program is whole")
}

pub(crate) fn built_in() -> Program {
    Program::parse("security.toml", standfast_content::program_text(), None).expect("the built-in program is whole")
}

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).expect("a time in range")
}

pub(crate) fn control(id: &str, severity: Severity, after: &[&str]) -> Control {
    Control {
        id: id.to_owned(),
        title: format!("State of {id}"),
        severity,
        domain: Domain::DataProtection,
        scope: ControlScope::Resource,
        subject: "aws_ebs_volume".to_owned(),
        when_empty: FindingStatus::NotApplicable,
        why: "It matters.".to_owned(),
        limits: "None.".to_owned(),
        fix: "Mend it.".to_owned(),
        owner: OwnerRole::PlatformEngineer,
        size: Size::Small,
        after: after.iter().map(|id| (*id).to_owned()).collect(),
        refs: vec!["https://example.com".to_owned()],
        sql: String::new(),
        file: format!("controls/data-protection/{id}.sql"),
        text: String::new(),
        sql_start: 0,
    }
}

pub(crate) fn controls(list: Vec<Control>) -> BTreeMap<String, Control> {
    list.into_iter().map(|control| (control.id.clone(), control)).collect()
}

/// The controls that the small program names.
pub(crate) fn small_controls() -> BTreeMap<String, Control> {
    let mut default_on = control("ebs-default-on", Severity::Low, &[]);
    default_on.scope = ControlScope::Region;
    controls(vec![
        control("ebs-volume-encrypted", Severity::Medium, &["ebs-default-on"]),
        default_on,
        control("ebs-snapshot-private", Severity::Critical, &[]),
    ])
}

pub(crate) fn counts(pass: u64, fail: u64, excepted: u64, not_applicable: u64, unknown: u64) -> AccountCounts {
    AccountCounts {
        pass,
        fail,
        excepted,
        not_applicable,
        unknown,
    }
}

pub(crate) fn result(id: &str, accounts: &[AccountCounts]) -> ControlResult {
    let accounts: BTreeMap<String, AccountCounts> = (0u64..)
        .zip(accounts)
        .map(|(index, counts)| (format!("{}", 111_122_223_333 + index), counts.clone()))
        .collect();
    let findings = |status: FindingStatus, count: fn(&AccountCounts) -> u64| {
        accounts
            .iter()
            .flat_map(|(account, counts)| {
                (0..count(counts)).map(move |number| Finding {
                    control_id: id.to_owned(),
                    account_id: account.clone(),
                    region: "eu-west-1".to_owned(),
                    resource: format!("arn:aws:ec2:eu-west-1:{account}:volume/vol-{number:04}"),
                    status,
                    reason: "seen".to_owned(),
                    exception: None,
                })
            })
            .take(ControlResult::SAMPLE)
            .collect()
    };
    ControlResult {
        control_id: id.to_owned(),
        failing: findings(FindingStatus::Fail, |counts| counts.fail),
        unknown: findings(FindingStatus::Unknown, |counts| counts.unknown),
        accounts,
    }
}

pub(crate) fn assessment(mut controls: Vec<ControlResult>) -> Assessment {
    controls.sort_by(|left, right| left.control_id.cmp(&right.control_id));
    Assessment {
        version: Assessment::VERSION,
        assessed_at: at(0),
        snapshot: SnapshotSummary {
            left_out: LeftOut::default(),
            run_id: "run-1".to_owned(),
            taken_at: at(0),
            partition: "aws".to_owned(),
            accounts: (0..12u64)
                .map(|index| Account {
                    id: format!("{}", 111_122_223_333 + index),
                    name: format!("account-{index}"),
                    organizational_unit: "Root".to_owned(),
                    is_management: index == 0,
                })
                .collect(),
            regions: vec!["eu-west-1".to_owned()],
            row_counts: BTreeMap::from([("aws_ebs_snapshot".to_owned(), 1), ("aws_ebs_volume".to_owned(), 214)]),
        },
        coverage: Coverage::default(),
        controls,
    }
}

pub(crate) fn evidence(criterion: &str, kind: EvidenceKind, subject: &str) -> Evidence {
    Evidence {
        criterion: criterion.to_owned(),
        kind,
        subject: subject.to_owned(),
        state: CriterionState::Met,
        summary: "approved by Ana Ruiz".to_owned(),
        at: at(0),
        valid_until: None,
    }
}
