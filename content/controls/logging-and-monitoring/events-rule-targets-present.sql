-- ---
-- id = "events-rule-targets-present"
-- title = "Enabled event rules have a target"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_eventbridge_rule"
-- when_empty = "not_applicable"
-- why = "A rule that leads nowhere looks like a watch and is none."
-- limits = "Rules that AWS services manage are not judged. Whether the target works is not seen."
-- fix = "Give the rule a target, or delete it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html"]
-- ---
WITH target AS (
    SELECT rule_arn, count(*) AS targets
    FROM aws_eventbridge_target
    GROUP BY rule_arn
)

SELECT
    event_rule.arn AS resource,
    event_rule.account_id,
    event_rule.region,
    CASE
        WHEN event_rule.managed_by IS NOT NULL OR event_rule.state = 'DISABLED' THEN 'not_applicable'
        WHEN target.targets > 0 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN event_rule.managed_by IS NOT NULL THEN event_rule.managed_by || ' manages it'
        WHEN event_rule.state = 'DISABLED' THEN 'it is off'
        WHEN target.targets > 0 THEN 'targets: ' || target.targets
        ELSE 'it has no target'
    END AS reason
FROM aws_eventbridge_rule AS event_rule
LEFT JOIN target ON target.rule_arn = event_rule.arn
