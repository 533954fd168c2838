-- ---
-- id = "cloudformation-stack-set-instances-current"
-- title = "Instances of stack sets are up to date"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_cloudformation_stack_set"
-- when_empty = "not_applicable"
-- why = "An account that a stack set did not reach lacks the guardrail that everybody believes to be everywhere."
-- limits = "Stack sets of the management account. Accounts that are no target at all are not seen."
-- fix = "Look at the reason of each instance, repair it and run the operation again."
-- owner = "platform-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-troubleshooting.html"]
-- ---
WITH behind AS (
    SELECT
        stack_set_arn,
        count(*) AS instances,
        count(*) FILTER (WHERE status <> 'CURRENT' OR status IS NULL) AS late,
        min(CASE WHEN status <> 'CURRENT' THEN target_account_id || ' ' || target_region || ' is ' || status END) AS example
    FROM aws_cloudformation_stack_instance
    GROUP BY stack_set_arn
)

SELECT
    stack_set.arn AS resource,
    stack_set.account_id,
    stack_set.region,
    CASE WHEN behind.instances IS NULL THEN 'not_applicable' WHEN behind.late = 0 THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN behind.instances IS NULL THEN 'it has no instance'
        WHEN behind.late = 0 THEN 'all ' || behind.instances || ' instances are current'
        ELSE behind.late || ' of ' || behind.instances || ' instances are not current' || coalesce(', such as ' || behind.example, '')
    END AS reason
FROM aws_cloudformation_stack_set AS stack_set
LEFT JOIN behind ON behind.stack_set_arn = stack_set.arn
