-- ---
-- id = "iam-role-used"
-- title = "Roles are in use"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_iam_role"
-- when_empty = "not_applicable"
-- why = "A role that nobody takes is a right that nobody misses and an intruder likes."
-- limits = "AWS tracks the last use for 400 days, and says nothing of which rights were used."
-- fix = "Ask the owner, deny everything in the role for a week, then delete it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html"]
-- ---
SELECT
    role.arn AS resource,
    role.account_id,
    role.region,
    CASE
        WHEN role.path LIKE '/aws-service-role/%' OR role.path LIKE '/aws-reserved/%' THEN 'not_applicable'
        WHEN role.name = $names_namespace || '-role-breakglass' THEN 'not_applicable'
        WHEN days_between(role.role_last_used_date, $now) < $roles_unused_days THEN 'pass'
        WHEN days_between(role.create_date, $now) < $roles_unused_days THEN 'pass'
        WHEN role.role_last_used_date IS NULL AND role.create_date IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN role.path LIKE '/aws-service-role/%' OR role.path LIKE '/aws-reserved/%' THEN 'AWS keeps this role'
        WHEN role.name = $names_namespace || '-role-breakglass' THEN 'the break-glass role is meant to be idle'
        WHEN role.role_last_used_date IS NOT NULL THEN 'last used ' || days_between(role.role_last_used_date, $now) || ' days ago'
        WHEN role.create_date IS NULL THEN 'nothing is known of its age and use'
        ELSE 'never used since it was made ' || days_between(role.create_date, $now) || ' days ago'
    END AS reason
FROM aws_iam_role AS role
