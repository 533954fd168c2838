-- ---
-- id = "iam-break-glass-role-present"
-- title = "Every account has the break-glass role with full rights"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "In an emergency nobody has the time to find out that this account was forgotten."
-- limits = "Looks at the attached policy by name: a permissions boundary or a guardrail that cuts the role down in an emergency is not seen."
-- fix = "Deploy the break-glass role of the design with a stack set over the whole organization."
-- owner = "security-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/break-glass-access.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN coalesce(array_has(role.attached_policy_arns, 'arn:' || account.partition || ':iam::aws:policy/AdministratorAccess'), false) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN role.arn IS NULL THEN 'no role `' || $names_namespace || '-role-breakglass`'
        WHEN coalesce(array_has(role.attached_policy_arns, 'arn:' || account.partition || ':iam::aws:policy/AdministratorAccess'), false)
            THEN 'the break-glass role is there'
        ELSE 'the break-glass role lacks AdministratorAccess'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_role AS role
    ON role.account_id = account.account_id AND role.name = $names_namespace || '-role-breakglass'
