//! Amazon CloudWatch alarms.

use serde_json::{Map, Value};
use standfast_inventory::tables::cloudwatch::CloudwatchAlarm;
use standfast_inventory::{Json, Row, Scope};

use super::Kind;
use crate::import::item::{Found, Item};
use crate::import::places::Place;

pub(super) const ALARM: Kind = Kind {
    name: "AWS::CloudWatch::Alarm",
    scope: Scope::Region,
    tables: &[CloudwatchAlarm::TABLE],
    write: alarm,
};

fn alarm(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let dimensions: Map<String, Value> = fields
        .list("dimensions")
        .filter_map(|one| Some((one.text("name")?, Value::from(one.text("value").unwrap_or_default()))))
        .collect();
    place.row(&CloudwatchAlarm {
        arn: fields.need_text("alarmArn")?,
        name: fields.need_text("alarmName")?,
        alarm_description: fields.text("alarmDescription"),
        actions_enabled: fields.need_flag("actionsEnabled")?,
        alarm_actions: fields.texts("alarmActions"),
        ok_actions: fields.texts("okactions"),
        insufficient_data_actions: fields.texts("insufficientDataActions"),
        state_value: None,
        state_updated_timestamp: None,
        namespace: fields.text("namespace"),
        metric_name: fields.text("metricName"),
        statistic: fields.word("statistic"),
        period: fields.number("period"),
        evaluation_periods: fields.number("evaluationPeriods"),
        datapoints_to_alarm: fields.number("datapointsToAlarm"),
        threshold: fields.get("threshold").and_then(Value::as_f64),
        comparison_operator: fields.word("comparisonOperator"),
        treat_missing_data: fields.text("treatMissingData"),
        dimensions: Json::of(&dimensions),
        metrics: Vec::new(),
    });
    Ok(())
}
