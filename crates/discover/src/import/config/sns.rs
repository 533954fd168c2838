//! Amazon Simple Notification Service. Attributes and subscriptions of topics are in no item as whole as the tables have them.

use standfast_inventory::tables::sns::SnsTopic;
use standfast_inventory::{Row, Scope};

use super::Kind;
use crate::import::item::{Found, Item};
use crate::import::places::Place;

pub(super) const TOPIC: Kind = Kind {
    name: "AWS::SNS::Topic",
    scope: Scope::Region,
    tables: &[SnsTopic::TABLE],
    write: topic,
};

fn topic(item: &Item, place: &Place<'_>) -> Found<()> {
    let arn = item.fields().text("TopicArn").unwrap_or_else(|| item.arn.clone());
    let name = arn.rsplit(':').next().unwrap_or_default().to_owned();
    if !arn.starts_with("arn:") {
        return Err("TopicArn".to_owned());
    }
    place.row(&SnsTopic {
        topic_arn: arn.clone(),
        arn,
        name,
    });
    Ok(())
}
