-- ---
-- id = "cloudformation-stack-not-drifted"
-- title = "Stacks are as their templates say"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_cloudformation_stack"
-- when_empty = "not_applicable"
-- why = "What was changed by hand is undone by the next update, or the update fails; and nobody reviewed it."
-- limits = "Knows the last drift detection only: a stack that was never checked is not judged."
-- fix = "Look at what drifted, bring it into the template or undo it, and detect drift again."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE stack_drift_status WHEN 'IN_SYNC' THEN 'pass' WHEN 'DRIFTED' THEN 'fail' ELSE 'not_applicable' END AS status,
    CASE stack_drift_status WHEN 'IN_SYNC' THEN 'in sync' WHEN 'DRIFTED' THEN 'drifted' ELSE 'drift was not detected yet' END
        || coalesce(', checked ' || arrow_cast(arrow_cast(last_drift_check_timestamp, 'Date32'), 'Utf8'), '') AS reason
FROM aws_cloudformation_stack
