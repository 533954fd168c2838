-- ---
-- id = "iam-role-trust-external-conditioned"
-- title = "Roles that outside accounts may take ask for an external id"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_role"
-- when_empty = "not_applicable"
-- why = "Without an external id, a vendor can be tricked by one customer into taking the role of another one."
-- limits = "In a lone account, accounts of one's own organization look like outsiders; list them as trusted."
-- fix = "Ask the vendor for the external id and add sts:ExternalId to the trust policy, or list the account as trusted in the design."
-- owner = "security-engineer"
-- size = "S"
-- after = ["iam-role-trust-public-absent"]
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html"]
-- ---
WITH known AS (
    SELECT account_id AS id FROM aws_account
    UNION
    SELECT id FROM aws_organizations_account
),
trusted AS (
    SELECT
        arn,
        account_id,
        CASE
            WHEN principal LIKE 'AWS:arn:%' THEN split_part(principal, ':', 6)
            ELSE split_part(principal, ':', 2)
        END AS id,
        conditions
    FROM (
        SELECT arn, account_id, unnest(s['principals']) AS principal, array_to_string(s['conditions'], chr(10)) AS conditions
        FROM (SELECT arn, account_id, unnest(policy_statements(assume_role_policy)) AS s FROM aws_iam_role)
        WHERE s['effect'] = 'Allow'
    )
    WHERE principal LIKE 'AWS:%'
),
strange AS (
    SELECT
        trusted.arn,
        trusted.account_id,
        string_agg(DISTINCT trusted.id, ', ') AS ids,
        bool_and(regexp_like(
            trusted.conditions,
            '(?im)^(foranyvalue:)?(stringequals|stringlike)[|](sts:externalid|aws:principalorgid|aws:principalorgpaths)[|].*[a-z0-9]'
        )) AS conditioned
    FROM trusted
    LEFT JOIN known ON known.id = trusted.id
    WHERE regexp_like(trusted.id, '^[0-9]{12}$')
        AND known.id IS NULL
        AND trusted.id <> trusted.account_id
        AND NOT array_has($accounts_trusted, trusted.id)
    GROUP BY trusted.arn, trusted.account_id
)
SELECT
    role.arn AS resource,
    role.account_id,
    role.region,
    CASE
        WHEN role.assume_role_policy IS NULL THEN 'unknown'
        WHEN strange.arn IS NULL THEN 'not_applicable'
        WHEN strange.conditioned THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN role.assume_role_policy IS NULL THEN 'the trust policy was not read'
        WHEN strange.arn IS NULL THEN 'no account from outside may take the role'
        WHEN strange.conditioned THEN 'asks for an external id of ' || strange.ids
        ELSE 'trusts ' || strange.ids || ' without external id'
    END AS reason
FROM aws_iam_role AS role
LEFT JOIN strange ON strange.arn = role.arn AND strange.account_id = role.account_id
