//! AWS WAF. CloudFront's web ACLs live in us-east-1 and are read with that region.

use aws_sdk_wafv2::types::{
    FirewallManagerRuleGroup, FirewallManagerStatement, LoggingConfiguration, OverrideAction, ResourceType, Rule,
    RuleAction, Scope as WafScope, Statement, WebAcl, WebAclSummary,
};
use serde_json::{Value, json};
use standfast_inventory::tables::wafv2::{Wafv2LoggingConfiguration, Wafv2WebAcl, Wafv2WebAclResource};
use standfast_inventory::{Json, Scope};

use super::Collector;
use crate::Cell;
use crate::cell::client;

pub(super) const COLLECTOR: Collector = Collector {
    service: "wafv2",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &["wafv2:ListWebACLs"],
};

/// Where the service keeps what belongs to CloudFront.
const CLOUDFRONT_HOME: &str = "us-east-1";

async fn collect(cell: &Cell) {
    let waf = client!(cell, aws_sdk_wafv2);
    let cloudfront = async {
        if cell.region() == CLOUDFRONT_HOME {
            Box::pin(read_scope(cell, &waf, WafScope::Cloudfront)).await;
        }
    };
    futures::join!(read_scope(cell, &waf, WafScope::Regional), cloudfront);
}

async fn read_scope(cell: &Cell, waf: &aws_sdk_wafv2::Client, scope: WafScope) {
    futures::join!(logging(cell, waf, scope.clone()), web_acls(cell, waf, scope));
}

async fn web_acls(cell: &Cell, waf: &aws_sdk_wafv2::Client, scope: WafScope) {
    let mut summaries = Vec::new();
    let mut marker = None;
    loop {
        let request = waf
            .list_web_acls()
            .scope(scope.clone())
            .limit(100)
            .set_next_marker(marker);
        let Some(reply) = cell.call("wafv2:ListWebACLs", None, request.send()).await else {
            break;
        };
        let page = reply.web_acls.unwrap_or_default();
        let last = page.is_empty();
        summaries.extend(page);
        marker = reply.next_marker.filter(|marker| !marker.is_empty());
        // The service may give a marker with the last page, too: the next one is empty then.
        if last || marker.is_none() {
            break;
        }
    }
    cell.each(&summaries, async |summary| {
        Box::pin(read_acl(cell, waf, &scope, summary)).await;
    })
    .await;
}

async fn read_acl(cell: &Cell, waf: &aws_sdk_wafv2::Client, scope: &WafScope, summary: &WebAclSummary) {
    let (Some(arn), Some(id), Some(name)) = (summary.arn(), summary.id(), summary.name()) else {
        return;
    };
    let absent = &["WAFNonexistentItemException"];
    let detail = async {
        let request = waf.get_web_acl().id(id).name(name).scope(scope.clone());
        let reply = cell.ask("wafv2:GetWebACL", Some(arn), absent, request.send()).await;
        if let crate::Answer::Got(reply) = reply
            && let Some(acl) = reply.web_acl
        {
            cell.row(&acl_row(scope, acl));
        }
    };
    // Distributions of CloudFront are asked of CloudFront, not of the web ACL.
    let resources = async {
        if *scope == WafScope::Regional {
            let kind = ResourceType::ApplicationLoadBalancer;
            let request = waf.list_resources_for_web_acl().web_acl_arn(arn).resource_type(kind);
            let reply = cell
                .ask("wafv2:ListResourcesForWebACL", Some(arn), absent, request.send())
                .await;
            if let crate::Answer::Got(reply) = reply {
                for resource_arn in reply.resource_arns.unwrap_or_default() {
                    cell.row(&Wafv2WebAclResource {
                        web_acl_arn: arn.to_owned(),
                        resource_arn,
                    });
                }
            }
        }
    };
    futures::join!(detail, resources);
}

async fn logging(cell: &Cell, waf: &aws_sdk_wafv2::Client, scope: WafScope) {
    let mut marker = None;
    loop {
        let request = waf
            .list_logging_configurations()
            .scope(scope.clone())
            .limit(100)
            .set_next_marker(marker);
        let reply = cell.call("wafv2:ListLoggingConfigurations", None, request.send()).await;
        let Some(reply) = reply else { return };
        let page = reply.logging_configurations.unwrap_or_default();
        let last = page.is_empty();
        for configuration in page {
            cell.row(&logging_row(configuration));
        }
        marker = reply.next_marker.filter(|marker| !marker.is_empty());
        if last || marker.is_none() {
            return;
        }
    }
}

/// What matters of a rule, whoever wrote it.
struct Summary {
    name: String,
    priority: i32,
    kind: &'static str,
    subject: Option<String>,
    action: Option<&'static str>,
    metrics: bool,
}

