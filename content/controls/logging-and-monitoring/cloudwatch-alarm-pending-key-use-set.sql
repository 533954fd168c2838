-- ---
-- id = "cloudwatch-alarm-pending-key-use-set"
-- title = "An alarm tells of use of a key that waits for deletion"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "fail"
-- why = "Use of a key that will be deleted says that data still hangs on it: the last moment to cancel."
-- limits = "Only the words of the pattern are read: what else narrows it is not judged, nor are names with wildcards. Whether the trail logs is another control's finding. Actions other than topics, and composite alarms, do not count."
-- fix = "Deploy the metric filters and alarms of the design with CloudFormation, on the log group of the multi-region trail, and confirm the topic's subscription."
-- owner = "security-engineer"
-- size = "S"
-- after = ["cloudtrail-multi-region-logging", "cloudtrail-cloudwatch-logs-integrated"]
-- refs = ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html", "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html"]
-- ---
WITH summary AS (
    SELECT account_id, max(reach) AS reach
    FROM standfast_trail_filter
    WHERE array_has_all(words, make_array('errorMessage', 'pending', 'deletion'))
        AND (filter_pattern NOT LIKE '%eventSource%' OR filter_pattern LIKE '%kms.amazonaws.com%')
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
        WHEN summary.reach = 3 THEN 'an alarm on use of a key that waits for deletion reaches a subscriber'
        WHEN summary.reach = 2 THEN 'the alarm on use of a key that waits for deletion goes to a topic of an account that was not read'
        WHEN unread.account_id IS NOT NULL THEN 'the trail writes to a log group of an account that was not read'
        WHEN summary.reach IS NULL THEN 'no metric filter on a log group of a multi-region trail counts use of a key that waits for deletion'
        WHEN summary.reach = 1 THEN 'the alarm on use of a key that waits for deletion reaches nobody'
        ELSE 'no alarm watches the metric of use of a key that waits for deletion'
    END AS reason
FROM aws_account AS account
LEFT JOIN summary ON summary.account_id = account.account_id
LEFT JOIN standfast_trail_log_unread AS unread ON unread.account_id = account.account_id
