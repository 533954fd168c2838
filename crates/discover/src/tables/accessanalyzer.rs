//! IAM Access Analyzer.

use std::collections::BTreeMap;

use aws_sdk_accessanalyzer::types::{
    AnalyzerConfiguration, AnalyzerSummary, ArchiveRuleSummary, Criterion, FindingsStatistics,
};
use serde_json::{Map, Value};
use standfast_inventory::tables::accessanalyzer::{
    AccessanalyzerAnalyzer, AccessanalyzerArchiveRule, AccessanalyzerFindingsStatistics,
};
use standfast_inventory::{Json, Scope};

use super::Collector;
use crate::Cell;
use crate::cell::client;
use crate::parse;

pub(super) const COLLECTOR: Collector = Collector {
    service: "accessanalyzer",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let analyzer = client!(cell, aws_sdk_accessanalyzer);
    let mut analyzers = Vec::new();
    cell.pages(
        "accessanalyzer:ListAnalyzers",
        None,
        analyzer.list_analyzers().max_results(100).into_paginator().send(),
        |page| {
            for summary in page.analyzers {
                let row = analyzer_row(summary);
                cell.row(&row);
                analyzers.push((row.arn, row.name));
            }
        },
    )
    .await;
    cell.each(&analyzers, async |(arn, name)| {
        let statistics = async {
            let call = analyzer.get_findings_statistics().analyzer_arn(arn).send();
            let reply = cell.call("accessanalyzer:GetFindingsStatistics", Some(arn), call).await;
            for row in reply
                .and_then(|reply| reply.findings_statistics)
                .unwrap_or_default()
                .iter()
                .filter_map(|statistics| statistics_row(arn, statistics))
            {
                cell.row(&row);
            }
        };
        let rules = cell.pages(
            "accessanalyzer:ListArchiveRules",
            Some(arn),
            analyzer
                .list_archive_rules()
                .analyzer_name(name)
                .max_results(100)
                .into_paginator()
                .send(),
            |page| {
                for rule in page.archive_rules {
                    cell.row(&rule_row(arn, rule));
                }
            },
        );
        futures::join!(statistics, rules);
    })
    .await;
}

fn analyzer_row(summary: AnalyzerSummary) -> AccessanalyzerAnalyzer {
    let unused_access_age = match &summary.configuration {
        Some(AnalyzerConfiguration::UnusedAccess(unused)) => unused.unused_access_age.map(i64::from),
        _ => None,
    };
    AccessanalyzerAnalyzer {
        unused_access_age,
        r#type: summary.r#type.as_str().to_owned(),
        status: summary.status.as_str().to_owned(),
        status_reason: summary.status_reason.map(|reason| reason.code.as_str().to_owned()),
        created_at: parse::timestamp(&summary.created_at),
        last_resource_analyzed_at: parse::maybe_timestamp(summary.last_resource_analyzed_at.as_ref()),
        tags: parse::tags(
            summary
                .tags
                .iter()
                .flatten()
                .map(|(key, value)| (Some(key.as_str()), Some(value.as_str()))),
        ),
        arn: summary.arn,
        name: summary.name,
    }
}

fn rule_row(analyzer_arn: &str, rule: ArchiveRuleSummary) -> AccessanalyzerArchiveRule {
    let filter: BTreeMap<String, Value> = rule
        .filter
        .into_iter()
        .map(|(field, criterion)| (field, criterion_value(criterion)))
        .collect();
    AccessanalyzerArchiveRule {
        analyzer_arn: analyzer_arn.to_owned(),
        arn: format!("{analyzer_arn}/archive-rule/{}", rule.rule_name),
        rule_name: rule.rule_name,
        filter_fields: filter.keys().cloned().collect(),
        filter: Json::of(&filter),
        updated_at: parse::timestamp(&rule.updated_at),
    }
}

fn criterion_value(criterion: Criterion) -> Value {
    let lists = [
        ("eq", criterion.eq),
        ("neq", criterion.neq),
        ("contains", criterion.contains),
    ];
    let mut value: Map<String, Value> = lists
        .into_iter()
        .filter_map(|(operator, words)| {
            Some((
                operator.to_owned(),
                Value::from(words.filter(|words| !words.is_empty())?),
            ))
        })
        .collect();
    if let Some(exists) = criterion.exists {
        value.insert("exists".to_owned(), Value::from(exists));
    }
    Value::Object(value)
}

fn statistics_row(analyzer_arn: &str, statistics: &FindingsStatistics) -> Option<AccessanalyzerFindingsStatistics> {
    let (active, archived, resolved) = match statistics {
        FindingsStatistics::ExternalAccessFindingsStatistics(external) => (
            external.total_active_findings,
            external.total_archived_findings,
            external.total_resolved_findings,
        ),
        FindingsStatistics::InternalAccessFindingsStatistics(internal) => (
            internal.total_active_findings,
            internal.total_archived_findings,
            internal.total_resolved_findings,
        ),
        FindingsStatistics::UnusedAccessFindingsStatistics(unused) => (
            unused.total_active_findings,
            unused.total_archived_findings,
            unused.total_resolved_findings,
        ),
        _ => return None,
    };
    Some(AccessanalyzerFindingsStatistics {
        analyzer_arn: analyzer_arn.to_owned(),
        total_active_findings: i64::from(active?),
        total_archived_findings: i64::from(archived.unwrap_or_default()),
        total_resolved_findings: i64::from(resolved.unwrap_or_default()),
    })
}

#[cfg(test)]
mod tests;