fn acl_row(scope: &WafScope, acl: WebAcl) -> Wafv2WebAcl {
    let before = acl.pre_process_firewall_manager_rule_groups.unwrap_or_default();
    let after = acl.post_process_firewall_manager_rule_groups.unwrap_or_default();
    let mut own: Vec<Summary> = acl.rules.unwrap_or_default().iter().map(own_rule).collect();
    own.sort_by_key(|rule| rule.priority);
    let mut rules: Vec<Summary> = before.iter().map(managers_rule).collect();
    rules.extend(own);
    rules.extend(after.iter().map(managers_rule));
    let groups = |counted: bool| {
        let mut names: Vec<String> = rules
            .iter()
            .filter(|rule| rule.kind == "ManagedRuleGroup" && (rule.action == Some("Count")) == counted)
            .filter_map(|rule| rule.subject.clone())
            .collect();
        names.sort();
        names.dedup();
        names
    };
    let mut silent: Vec<String> = rules
        .iter()
        .filter(|rule| !rule.metrics)
        .map(|rule| rule.name.clone())
        .collect();
    silent.sort();
    Wafv2WebAcl {
        scope: scope.as_str().to_owned(),
        default_action: acl
            .default_action
            .and_then(|action| match (action.allow, action.block) {
                (Some(_), _) => Some("Allow".to_owned()),
                (None, Some(_)) => Some("Block".to_owned()),
                (None, None) => None,
            }),
        rule_count: i64::try_from(rules.len()).unwrap_or(i64::MAX),
        managed_rule_groups: groups(false),
        counted_rule_groups: groups(true),
        rules_without_metrics: silent,
        rules: Json::of(&rules.iter().map(rule_json).collect::<Vec<_>>()),
        cloudwatch_metrics_enabled: acl.visibility_config.is_some_and(|one| one.cloud_watch_metrics_enabled),
        managed_by_firewall_manager: acl.managed_by_firewall_manager,
        arn: acl.arn,
        id: acl.id,
        name: acl.name,
    }
}

fn rule_json(rule: &Summary) -> Value {
    json!({
        "Name": rule.name,
        "Priority": rule.priority,
        "Kind": rule.kind,
        "Subject": rule.subject,
        "Action": rule.action,
        "Metrics": rule.metrics,
    })
}

fn own_rule(rule: &Rule) -> Summary {
    let (kind, subject) = rule.statement.as_ref().map_or(("None", None), statement_kind);
    Summary {
        name: rule.name.clone(),
        priority: rule.priority,
        kind,
        subject,
        action: rule
            .action
            .as_ref()
            .map(action_word)
            .or_else(|| rule.override_action.as_ref().map(override_word)),
        metrics: rule
            .visibility_config
            .as_ref()
            .is_some_and(|one| one.cloud_watch_metrics_enabled),
    }
}

fn managers_rule(rule: &FirewallManagerRuleGroup) -> Summary {
    let (kind, subject) = rule
        .firewall_manager_statement
        .as_ref()
        .map_or(("None", None), managers_kind);
    Summary {
        name: rule.name.clone(),
        priority: rule.priority,
        kind,
        subject,
        action: rule.override_action.as_ref().map(override_word),
        metrics: rule
            .visibility_config
            .as_ref()
            .is_some_and(|one| one.cloud_watch_metrics_enabled),
    }
}

fn managers_kind(statement: &FirewallManagerStatement) -> (&'static str, Option<String>) {
    if let Some(group) = &statement.managed_rule_group_statement {
        (
            "ManagedRuleGroup",
            Some(format!("{}:{}", group.vendor_name, group.name)),
        )
    } else if let Some(group) = &statement.rule_group_reference_statement {
        ("RuleGroup", Some(group.arn.clone()))
    } else {
        ("Other", None)
    }
}

fn statement_kind(statement: &Statement) -> (&'static str, Option<String>) {
    if let Some(group) = &statement.managed_rule_group_statement {
        (
            "ManagedRuleGroup",
            Some(format!("{}:{}", group.vendor_name, group.name)),
        )
    } else if let Some(group) = &statement.rule_group_reference_statement {
        ("RuleGroup", Some(group.arn.clone()))
    } else if let Some(set) = &statement.ip_set_reference_statement {
        ("IpSet", Some(set.arn.clone()))
    } else if statement.rate_based_statement.is_some() {
        ("RateBased", None)
    } else if statement.geo_match_statement.is_some() {
        ("GeoMatch", None)
    } else {
        ("Match", None)
    }
}

fn action_word(action: &RuleAction) -> &'static str {
    if action.block.is_some() {
        "Block"
    } else if action.allow.is_some() {
        "Allow"
    } else if action.count.is_some() {
        "Count"
    } else if action.captcha.is_some() {
        "Captcha"
    } else if action.challenge.is_some() {
        "Challenge"
    } else {
        "Other"
    }
}

fn override_word(action: &OverrideAction) -> &'static str {
    if action.count.is_some() { "Count" } else { "None" }
}

fn logging_row(configuration: LoggingConfiguration) -> Wafv2LoggingConfiguration {
    let mut destinations = configuration.log_destination_configs;
    destinations.sort();
    Wafv2LoggingConfiguration {
        resource_arn: configuration.resource_arn,
        log_destination_configs: destinations,
        managed_by_firewall_manager: configuration.managed_by_firewall_manager,
    }
}

#[cfg(test)]
mod tests;
