-- ---
-- id = "iam-role-administrator-access-approved"
-- title = "Only the design's roles have AdministratorAccess"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_role"
-- when_empty = "not_applicable"
-- why = "Every further administrator is one more way to lose the account."
-- limits = "Goes by the attached policy's name; the same rights by other policies are findings of the controls on policies. Roles of instances are judged by iam-instance-role-administrator-absent."
-- fix = "Give the role the rights that it needs, or add it to the design's list after a decision."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"]
-- ---
SELECT
    role.arn AS resource,
    role.account_id,
    role.region,
    CASE
        WHEN array_length(role.instance_profile_arns) > 0 THEN 'not_applicable'
        WHEN NOT array_has(role.attached_policy_arns, 'arn:' || role.partition || ':iam::aws:policy/AdministratorAccess') THEN 'pass'
        WHEN role.name = $names_namespace || '-role-breakglass' THEN 'pass'
        WHEN array_has(
            $administrator_access_human_roles,
            regexp_replace(
                regexp_replace(role.name, '^(' || $names_namespace || '-saml-|AWSReservedSSO_(' || $names_namespace || '-)?)', ''),
                '_[0-9a-f]{16}$',
                ''
            )
        ) AND regexp_like(role.name, '^(' || $names_namespace || '-saml-|AWSReservedSSO_)') THEN 'pass'
        WHEN array_length($administrator_access_roles) > 0
            AND regexp_like(role.name, array_to_string($administrator_access_roles, '|')) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN array_length(role.instance_profile_arns) > 0 THEN 'a role of instances: another control judges it'
        WHEN array_has(role.attached_policy_arns, 'arn:' || role.partition || ':iam::aws:policy/AdministratorAccess')
            THEN role.name || ' has AdministratorAccess'
        ELSE 'the role does not have AdministratorAccess'
    END AS reason
FROM aws_iam_role AS role
