-- ---
-- id = "cloudformation-stack-set-auto-deployed"
-- title = "Stack sets of the organization reach new accounts by themselves"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_cloudformation_stack_set"
-- when_empty = "not_applicable"
-- why = "A new account without the baseline is the weakest of all."
-- limits = "Stack sets with roles of the customer's own cannot deploy by themselves and are not judged."
-- fix = "Turn automatic deployment on: `aws cloudformation update-stack-set --auto-deployment Enabled=true`."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN permission_model = 'SELF_MANAGED' THEN 'not_applicable'
        WHEN auto_deployment_enabled THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN permission_model = 'SELF_MANAGED' THEN 'it works with roles of the customer''s own'
        WHEN auto_deployment_enabled THEN 'automatic deployment is on'
        ELSE 'automatic deployment is off'
    END AS reason
FROM aws_cloudformation_stack_set
