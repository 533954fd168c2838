//! What rows are made of alarms. The service answers in CBOR, which no text file holds: the replies are built here.

use aws_sdk_cloudwatch::types::{Dimension, Metric, MetricDataQuery, MetricStat, StateValue, Statistic};
use serde_json::json;

use super::*;

const ALARM: &str = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:root-use";
const TOPIC: &str = "arn:aws:sns:us-east-1:111122223333:alarms";

#[test]
fn an_alarm_on_a_metric_keeps_what_it_watches_and_whom_it_tells() {
    let alarm = MetricAlarm::builder()
        .alarm_arn(ALARM)
        .alarm_name("root-use")
        .actions_enabled(true)
        .alarm_actions(format!("{TOPIC}-second"))
        .alarm_actions(TOPIC)
        .namespace("CIS")
        .metric_name("root-use")
        .statistic(Statistic::Sum)
        .threshold(1.0)
        .period(300)
        .state_value(StateValue::Ok)
        .dimensions(Dimension::builder().name("group").value("trail").build())
        .build();
    let row = serde_json::to_value(metric_row(alarm)).expect("a row");
    assert_eq!(row["arn"], ALARM);
    assert_eq!(row["alarm_actions"], json!([TOPIC, format!("{TOPIC}-second")]));
    assert_eq!(row["actions_enabled"], true);
    assert_eq!(
        (&row["namespace"], &row["metric_name"]),
        (&json!("CIS"), &json!("root-use"))
    );
    assert_eq!(
        (&row["statistic"], &row["threshold"], &row["period"]),
        (&json!("Sum"), &json!(1.0), &json!(300))
    );
    assert_eq!(row["dimensions"], r#"{"group":"trail"}"#);
    assert_eq!((&row["metrics"], &row["state_value"]), (&json!([]), &json!("OK")));
}

#[test]
fn an_alarm_that_computes_names_its_metrics() {
    let query = |name: &str| {
        let metric = Metric::builder().namespace("CIS").metric_name(name).build();
        MetricDataQuery::builder()
            .id(name)
            .metric_stat(MetricStat::builder().metric(metric).period(60).stat("Sum").build())
            .build()
    };
    let alarm = MetricAlarm::builder()
        .alarm_arn(ALARM)
        .metrics(query("b"))
        .metrics(query("a"))
        .metrics(MetricDataQuery::builder().id("sum").expression("a + b").build())
        .build();
    let row = metric_row(alarm).expect("a row");
    assert_eq!(row.metrics, ["CIS/a", "CIS/b"]);
    assert_eq!((row.namespace, row.actions_enabled), (None, false));
}

#[test]
fn a_composite_alarm_keeps_its_rule_and_one_without_a_name_is_left_out() {
    let alarm = CompositeAlarm::builder()
        .alarm_arn(ALARM)
        .alarm_name("both")
        .alarm_rule(r#"ALARM("a") OR ALARM("b")"#)
        .actions_enabled(true)
        .build();
    let row = composite_row(alarm).expect("a row");
    assert_eq!(row.alarm_rule, r#"ALARM("a") OR ALARM("b")"#);
    assert_eq!(composite_row(CompositeAlarm::builder().build()), None);
}
