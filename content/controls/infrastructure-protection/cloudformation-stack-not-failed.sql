-- ---
-- id = "cloudformation-stack-not-failed"
-- title = "No stack is stuck in a failure"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_cloudformation_stack"
-- when_empty = "not_applicable"
-- why = "A stack that failed half way left half of a control behind, and takes no update any more."
-- limits = "Sees the state at the time of the run."
-- fix = "Continue the rollback, or delete the stack and deploy it again."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN status LIKE '%FAILED' OR status = 'ROLLBACK_COMPLETE' THEN 'fail'
        WHEN status LIKE '%COMPLETE' THEN 'pass'
        ELSE 'not_applicable'
    END AS status,
    status || coalesce(': ' || CASE WHEN status LIKE '%FAILED' OR status = 'ROLLBACK_COMPLETE' THEN status_reason END, '') AS reason
FROM aws_cloudformation_stack
