-- ---
-- id = "secretsmanager-secret-policy-accounts-known"
-- title = "Policies of secrets name no account from outside"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_secretsmanager_secret"
-- when_empty = "not_applicable"
-- why = "An account outside the organization that a secret's policy names reads the secret by its own rules."
-- limits = "Accounts of the organization, of this run and of `accounts.trusted` in the design are known."
-- fix = "Remove the account from the policy, or record it as trusted in the design with the reason."
-- owner = "security-engineer"
-- size = "S"
-- after = ["secretsmanager-secret-policy-not-public"]
-- refs = ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html"]
-- ---
WITH known AS (
    SELECT account_id AS id FROM aws_account
    UNION
    SELECT id FROM aws_organizations_account
),
named AS (
    SELECT
        arn,
        account_id,
        CASE
            WHEN principal LIKE 'AWS:arn:%' THEN split_part(principal, ':', 6)
            WHEN principal LIKE 'AWS:%' THEN split_part(principal, ':', 2)
        END AS id
    FROM (
        SELECT arn, account_id, unnest(s['principals']) AS principal
        FROM (SELECT arn AS arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_secretsmanager_secret_policy)
        WHERE s['effect'] = 'Allow'
    )
),
strange AS (
    SELECT named.arn, named.account_id, string_agg(DISTINCT named.id, ', ' ORDER BY named.id) AS ids
    FROM named
    LEFT JOIN known ON known.id = named.id
    WHERE regexp_like(named.id, '^[0-9]{12}$')
        AND known.id IS NULL
        AND named.id <> named.account_id
        AND NOT array_has($accounts_trusted, named.id)
    GROUP BY named.arn, named.account_id
)
SELECT
    secret.arn AS resource,
    secret.account_id,
    secret.region,
    CASE WHEN strange.arn IS NOT NULL THEN 'fail' ELSE 'pass' END AS status,
    CASE
        WHEN strange.arn IS NOT NULL THEN 'the policy names unknown accounts: ' || strange.ids
        ELSE 'the policy names no unknown account'
    END AS reason
FROM aws_secretsmanager_secret AS secret
LEFT JOIN strange ON strange.arn = secret.arn AND strange.account_id = secret.account_id
