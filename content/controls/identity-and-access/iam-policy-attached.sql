-- ---
-- id = "iam-policy-attached"
-- title = "Customer managed policies are attached to somebody"
-- severity = "informational"
-- scope = "resource"
-- subject = "aws_iam_policy"
-- when_empty = "not_applicable"
-- why = "A policy that nobody has is a right that waits to be attached without being looked at."
-- limits = "A policy that permission sets name is attached in each account only after they are provisioned."
-- fix = "Delete the policy, or attach it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-delete.html"]
-- ---
SELECT
    managed.arn AS resource,
    managed.account_id,
    managed.region,
    CASE
        WHEN managed.attachment_count > 0 OR managed.permissions_boundary_usage_count > 0 THEN 'pass'
        WHEN managed.attachment_count IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN managed.attachment_count > 0 THEN 'attached ' || managed.attachment_count || ' times'
        WHEN managed.permissions_boundary_usage_count > 0 THEN 'bounds ' || managed.permissions_boundary_usage_count || ' users and roles'
        WHEN managed.attachment_count IS NULL THEN 'the list of policies does not tell'
        ELSE 'attached to nobody'
    END AS reason
FROM aws_iam_policy AS managed
