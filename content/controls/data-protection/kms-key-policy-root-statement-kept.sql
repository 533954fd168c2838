-- ---
-- id = "kms-key-policy-root-statement-kept"
-- title = "Key policies keep the account able to manage its key"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_kms_key"
-- when_empty = "not_applicable"
-- why = "Without a statement for the account root nobody can change the policy once the named administrators are gone: the key, and what it encrypts, is lost."
-- limits = "Says nothing about which IAM policies of the account then allow the key."
-- fix = "Add a statement that allows `kms:*` to `arn:aws:iam::<account>:root`, as the design's key template has it."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html"]
-- ---
WITH kept AS (
    SELECT DISTINCT arn, account_id
    FROM (SELECT key_arn AS arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_kms_key_policy)
    WHERE s['effect'] = 'Allow'
        AND (array_has(s['actions'], 'kms:*') OR array_has(s['actions'], '*'))
        AND regexp_like(
            array_to_string(s['principals'], chr(10)),
            '(?m)^AWS:(arn:[a-z-]+:iam::)?' || account_id || '(:root)?$'
        )
        AND coalesce(array_length(s['conditions']), 0) = 0
)
SELECT
    key.arn AS resource,
    key.account_id,
    key.region,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'not_applicable'
        WHEN kept.arn IS NOT NULL THEN 'pass'
        WHEN policy.key_arn IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'AWS manages this key and its policy'
        WHEN kept.arn IS NOT NULL THEN 'the account root may do everything with the key'
        WHEN policy.key_arn IS NULL THEN 'the key policy was not read'
        ELSE 'no statement allows kms:* to the root of account ' || key.account_id
    END AS reason
FROM aws_kms_key AS key
LEFT JOIN aws_kms_key_policy AS policy ON policy.key_arn = key.arn AND policy.account_id = key.account_id
LEFT JOIN kept ON kept.arn = key.arn AND kept.account_id = key.account_id
