-- ---
-- id = "iam-policy-kms-decrypt-scoped"
-- title = "Customer managed policies allow decryption with named keys only"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_iam_policy"
-- when_empty = "not_applicable"
-- why = "Who may decrypt with every key reads all that encryption was to separate."
-- limits = "Judges the document, attached or not; denials in other policies, boundaries and key policies that would stop the decryption are not weighed."
-- fix = "Name the keys in the statement."
-- owner = "workload-owner"
-- size = "S"
-- after = ["iam-policy-full-administrator-absent"]
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html"]
-- ---
WITH wide AS (
    SELECT arn, account_id, string_agg(coalesce(nullif(s['sid'], ''), 'without id'), ', ') AS detail
    FROM (
        SELECT *, 'x' AS item
        FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_iam_policy)
    )
    WHERE s['effect'] = 'Allow' AND regexp_like(array_to_string(s['actions'], ' '), '(^| )(kms:([*]|d[*]|de[*]|dec[*]|decr[*]|decry[*]|decryp[*]|decrypt[*]?|r[*]|re[*]|reencrypt[*]|reencryptf[*]|reencryptfrom[*]?)|[*]|[*]:[*])( |$)')
        AND regexp_like(array_to_string(s['resources'], ' '), '(^| )([*]|arn:[^: ]+:kms:[^: ]*:[^: ]*:([*]|key/[*]|alias/[*]))( |$)')
    GROUP BY arn, account_id
),
everything AS (
    SELECT DISTINCT arn, account_id
    FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_iam_policy)
    WHERE s['effect'] = 'Allow' AND (array_has(s['actions'], '*') OR array_has(s['actions'], '*:*')) AND array_has(s['resources'], '*')
)
SELECT
    managed.arn AS resource,
    managed.account_id,
    managed.region,
    CASE
        WHEN managed.policy IS NULL THEN 'unknown'
        WHEN everything.arn IS NOT NULL THEN 'not_applicable'
        WHEN wide.arn IS NOT NULL THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN managed.policy IS NULL THEN 'the document was not read'
        WHEN everything.arn IS NOT NULL THEN 'the policy allows everything, which another control reports'
        WHEN wide.arn IS NOT NULL THEN 'decryption with every key is allowed in statement ' || wide.detail
        ELSE 'no statement allows decryption with every key'
    END AS reason
FROM aws_iam_policy AS managed
LEFT JOIN wide ON wide.arn = managed.arn AND wide.account_id = managed.account_id
LEFT JOIN everything ON everything.arn = managed.arn AND everything.account_id = managed.account_id
