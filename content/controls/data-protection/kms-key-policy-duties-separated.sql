-- ---
-- id = "kms-key-policy-duties-separated"
-- title = "Who administers a key cannot use it"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_kms_key"
-- when_empty = "not_applicable"
-- why = "A principal that can both change a key's policy and decrypt with it needs nobody else to take the data; two roles make it take two."
-- limits = "Looks at the key policy alone: what IAM policies add through the account root statement is not seen. The account root and wildcard principals are left to other controls."
-- fix = "Give administrators the management actions and users the cryptographic actions, in statements and roles of their own."
-- owner = "security-engineer"
-- size = "M"
-- after = ["kms-key-policy-not-public"]
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html"]
-- ---
WITH allowed AS (
    SELECT arn, account_id, principal, unnest(actions) AS action
    FROM (
        SELECT arn, account_id, unnest(s['principals']) AS principal, s['actions'] AS actions
        FROM (SELECT key_arn AS arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_kms_key_policy)
        WHERE s['effect'] = 'Allow'
    )
),
duties AS (
    SELECT
        arn,
        account_id,
        principal,
        bool_or(regexp_like(action, '^(\*|kms:(\*|put.*|p\*|create\*|schedulekeydeletion|s\*|sch.*|disable.*|delete.*|update.*|u\*))$')) AS administers,
        bool_or(regexp_like(action, '^(\*|kms:(\*|decrypt.*|d\*|de\*|encrypt.*|e\*|en\*|generate.*|g\*|re\*|reencrypt.*|sign|s\*|derive.*))$')) AS uses
    FROM allowed
    WHERE principal LIKE 'AWS:%'
        AND principal <> 'AWS:*'
        AND NOT regexp_like(principal, '^AWS:(arn:[a-z-]+:iam::)?[0-9]{12}(:root)?$')
    GROUP BY arn, account_id, principal
),
mixed AS (
    SELECT arn, account_id, string_agg(substr(principal, 5), ', ' ORDER BY principal) AS principals
    FROM duties
    WHERE administers AND uses
    GROUP BY arn, account_id
)
SELECT
    key.arn AS resource,
    key.account_id,
    key.region,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'not_applicable'
        WHEN mixed.arn IS NOT NULL THEN 'fail'
        WHEN policy.key_arn IS NULL THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'AWS manages this key and its policy'
        WHEN mixed.arn IS NOT NULL THEN 'both administers and uses the key: ' || mixed.principals
        WHEN policy.key_arn IS NULL THEN 'the key policy was not read'
        ELSE 'nobody who is named both administers and uses the key'
    END AS reason
FROM aws_kms_key AS key
LEFT JOIN aws_kms_key_policy AS policy ON policy.key_arn = key.arn AND policy.account_id = key.account_id
LEFT JOIN mixed ON mixed.arn = key.arn AND mixed.account_id = key.account_id
