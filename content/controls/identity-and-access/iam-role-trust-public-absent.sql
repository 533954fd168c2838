-- ---
-- id = "iam-role-trust-public-absent"
-- title = "No role trusts everybody"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_iam_role"
-- when_empty = "not_applicable"
-- why = "A role that trusts everybody can be taken from any account of the world."
-- limits = "A condition on organization, account or principal is believed to name the right ones. Federated and service principals are left to other controls."
-- fix = "Name the principals, or add a condition on aws:PrincipalOrgID."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html"]
-- ---
WITH open AS (
    SELECT arn, account_id, string_agg(coalesce(nullif(s['sid'], ''), 'without id'), ', ') AS sids
    FROM (
        SELECT arn, account_id, unnest(policy_statements(assume_role_policy)) AS s
        FROM aws_iam_role
        -- To parse every document is dear: few can name everybody.
        WHERE assume_role_policy LIKE '%"*"%' OR assume_role_policy LIKE '%"NotPrincipal"%'
    )
    WHERE s['effect'] = 'Allow'
        AND (
            array_has(s['principals'], '*:*') OR array_has(s['principals'], 'AWS:*')
            OR coalesce(array_length(s['not_principals']), 0) > 0
        )
        AND NOT regexp_like(
            array_to_string(s['conditions'], chr(10)),
            '(?im)^((foranyvalue:)?(stringequals|stringequalsignorecase|stringlike)[|](aws:principalorgid|aws:principalorgpaths|aws:principalaccount)[|].*[a-z0-9]|(stringequals|stringlike|arnequals|arnlike)[|]aws:principalarn[|]arn:[a-z-]+:[a-z0-9-]+::[0-9]{12}:)'
        )
    GROUP BY arn, account_id
)
SELECT
    role.arn AS resource,
    role.account_id,
    role.region,
    CASE
        WHEN open.arn IS NOT NULL THEN 'fail'
        WHEN role.assume_role_policy IS NULL THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN open.arn IS NOT NULL THEN 'the trust policy lets everybody in, in statement ' || open.sids
        WHEN role.assume_role_policy IS NULL THEN 'the trust policy was not read'
        ELSE 'the trust policy names who may take the role'
    END AS reason
FROM aws_iam_role AS role
LEFT JOIN open ON open.arn = role.arn AND open.account_id = role.account_id
