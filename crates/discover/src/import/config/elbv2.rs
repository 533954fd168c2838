//! Elastic Load Balancing, version 2.

use serde_json::{Map, Value};
use standfast_inventory::tables::elbv2::{LoadBalancer, LoadBalancerAttributes, LoadBalancerListener};
use standfast_inventory::{Json, Row, Scope};

use super::Kind;
use crate::import::item::{Fields, Found, Item};
use crate::import::places::Place;

pub(super) const LOAD_BALANCER: Kind = Kind {
    name: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    scope: Scope::Region,
    tables: &[LoadBalancer::TABLE, LoadBalancerAttributes::TABLE],
    write: load_balancer,
};

pub(super) const LISTENER: Kind = Kind {
    name: "AWS::ElasticLoadBalancingV2::Listener",
    scope: Scope::Region,
    tables: &[LoadBalancerListener::TABLE],
    write: listener,
};

fn load_balancer(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let arn = fields.need_text("loadBalancerArn")?;
    place.row(&LoadBalancer {
        arn: arn.clone(),
        name: fields.need_text("loadBalancerName")?,
        r#type: fields.need_word("type")?,
        scheme: fields.word("scheme"),
        state_code: fields.word("state.code"),
        vpc_id: fields.text("vpcId"),
        availability_zones: fields.texts_of("availabilityZones", "zoneName"),
        security_groups: fields.texts("securityGroups"),
        dns_name: fields.text("dNSName"),
        created_time: fields.moment("createdTime")?,
    });
    let Some(Value::Array(pairs)) = item.supplement("LoadBalancerAttributes") else {
        place.lacks(LoadBalancerAttributes::TABLE, &arn, "`LoadBalancerAttributes`");
        return Ok(());
    };
    let attributes: Map<String, Value> = pairs
        .iter()
        .map(Fields)
        .filter_map(|pair| Some((pair.text("key")?, Value::from(pair.text("value").unwrap_or_default()))))
        .collect();
    let text = |key: &str| {
        attributes
            .get(key)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let flag = |key: &str| text(key).map(|text| text == "true");
    place.row(&LoadBalancerAttributes {
        load_balancer_arn: arn,
        deletion_protection_enabled: flag("deletion_protection.enabled"),
        access_logs_s3_enabled: flag("access_logs.s3.enabled"),
        access_logs_s3_bucket: text("access_logs.s3.bucket").map(str::to_owned),
        drop_invalid_header_fields_enabled: flag("routing.http.drop_invalid_header_fields.enabled"),
        desync_mitigation_mode: text("routing.http.desync_mitigation_mode").map(str::to_owned),
        waf_fail_open_enabled: flag("waf.fail_open.enabled"),
        attributes: Json::of(&attributes),
    });
    Ok(())
}

fn listener(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let mut actions: Vec<Fields<'_>> = fields.need_list("DefaultActions")?;
    actions.sort_by_key(|action| action.number("Order"));
    let redirect = actions
        .iter()
        .find(|action| action.word("Type").as_deref() == Some("redirect"));
    place.row(&LoadBalancerListener {
        arn: fields.need_text("ListenerArn")?,
        load_balancer_arn: fields.need_text("LoadBalancerArn")?,
        port: fields.number("Port"),
        protocol: fields.word("Protocol"),
        ssl_policy: fields.text("SslPolicy"),
        certificate_arn: fields.list("Certificates").find_map(|one| one.text("CertificateArn")),
        default_action_types: actions.iter().filter_map(|action| action.word("Type")).collect(),
        redirect_protocol: redirect.and_then(|action| action.text("RedirectConfig.Protocol")),
        redirect_status_code: redirect.and_then(|action| action.text("RedirectConfig.StatusCode")),
        mutual_authentication_mode: None,
    });
    Ok(())
}
