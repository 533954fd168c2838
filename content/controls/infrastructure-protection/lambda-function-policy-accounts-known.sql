-- ---
-- id = "lambda-function-policy-accounts-known"
-- title = "Function policies name no account from outside"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_lambda_function"
-- when_empty = "not_applicable"
-- why = "An account outside the organization that may call a function uses its role by its own rules."
-- limits = "Accounts of the organization, of this run and of `accounts.trusted` in the design are known."
-- fix = "Remove the account from the policy, or record it as trusted in the design with the reason."
-- owner = "security-engineer"
-- size = "S"
-- after = ["lambda-function-policy-not-public"]
-- refs = ["https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-cross-account.html"]
-- ---
WITH known AS (
    SELECT account_id AS id FROM aws_account
    UNION
    SELECT id FROM aws_organizations_account
),
named AS (
    SELECT
        function_arn,
        account_id,
        CASE
            WHEN principal LIKE 'AWS:arn:%' THEN split_part(principal, ':', 6)
            WHEN principal LIKE 'AWS:%' THEN split_part(principal, ':', 2)
        END AS id
    FROM (
        SELECT function_arn, account_id, unnest(s['principals']) AS principal
        FROM (SELECT function_arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_lambda_function_policy)
        WHERE s['effect'] = 'Allow'
    )
),
strange AS (
    SELECT named.function_arn, named.account_id, string_agg(DISTINCT named.id, ', ' ORDER BY named.id) AS ids
    FROM named
    LEFT JOIN known ON known.id = named.id
    WHERE regexp_like(named.id, '^[0-9]{12}$')
        AND known.id IS NULL
        AND named.id <> named.account_id
        AND NOT array_has($accounts_trusted, named.id)
    GROUP BY named.function_arn, named.account_id
)
SELECT
    function.arn AS resource,
    function.account_id,
    function.region,
    CASE WHEN strange.ids IS NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN strange.ids IS NULL THEN 'the policy names no unknown account' ELSE 'the policy names unknown accounts: ' || strange.ids END AS reason
FROM aws_lambda_function AS function
LEFT JOIN strange ON strange.function_arn = function.arn AND strange.account_id = function.account_id
