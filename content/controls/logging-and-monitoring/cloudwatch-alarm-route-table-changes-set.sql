-- ---
-- id = "cloudwatch-alarm-route-table-changes-set"
-- title = "An alarm tells of changes of route tables"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "fail"
-- why = "A changed route leads traffic past inspection, or to a stranger."
-- limits = "Only the words of the pattern are read: what else narrows it is not judged, nor are names with wildcards. Whether the trail logs is another control's finding. Actions other than topics, and composite alarms, do not count."
-- fix = "Deploy the metric filters and alarms of the design with CloudFormation, on the log group of the multi-region trail, and confirm the topic's subscription."
-- owner = "security-engineer"
-- size = "S"
-- after = ["cloudtrail-multi-region-logging", "cloudtrail-cloudwatch-logs-integrated"]
-- refs = ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html", "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html"]
-- ---
WITH counted AS (
    SELECT account_id, event_name, max(reach) AS reach
    FROM (
        SELECT account_id, reach, unnest(array_intersect($alarms_route_table_changes_events, words)) AS event_name
        FROM standfast_trail_filter
    )
    GROUP BY account_id, event_name
),
summary AS (
    SELECT
        account_id,
        array_agg(event_name) AS names,
        count(*) = array_length($alarms_route_table_changes_events) AS whole,
        CASE WHEN count(*) = array_length($alarms_route_table_changes_events) THEN min(reach) ELSE -1 END AS reach
    FROM counted
    GROUP BY account_id
)
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN summary.reach = 3 THEN 'pass'
        WHEN summary.reach = 2 OR unread.account_id IS NOT NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN summary.reach = 3 THEN 'an alarm on changes of route tables reaches a subscriber'
        WHEN summary.reach = 2 THEN 'the alarm on changes of route tables goes to a topic of an account that was not read'
        WHEN unread.account_id IS NOT NULL THEN 'the trail writes to a log group of an account that was not read'
        WHEN summary.names IS NULL THEN 'no metric filter on a log group of a multi-region trail counts changes of route tables'
        WHEN NOT summary.whole THEN 'no metric filter counts ' || array_to_string(array_sort(array_except($alarms_route_table_changes_events, summary.names)), ', ')
        WHEN summary.reach = 1 THEN 'the alarm on changes of route tables reaches nobody'
        ELSE 'no alarm watches the metric of changes of route tables'
    END AS reason
FROM aws_account AS account
LEFT JOIN summary ON summary.account_id = account.account_id
LEFT JOIN standfast_trail_log_unread AS unread ON unread.account_id = account.account_id
