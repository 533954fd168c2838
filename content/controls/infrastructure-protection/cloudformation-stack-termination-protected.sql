-- ---
-- id = "cloudformation-stack-termination-protected"
-- title = "Stacks are protected from deletion"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_cloudformation_stack"
-- when_empty = "not_applicable"
-- why = "One call deletes a stack and all that is in it, in the wrong account or terminal too."
-- limits = "Nested stacks are protected by their root stack and are not judged."
-- fix = "Turn it on: `aws cloudformation update-termination-protection --enable-termination-protection`."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN parent_id <> '' OR status = 'DELETE_IN_PROGRESS' THEN 'not_applicable'
        WHEN enable_termination_protection THEN 'pass'
        WHEN enable_termination_protection IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN parent_id <> '' THEN 'nested in ' || parent_id
        WHEN status = 'DELETE_IN_PROGRESS' THEN 'it is being deleted'
        WHEN enable_termination_protection THEN 'termination protection is on'
        WHEN enable_termination_protection IS NULL THEN 'whether it is protected was not read'
        ELSE 'termination protection is off'
    END AS reason
FROM aws_cloudformation_stack
