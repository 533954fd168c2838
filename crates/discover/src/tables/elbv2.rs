//! Elastic Load Balancing, version 2.

use std::collections::BTreeMap;

use aws_sdk_elasticloadbalancingv2::types::{
    Listener, LoadBalancer as Balancer, LoadBalancerAttribute, TargetGroup as Targets,
};
use standfast_inventory::tables::elbv2::{LoadBalancer, LoadBalancerAttributes, LoadBalancerListener, TargetGroup};
use standfast_inventory::{Json, Scope};

use super::Collector;
use crate::cell::client;
use crate::{Cell, parse};

pub(super) const COLLECTOR: Collector = Collector {
    service: "elbv2",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let elb = client!(cell, aws_sdk_elasticloadbalancingv2);
    futures::join!(load_balancers(cell, &elb), target_groups(cell, &elb));
}

async fn load_balancers(cell: &Cell, elb: &aws_sdk_elasticloadbalancingv2::Client) {
    let mut arns = Vec::new();
    let pages = elb.describe_load_balancers().page_size(400).into_paginator().send();
    cell.pages("elbv2:DescribeLoadBalancers", None, pages, |page| {
        for balancer in page.load_balancers.unwrap_or_default() {
            if let Some(row) = balancer_row(balancer) {
                cell.row(&row);
                arns.push(row.arn);
            }
        }
    })
    .await;
    cell.each(&arns, async |arn| {
        futures::join!(attributes(cell, elb, arn), listeners(cell, elb, arn));
    })
    .await;
}

async fn attributes(cell: &Cell, elb: &aws_sdk_elasticloadbalancingv2::Client, arn: &str) {
    let request = elb.describe_load_balancer_attributes().load_balancer_arn(arn);
    let absent = &["LoadBalancerNotFound"];
    let reply = cell
        .ask(
            "elbv2:DescribeLoadBalancerAttributes",
            Some(arn),
            absent,
            request.send(),
        )
        .await;
    if let crate::Answer::Got(reply) = reply {
        cell.row(&attributes_row(arn, reply.attributes.unwrap_or_default()));
    }
}

async fn listeners(cell: &Cell, elb: &aws_sdk_elasticloadbalancingv2::Client, arn: &str) {
    let pages = elb
        .describe_listeners()
        .load_balancer_arn(arn)
        .page_size(400)
        .into_paginator()
        .send();
    cell.pages("elbv2:DescribeListeners", Some(arn), pages, |page| {
        for listener in page.listeners.unwrap_or_default() {
            if let Some(row) = listener_row(arn, listener) {
                cell.row(&row);
            }
        }
    })
    .await;
}

async fn target_groups(cell: &Cell, elb: &aws_sdk_elasticloadbalancingv2::Client) {
    let pages = elb.describe_target_groups().page_size(400).into_paginator().send();
    cell.pages("elbv2:DescribeTargetGroups", None, pages, |page| {
        for group in page.target_groups.unwrap_or_default() {
            if let Some(row) = target_group_row(group) {
                cell.row(&row);
            }
        }
    })
    .await;
}

fn balancer_row(balancer: Balancer) -> Option<LoadBalancer> {
    let zones = balancer.availability_zones.unwrap_or_default();
    let mut groups = balancer.security_groups.unwrap_or_default();
    groups.sort();
    Some(LoadBalancer {
        arn: balancer.load_balancer_arn?,
        name: balancer.load_balancer_name.unwrap_or_default(),
        r#type: balancer.r#type.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        scheme: balancer.scheme.map(|scheme| scheme.as_str().to_owned()),
        state_code: balancer
            .state
            .and_then(|state| state.code)
            .map(|code| code.as_str().to_owned()),
        vpc_id: balancer.vpc_id,
        availability_zones: sorted(zones.into_iter().filter_map(|zone| zone.zone_name)),
        security_groups: groups,
        dns_name: balancer.dns_name,
        created_time: parse::maybe_timestamp(balancer.created_time.as_ref()),
    })
}

fn attributes_row(arn: &str, attributes: Vec<LoadBalancerAttribute>) -> LoadBalancerAttributes {
    let all: BTreeMap<String, String> = attributes
        .into_iter()
        .filter_map(|one| Some((one.key?, one.value.unwrap_or_default())))
        .collect();
    let text = |key: &str| all.get(key).filter(|value| !value.is_empty()).cloned();
    let flag = |key: &str| all.get(key).map(|value| value == "true");
    LoadBalancerAttributes {
        load_balancer_arn: arn.to_owned(),
        deletion_protection_enabled: flag("deletion_protection.enabled"),
        access_logs_s3_enabled: flag("access_logs.s3.enabled"),
        access_logs_s3_bucket: text("access_logs.s3.bucket"),
        drop_invalid_header_fields_enabled: flag("routing.http.drop_invalid_header_fields.enabled"),
        desync_mitigation_mode: text("routing.http.desync_mitigation_mode"),
        waf_fail_open_enabled: flag("waf.fail_open.enabled"),
        attributes: Json::of(&all),
    }
}

fn listener_row(arn: &str, listener: Listener) -> Option<LoadBalancerListener> {
    let mut actions = listener.default_actions.unwrap_or_default();
    actions.sort_by_key(|action| action.order);
    let redirect = actions.iter().find_map(|action| action.redirect_config.as_ref());
    Some(LoadBalancerListener {
        arn: listener.listener_arn?,
        load_balancer_arn: arn.to_owned(),
        port: listener.port.map(i64::from),
        protocol: listener.protocol.map(|protocol| protocol.as_str().to_owned()),
        ssl_policy: listener.ssl_policy.filter(|policy| !policy.is_empty()),
        certificate_arn: listener
            .certificates
            .unwrap_or_default()
            .into_iter()
            .find_map(|one| one.certificate_arn),
        // A redirect that names no protocol keeps the one of the request.
        redirect_protocol: redirect
            .map(|redirect| redirect.protocol.clone().unwrap_or_else(|| "#{protocol}".to_owned())),
        redirect_status_code: redirect
            .and_then(|redirect| redirect.status_code.as_ref())
            .map(|code| code.as_str().to_owned()),
        default_action_types: actions
            .iter()
            .filter_map(|action| action.r#type.as_ref())
            .map(|kind| kind.as_str().to_owned())
            .collect(),
        mutual_authentication_mode: listener.mutual_authentication.and_then(|one| one.mode),
    })
}

fn target_group_row(group: Targets) -> Option<TargetGroup> {
    Some(TargetGroup {
        arn: group.target_group_arn?,
        target_group_name: group.target_group_name.unwrap_or_default(),
        protocol: group.protocol.map(|protocol| protocol.as_str().to_owned()),
        port: group.port.map(i64::from),
        target_type: group.target_type.map(|kind| kind.as_str().to_owned()),
        health_check_protocol: group.health_check_protocol.map(|protocol| protocol.as_str().to_owned()),
        health_check_enabled: group.health_check_enabled,
        vpc_id: group.vpc_id,
        load_balancer_arns: sorted(group.load_balancer_arns.unwrap_or_default()),
    })
}

fn sorted(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests;
