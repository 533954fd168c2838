-- ---
-- name = "standfast_trail_filter"
-- about = "A metric filter on the log group of a multi-region trail, for each account that has the trail: `words` are the words of its pattern without those that stand behind `!=`, `reach` is how far its best alarm gets: 0 there is none, 1 it tells nobody, 2 it tells a topic of an account that was not read, 3 it tells a confirmed subscriber."
-- ---
WITH metric_filter AS (
    -- The log group of a trail of the organization is in the account that owns the trail.
    SELECT DISTINCT
        trail.account_id,
        metric.account_id AS owner_id,
        metric.region,
        metric.metric_transformation_namespace AS namespace,
        metric.metric_transformation_name AS metric_name,
        metric.filter_pattern
    FROM aws_cloudtrail_trail AS trail
    INNER JOIN aws_cloudwatch_log_metric_filter AS metric
        ON metric.account_id = split_part(trail.log_group_arn, ':', 5)
        AND metric.region = split_part(trail.log_group_arn, ':', 4)
        AND metric.log_group_name = split_part(trail.log_group_arn, ':', 7)
    WHERE trail.is_multi_region_trail
),
told AS (
    SELECT
        alarm.arn,
        max(CASE
            WHEN subscription.topic_arn IS NOT NULL THEN 3
            WHEN alarm.action LIKE 'arn:%:sns:%' AND holder.account_id IS NULL THEN 2
            ELSE 1
        END) AS reach
    FROM (SELECT arn, unnest(alarm_actions) AS action FROM aws_cloudwatch_alarm WHERE actions_enabled) AS alarm
    LEFT JOIN (SELECT DISTINCT topic_arn FROM aws_sns_topic_subscription WHERE confirmed) AS subscription
        ON subscription.topic_arn = alarm.action
    LEFT JOIN aws_account AS holder ON holder.account_id = split_part(alarm.action, ':', 5)
    GROUP BY alarm.arn
),
watched AS (
    SELECT
        metric_filter.account_id,
        metric_filter.filter_pattern,
        max(CASE WHEN alarm.arn IS NULL THEN 0 ELSE coalesce(told.reach, 1) END) AS reach
    FROM metric_filter
    LEFT JOIN aws_cloudwatch_alarm AS alarm
        ON alarm.account_id = metric_filter.owner_id
        AND alarm.region = metric_filter.region
        AND alarm.namespace = metric_filter.namespace
        AND alarm.metric_name = metric_filter.metric_name
    LEFT JOIN told ON told.arn = alarm.arn
    GROUP BY metric_filter.account_id, metric_filter.filter_pattern
)
SELECT
    account_id,
    filter_pattern,
    string_to_array(
        regexp_replace(regexp_replace(filter_pattern, '!=\s*"?[A-Za-z0-9*.]+', '', 'g'), '[^A-Za-z0-9]+', ' ', 'g'),
        ' '
    ) AS words,
    reach
FROM watched
