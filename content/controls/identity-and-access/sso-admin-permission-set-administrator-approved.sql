-- ---
-- id = "sso-admin-permission-set-administrator-approved"
-- title = "Only the design's permission sets give full rights"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_ssoadmin_permission_set"
-- when_empty = "not_applicable"
-- why = "Every further administrator is one more way to lose the account."
-- limits = "Customer managed policies that a permission set names are judged in the accounts where they are."
-- fix = "Give the permission set the rights that it needs, or add its role to the design after a decision."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html"]
-- ---
WITH wide AS (
    SELECT permission_set_arn AS arn FROM aws_ssoadmin_managed_policy_attachment WHERE managed_policy_arn LIKE 'arn:%:iam::aws:policy/AdministratorAccess'
    UNION
    SELECT arn
    FROM (SELECT permission_set_arn AS arn, unnest(policy_statements(policy)) AS s FROM aws_ssoadmin_inline_policy)
    WHERE s['effect'] = 'Allow' AND (array_has(s['actions'], '*') OR array_has(s['actions'], '*:*')) AND array_has(s['resources'], '*')
)
SELECT
    permission_set.arn AS resource,
    permission_set.account_id,
    permission_set.region,
    CASE
        WHEN wide.arn IS NULL THEN 'pass'
        WHEN array_has($administrator_access_human_roles, regexp_replace(permission_set.name, '^' || $names_namespace || '-(saml-)?', '')) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN wide.arn IS NULL THEN permission_set.name || ' does not give full rights'
        ELSE permission_set.name || ' gives full rights'
    END AS reason
FROM aws_ssoadmin_permission_set AS permission_set
LEFT JOIN wide ON wide.arn = permission_set.arn
