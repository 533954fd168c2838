//! Amazon EventBridge.

use aws_sdk_eventbridge::types::{Rule, Target};
use standfast_inventory::Scope;
use standfast_inventory::tables::events::{EventbridgeBus, EventbridgeRule, EventbridgeTarget};

use super::Collector;
use crate::Cell;
use crate::cell::client;
use crate::parse;

pub(super) const COLLECTOR: Collector = Collector {
    service: "events",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let events = client!(cell, aws_sdk_eventbridge);
    let mut buses = read_buses(cell, &events).await;
    // Every region has the default bus, whether or not the listing could be read.
    if !buses.iter().any(|bus| bus == "default") {
        buses.push("default".to_owned());
    }
    cell.each(&buses, async |bus| {
        let rules = read_rules(cell, &events, bus).await;
        cell.each(&rules, async |rule| read_targets(cell, &events, rule).await)
            .await;
    })
    .await;
}

async fn read_buses(cell: &Cell, events: &aws_sdk_eventbridge::Client) -> Vec<String> {
    let mut names = Vec::new();
    let mut token = None;
    loop {
        let call = events.list_event_buses().limit(100).set_next_token(token.take()).send();
        let Some(reply) = cell.call("events:ListEventBuses", None, call).await else {
            return names;
        };
        for bus in reply.event_buses.unwrap_or_default() {
            if let (Some(arn), Some(name)) = (bus.arn, bus.name) {
                names.push(name.clone());
                cell.row(&EventbridgeBus {
                    arn,
                    name,
                    policy: bus
                        .policy
                        .filter(|policy| !policy.is_empty())
                        .map(|policy| parse::policy(&policy)),
                });
            }
        }
        token = reply.next_token.filter(|token| !token.is_empty());
        if token.is_none() {
            return names;
        }
    }
}

/// Reads the rules of a bus; gives those whose targets are the customer's to decide.
async fn read_rules(cell: &Cell, events: &aws_sdk_eventbridge::Client, bus: &str) -> Vec<EventbridgeRule> {
    let mut own = Vec::new();
    let mut token = None;
    loop {
        let call = events
            .list_rules()
            .event_bus_name(bus)
            .limit(100)
            .set_next_token(token.take())
            .send();
        let Some(reply) = cell.call("events:ListRules", None, call).await else {
            return own;
        };
        for row in reply
            .rules
            .unwrap_or_default()
            .into_iter()
            .filter_map(|rule| rule_row(bus, rule))
        {
            cell.row(&row);
            if row.managed_by.is_none() {
                own.push(row);
            }
        }
        token = reply.next_token.filter(|token| !token.is_empty());
        if token.is_none() {
            return own;
        }
    }
}

// What is judged is whether events reach somebody, by region: a failure here leaves that open for the whole region, so that the ledger
// names no rule.
async fn read_targets(cell: &Cell, events: &aws_sdk_eventbridge::Client, rule: &EventbridgeRule) {
    let mut token = None;
    loop {
        let call = events
            .list_targets_by_rule()
            .rule(&rule.name)
            .event_bus_name(&rule.event_bus_name)
            .limit(100)
            .set_next_token(token.take())
            .send();
        let Some(reply) = cell.call("events:ListTargetsByRule", None, call).await else {
            return;
        };
        for target in reply.targets.unwrap_or_default() {
            cell.row(&target_row(&rule.arn, target));
        }
        token = reply.next_token.filter(|token| !token.is_empty());
        if token.is_none() {
            return;
        }
    }
}

fn rule_row(bus: &str, rule: Rule) -> Option<EventbridgeRule> {
    Some(EventbridgeRule {
        arn: rule.arn?,
        name: rule.name?,
        event_bus_name: rule.event_bus_name.unwrap_or_else(|| bus.to_owned()),
        state: rule.state.map_or_else(String::new, |state| state.as_str().to_owned()),
        event_pattern: rule.event_pattern.map(|pattern| parse::policy(&pattern)),
        schedule_expression: rule.schedule_expression.filter(|schedule| !schedule.is_empty()),
        managed_by: rule.managed_by.filter(|service| !service.is_empty()),
        description: rule.description,
    })
}

fn target_row(rule_arn: &str, target: Target) -> EventbridgeTarget {
    EventbridgeTarget {
        rule_arn: rule_arn.to_owned(),
        target_id: target.id,
        target_arn: target.arn,
        role_arn: target.role_arn,
        dead_letter_arn: target.dead_letter_config.and_then(|queue| queue.arn),
    }
}

#[cfg(test)]
mod tests;
