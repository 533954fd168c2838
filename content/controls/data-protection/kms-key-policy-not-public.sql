-- ---
-- id = "kms-key-policy-not-public"
-- title = "Key policies let only named accounts use a key"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_kms_key"
-- when_empty = "not_applicable"
-- why = "A key policy that allows everybody lets any AWS account decrypt what the key protects: encryption then protects nothing."
-- limits = "Conditions that the statement carries are believed when they name an organization, account, network or resource; whether these are the right ones is not judged."
-- fix = "Replace the wildcard principal by the roles that need the key, or add a condition on `aws:PrincipalOrgID` or `kms:CallerAccount`."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html", "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html"]
-- ---
WITH open AS (
    SELECT arn, account_id, min(coalesce(nullif(s['sid'], ''), 'without id')) AS sid
    FROM (
        SELECT key_arn AS arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_kms_key_policy
    )
    WHERE s['effect'] = 'Allow'
        AND (
            array_has(s['principals'], '*:*') OR array_has(s['principals'], 'AWS:*')
            OR coalesce(array_length(s['not_principals']), 0) > 0
        )
        AND NOT regexp_like(
            array_to_string(s['conditions'], chr(10)),
            '(?im)^((foranyvalue:)?(stringequals|stringequalsignorecase|stringlike)\|(aws:principalorgid|aws:principalorgpaths|aws:principalaccount|aws:sourceaccount|aws:sourceorgid|aws:sourceorgpaths|aws:sourceowner|aws:sourcevpc|aws:sourcevpce|kms:calleraccount)\|.*[a-z0-9]|(foranyvalue:)?(stringequals|stringlike|arnequals|arnlike)\|aws:(sourcearn|principalarn)\|arn:[a-z-]+:[a-z0-9-]+:[^:]*:([0-9]{12}:|:[a-z0-9])|ipaddress\|aws:sourceip\|[1-9])'
        )
    GROUP BY arn, account_id
)
SELECT
    key.arn AS resource,
    key.account_id,
    key.region,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'not_applicable'
        WHEN open.arn IS NOT NULL THEN 'fail'
        WHEN policy.key_arn IS NULL THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'AWS manages this key and its policy'
        WHEN open.arn IS NOT NULL THEN 'the key policy allows everybody in statement ' || open.sid
        WHEN policy.key_arn IS NULL THEN 'the key policy was not read'
        ELSE 'no statement allows everybody'
    END AS reason
FROM aws_kms_key AS key
LEFT JOIN aws_kms_key_policy AS policy ON policy.key_arn = key.arn AND policy.account_id = key.account_id
LEFT JOIN open ON open.arn = key.arn AND open.account_id = key.account_id
