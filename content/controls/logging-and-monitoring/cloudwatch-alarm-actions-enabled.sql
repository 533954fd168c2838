-- ---
-- id = "cloudwatch-alarm-actions-enabled"
-- title = "Actions of alarms are on"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_cloudwatch_alarm"
-- when_empty = "not_applicable"
-- why = "Actions are turned off for a maintenance and forgotten."
-- limits = "Alarms without any action are judged by another control."
-- fix = "Turn them on: `aws cloudwatch enable-alarm-actions --alarm-names NAME`."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN coalesce(array_length(alarm_actions), 0) = 0 THEN 'not_applicable'
        WHEN actions_enabled THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN coalesce(array_length(alarm_actions), 0) = 0 THEN 'it has no action'
        WHEN actions_enabled THEN 'actions are on'
        ELSE 'actions are off'
    END AS reason
FROM aws_cloudwatch_alarm
