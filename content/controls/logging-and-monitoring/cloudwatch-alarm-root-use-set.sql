-- ---
-- id = "cloudwatch-alarm-root-use-set"
-- title = "An alarm tells of use of the root user"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "fail"
-- why = "Root is used for a handful of tasks a year: any other use is an attack or a mistake."
-- limits = "Only the words of the pattern are read: what else narrows it is not judged, nor are names with wildcards. Whether the trail logs is another control's finding. Actions other than topics, and composite alarms, do not count."
-- fix = "Deploy the metric filters and alarms of the design with CloudFormation, on the log group of the multi-region trail, and confirm the topic's subscription."
-- owner = "security-engineer"
-- size = "S"
-- after = ["cloudtrail-multi-region-logging", "cloudtrail-cloudwatch-logs-integrated"]
-- refs = ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html", "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html"]
-- ---
WITH metric_filter AS (
    -- Filters on the log groups of the multi-region trails of an account; that of a trail of the organization is in the account that owns it.
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
    -- Whom an alarm reaches: 3 a topic with a confirmed subscription, 2 a topic of an account that was not read, 1 nobody.
    SELECT
        alarm.arn,
        max(CASE
            WHEN subscription.topic_arn IS NOT NULL THEN 3
            WHEN alarm.action LIKE 'arn:%:sns:%' AND holder.account_id IS NULL THEN 2
            ELSE 1
        END) AS step
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
        max(CASE WHEN alarm.arn IS NULL THEN 0 ELSE coalesce(told.step, 1) END) AS step
    FROM metric_filter
    LEFT JOIN aws_cloudwatch_alarm AS alarm
        ON alarm.account_id = metric_filter.owner_id
        AND alarm.region = metric_filter.region
        AND alarm.namespace = metric_filter.namespace
        AND alarm.metric_name = metric_filter.metric_name
    LEFT JOIN told ON told.arn = alarm.arn
    GROUP BY metric_filter.account_id, metric_filter.filter_pattern
),

unread AS (
    -- Accounts whose trail writes to a log group in an account that was not read.
    SELECT DISTINCT trail.account_id
    FROM aws_cloudtrail_trail AS trail
    LEFT JOIN aws_account AS holder ON holder.account_id = split_part(trail.log_group_arn, ':', 5)
    WHERE trail.is_multi_region_trail AND trail.log_group_arn <> '' AND holder.account_id IS NULL
),

summary AS (
    SELECT account_id, max(step) AS step
    FROM watched
    WHERE array_has_all(
            string_to_array(regexp_replace(filter_pattern, '[^A-Za-z0-9]+', ' ', 'g'), ' '), make_array('userIdentity', 'type', 'Root')
        )
        AND regexp_like(filter_pattern, 'userIdentity\.type\s*=\s*"?Root')
    GROUP BY account_id
)

SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN summary.step = 3 THEN 'pass'
        WHEN summary.step = 2 OR unread.account_id IS NOT NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN summary.step = 3 THEN 'an alarm on use of root reaches a subscriber'
        WHEN summary.step = 2 THEN 'the alarm on use of root goes to a topic of an account that was not read'
        WHEN unread.account_id IS NOT NULL THEN 'the trail writes to a log group of an account that was not read'
        WHEN summary.step IS NULL THEN 'no metric filter on a log group of a multi-region trail counts use of root'
        WHEN summary.step = 1 THEN 'the alarm on use of root reaches nobody'
        ELSE 'no alarm watches the metric of use of root'
    END AS reason
FROM aws_account AS account
LEFT JOIN summary ON summary.account_id = account.account_id
LEFT JOIN unread ON unread.account_id = account.account_id
