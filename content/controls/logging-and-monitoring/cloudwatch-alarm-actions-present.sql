-- ---
-- id = "cloudwatch-alarm-actions-present"
-- title = "Alarms do something when they go off"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_cloudwatch_alarm"
-- when_empty = "not_applicable"
-- why = "An alarm that tells nobody is a light in an empty room."
-- limits = "Alarms that a composite alarm listens to by name are not judged. Whether the action reaches a person is not judged here."
-- fix = "Give the alarm an action, such as the team's topic, or delete it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html"]
-- ---
WITH composed AS (
    SELECT alarm.arn
    FROM aws_cloudwatch_alarm AS alarm
    INNER JOIN aws_cloudwatch_composite_alarm AS composite
        ON composite.account_id = alarm.account_id
        AND composite.region = alarm.region
        AND (strpos(composite.alarm_rule, '"' || alarm.name || '"') > 0 OR strpos(composite.alarm_rule, '(' || alarm.name || ')') > 0
            OR strpos(composite.alarm_rule, alarm.arn) > 0)
    GROUP BY alarm.arn
)

SELECT
    alarm.arn AS resource,
    alarm.account_id,
    alarm.region,
    CASE
        WHEN coalesce(array_length(alarm.alarm_actions), 0) > 0 THEN 'pass'
        WHEN composed.arn IS NOT NULL THEN 'not_applicable'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN coalesce(array_length(alarm.alarm_actions), 0) > 0 THEN 'calls ' || array_to_string(alarm.alarm_actions, ', ')
        WHEN composed.arn IS NOT NULL THEN 'a composite alarm listens to it'
        ELSE 'it does nothing'
    END AS reason
FROM aws_cloudwatch_alarm AS alarm
LEFT JOIN composed ON composed.arn = alarm.arn
