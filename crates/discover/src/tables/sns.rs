//! Amazon Simple Notification Service.

use std::collections::HashMap;

use aws_sdk_sns::types::Subscription;
use standfast_inventory::Scope;
use standfast_inventory::tables::sns::{SnsTopic, SnsTopicAttributes, SnsTopicSubscription};

use super::Collector;
use crate::Cell;
use crate::cell::client;
use crate::parse;

pub(super) const COLLECTOR: Collector = Collector {
    service: "sns",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let sns = client!(cell, aws_sdk_sns);
    let subscriptions = cell.pages(
        "sns:ListSubscriptions",
        None,
        sns.list_subscriptions().into_paginator().send(),
        |page| {
            for row in page
                .subscriptions
                .unwrap_or_default()
                .into_iter()
                .filter_map(subscription_row)
            {
                cell.row(&row);
            }
        },
    );
    futures::join!(read_topics(cell, &sns), subscriptions);
}

async fn read_topics(cell: &Cell, sns: &aws_sdk_sns::Client) {
    let mut arns = Vec::new();
    cell.pages(
        "sns:ListTopics",
        None,
        sns.list_topics().into_paginator().send(),
        |page| {
            for arn in page
                .topics
                .unwrap_or_default()
                .into_iter()
                .filter_map(|topic| topic.topic_arn)
            {
                cell.row(&SnsTopic {
                    topic_arn: arn.clone(),
                    name: arn.rsplit(':').next().unwrap_or_default().to_owned(),
                    arn: arn.clone(),
                });
                arns.push(arn);
            }
        },
    )
    .await;
    cell.each(&arns, async |arn| {
        let call = sns.get_topic_attributes().topic_arn(arn).send();
        if let Some(reply) = cell.call("sns:GetTopicAttributes", Some(arn), call).await {
            cell.row(&attributes_row(arn, &reply.attributes.unwrap_or_default()));
        }
    })
    .await;
}

fn attributes_row(arn: &str, attributes: &HashMap<String, String>) -> SnsTopicAttributes {
    let text = |name: &str| attributes.get(name).filter(|value| !value.is_empty()).cloned();
    let number = |name: &str| {
        attributes
            .get(name)
            .and_then(|value| value.parse().ok())
            .unwrap_or_default()
    };
    SnsTopicAttributes {
        topic_arn: arn.to_owned(),
        display_name: text("DisplayName"),
        owner: text("Owner"),
        kms_master_key_id: text("KmsMasterKeyId"),
        policy: text("Policy").map(|policy| parse::policy(&policy)),
        subscriptions_confirmed: number("SubscriptionsConfirmed"),
        subscriptions_pending: number("SubscriptionsPending"),
        fifo_topic: attributes.get("FifoTopic").is_some_and(|value| value == "true"),
    }
}

fn subscription_row(subscription: Subscription) -> Option<SnsTopicSubscription> {
    let subscription_arn = subscription.subscription_arn.unwrap_or_default();
    Some(SnsTopicSubscription {
        // Before it is confirmed, and after it is gone, a word stands where the ARN belongs.
        confirmed: subscription_arn.starts_with("arn:"),
        subscription_arn,
        topic_arn: subscription.topic_arn?,
        owner: subscription.owner,
        protocol: subscription.protocol.unwrap_or_default(),
        endpoint: subscription.endpoint.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests;
