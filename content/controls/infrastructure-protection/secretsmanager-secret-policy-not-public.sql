-- ---
-- id = "secretsmanager-secret-policy-not-public"
-- title = "Policies of secrets let only named principals in"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_secretsmanager_secret"
-- when_empty = "not_applicable"
-- why = "A resource policy that allows everybody hands the secret to any AWS account that knows its ARN, if the key allows it too."
-- limits = "Conditions that name an organization, account or network are believed."
-- fix = "Replace the wildcard principal by the roles that need the secret."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html"]
-- ---
WITH open AS (
    SELECT arn, account_id, min(coalesce(nullif(s['sid'], ''), 'without id')) AS sid
    FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_secretsmanager_secret_policy)
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
    secret.arn AS resource,
    secret.account_id,
    secret.region,
    CASE WHEN open.arn IS NOT NULL THEN 'fail' ELSE 'pass' END AS status,
    CASE
        WHEN open.arn IS NOT NULL THEN 'the policy allows everybody in statement ' || open.sid
        ELSE 'no statement allows everybody'
    END AS reason
FROM aws_secretsmanager_secret AS secret
LEFT JOIN open ON open.arn = secret.arn AND open.account_id = secret.account_id
