-- ---
-- id = "kms-grant-accounts-known"
-- title = "Grants on keys go to no account from outside"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_kms_key"
-- when_empty = "not_applicable"
-- why = "A grant works like a policy statement that nobody sees in the policy: an unknown account with a grant can use the key."
-- limits = "Accounts of the organization, of this run and of `accounts.trusted` in the design are known; grants to services are not judged."
-- fix = "Revoke the grant with `aws kms revoke-grant`, or record the account as trusted in the design with the reason."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/grants.html"]
-- ---
WITH known AS (
    SELECT account_id AS id FROM aws_account
    UNION
    SELECT id FROM aws_organizations_account
),
strange AS (
    SELECT key_arn, account_id, string_agg(DISTINCT grantee_principal, ', ' ORDER BY grantee_principal) AS grantees
    FROM (
        SELECT key_arn, account_id, grantee_principal, split_part(grantee_principal, ':', 5) AS id
        FROM aws_kms_grant
        WHERE grantee_principal LIKE 'arn:%'
    ) AS named
    WHERE regexp_like(named.id, '^[0-9]{12}$')
        AND named.id <> named.account_id
        AND named.id NOT IN (SELECT id FROM known)
        AND NOT array_has($accounts_trusted, named.id)
    GROUP BY key_arn, account_id
),
unnamed AS (
    SELECT DISTINCT key_arn, account_id FROM aws_kms_grant WHERE grantee_principal IS NULL
)
SELECT
    key.arn AS resource,
    key.account_id,
    key.region,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'not_applicable'
        WHEN strange.key_arn IS NOT NULL THEN 'fail'
        WHEN unnamed.key_arn IS NOT NULL THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'AWS manages this key and its grants'
        WHEN strange.key_arn IS NOT NULL THEN 'granted to ' || strange.grantees
        WHEN unnamed.key_arn IS NOT NULL THEN 'a grant does not say to whom'
        ELSE 'no grant goes to an unknown account'
    END AS reason
FROM aws_kms_key AS key
LEFT JOIN strange ON strange.key_arn = key.arn AND strange.account_id = key.account_id
LEFT JOIN unnamed ON unnamed.key_arn = key.arn AND unnamed.account_id = key.account_id
