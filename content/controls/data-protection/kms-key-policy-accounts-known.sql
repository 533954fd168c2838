-- ---
-- id = "kms-key-policy-accounts-known"
-- title = "Key policies name no account from outside"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_kms_key"
-- when_empty = "not_applicable"
-- why = "An account outside the organization that a key policy names can decrypt without any further decision here."
-- limits = "Accounts of the organization, of this run and of `accounts.trusted` in the design are known. Federated and service principals are not judged."
-- fix = "Remove the account from the key policy, or record it as trusted in the design with the reason."
-- owner = "security-engineer"
-- size = "S"
-- after = ["kms-key-policy-not-public"]
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html"]
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
        FROM (SELECT key_arn AS arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_kms_key_policy)
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
    key.arn AS resource,
    key.account_id,
    key.region,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'not_applicable'
        WHEN strange.arn IS NOT NULL THEN 'fail'
        WHEN policy.key_arn IS NULL THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'AWS manages this key and its policy'
        WHEN strange.arn IS NOT NULL THEN 'the key policy names unknown accounts: ' || strange.ids
        WHEN policy.key_arn IS NULL THEN 'the key policy was not read'
        ELSE 'every account that is named is known'
    END AS reason
FROM aws_kms_key AS key
LEFT JOIN aws_kms_key_policy AS policy ON policy.key_arn = key.arn AND policy.account_id = key.account_id
LEFT JOIN strange ON strange.arn = key.arn AND strange.account_id = key.account_id
