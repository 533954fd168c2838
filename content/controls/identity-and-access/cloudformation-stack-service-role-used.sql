-- ---
-- id = "cloudformation-stack-service-role-used"
-- title = "Stacks change their resources with a role of their own"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_cloudformation_stack"
-- when_empty = "not_applicable"
-- why = "Without a service role, whoever updates a stack needs every right that its resources need."
-- limits = "What the role may do is not judged here. Nested stacks have their root's role and are not judged."
-- fix = "Give the stack a service role with the least rights that it needs: `--role-arn`."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN parent_id <> '' OR status = 'DELETE_IN_PROGRESS' THEN 'not_applicable'
        WHEN role_arn <> '' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN parent_id <> '' THEN 'nested in ' || parent_id
        WHEN status = 'DELETE_IN_PROGRESS' THEN 'it is being deleted'
        WHEN role_arn <> '' THEN 'works with ' || role_arn
        ELSE 'works with the rights of whoever calls'
    END AS reason
FROM aws_cloudformation_stack
