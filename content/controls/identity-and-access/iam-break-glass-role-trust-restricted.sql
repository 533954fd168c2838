-- ---
-- id = "iam-break-glass-role-trust-restricted"
-- title = "Only the break-glass user with its second factor may take the break-glass role"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_iam_role"
-- when_empty = "not_applicable"
-- why = "The role may do everything. Whoever else may take it is an administrator of every account."
-- limits = "Reads the trust policy; whether the user's second factor works, and who can reach its password, is for a rehearsal to show."
-- fix = "Deploy the trust policy of the design: the one user of the management account, with aws:MultiFactorAuthPresent."
-- owner = "security-engineer"
-- size = "S"
-- after = ["iam-break-glass-role-present"]
-- refs = ["https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/break-glass-access.html"]
-- ---
WITH trusted AS (
    SELECT
        arn,
        account_id,
        regexp_like(
            array_to_string(s['principals'], ' '),
            '^AWS:arn:[^: ]+:iam::[0-9]{12}:user/([^ ]*/)?' || $names_namespace || '-user-breakglass$'
        ) AS one_user,
        split_part(array_to_string(s['principals'], ' '), ':', 6) AS trusted_account,
        array_has(s['conditions'], 'Bool|aws:multifactorauthpresent|true') AS with_mfa,
        array_to_string(s['principals'], ', ') AS principals
    FROM (
        SELECT arn, account_id, unnest(policy_statements(assume_role_policy)) AS s
        FROM aws_iam_role
        WHERE name = $names_namespace || '-role-breakglass'
    )
    WHERE s['effect'] = 'Allow'
),
verdict AS (
    SELECT
        trusted.arn,
        trusted.account_id,
        bool_and(trusted.one_user AND (organization.master_account_id IS NULL OR trusted.trusted_account = organization.master_account_id)) AS one_user,
        bool_and(trusted.with_mfa) AS with_mfa,
        string_agg(DISTINCT trusted.principals, ', ') AS principals
    FROM trusted
    LEFT JOIN aws_organizations_organization AS organization ON true
    GROUP BY trusted.arn, trusted.account_id
)
SELECT
    role.arn AS resource,
    role.account_id,
    role.region,
    CASE
        WHEN role.assume_role_policy IS NULL THEN 'unknown'
        WHEN verdict.one_user AND verdict.with_mfa THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN role.assume_role_policy IS NULL THEN 'the trust policy was not read'
        WHEN verdict.arn IS NULL THEN 'nobody may take the role'
        WHEN NOT verdict.one_user THEN 'trusts ' || verdict.principals
        WHEN NOT verdict.with_mfa THEN 'may be taken without second factor'
        ELSE 'only the break-glass user with its second factor'
    END AS reason
FROM aws_iam_role AS role
LEFT JOIN verdict ON verdict.arn = role.arn AND verdict.account_id = role.account_id
WHERE role.name = $names_namespace || '-role-breakglass'
