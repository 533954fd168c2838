-- ---
-- name = "standfast_event_route"
-- about = "An enabled rule of a default event bus, with its pattern and where it leads: `reach` is 0 without target, 1 for a topic that nobody is subscribed to, 2 for a topic of an account that was not read, 3 for a topic with a confirmed subscriber, or a function, queue or bus; `path` names rule and target where it is 3. Rules with `anything-but` in their pattern are left out."
-- ---
WITH route AS (
    SELECT
        target.rule_arn,
        max(CASE
            WHEN target.target_arn NOT LIKE 'arn:%:sns:%' THEN 3
            WHEN subscription.topic_arn IS NOT NULL THEN 3
            WHEN holder.account_id IS NULL THEN 2
            ELSE 1
        END) AS reach,
        max(CASE
            WHEN target.target_arn NOT LIKE 'arn:%:sns:%' OR subscription.topic_arn IS NOT NULL THEN target.target_arn
        END) AS target_arn
    FROM aws_eventbridge_target AS target
    LEFT JOIN (SELECT DISTINCT topic_arn FROM aws_sns_topic_subscription WHERE confirmed) AS subscription
        ON subscription.topic_arn = target.target_arn
    LEFT JOIN aws_account AS holder ON holder.account_id = split_part(target.target_arn, ':', 5)
    GROUP BY target.rule_arn
)
SELECT
    event_rule.account_id,
    event_rule.region,
    event_rule.name,
    event_rule.event_pattern,
    coalesce(route.reach, 0) AS reach,
    CASE WHEN route.reach = 3 THEN event_rule.name || ' to ' || route.target_arn END AS path
FROM aws_eventbridge_rule AS event_rule
LEFT JOIN route ON route.rule_arn = event_rule.arn
WHERE event_rule.event_bus_name = 'default'
    AND event_rule.state <> 'DISABLED'
    AND strpos(event_rule.event_pattern, 'anything-but') = 0
