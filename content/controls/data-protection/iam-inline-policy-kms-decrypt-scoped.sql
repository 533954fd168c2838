-- ---
-- id = "iam-inline-policy-kms-decrypt-scoped"
-- title = "Inline policies allow decryption with named keys only"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_iam_inline_policy"
-- when_empty = "not_applicable"
-- why = "Who may decrypt with every key reads all that encryption was to separate."
-- limits = "Reads the allowing statements alone: a denial beside them, a permissions boundary or a guardrail that takes the right away again is not weighed, nor is a key policy that never lets the principal in."
-- fix = "Name the keys in the statement."
-- owner = "workload-owner"
-- size = "S"
-- after = ["iam-inline-policy-full-administrator-absent"]
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html"]
-- ---
WITH wide AS (
    SELECT principal_arn, account_id, string_agg(DISTINCT policy_name, ', ') AS names
    FROM (SELECT principal_arn, account_id, policy_name, unnest(policy_statements(policy)) AS s FROM aws_iam_inline_policy)
    WHERE s['effect'] = 'Allow' AND regexp_like(array_to_string(s['actions'], ' '), '(^| )(kms:([*]|d[*]|de[*]|dec[*]|decr[*]|decry[*]|decryp[*]|decrypt[*]?|r[*]|re[*]|reencrypt[*]|reencryptf[*]|reencryptfrom[*]?)|[*]|[*]:[*])( |$)')
        AND regexp_like(array_to_string(s['resources'], ' '), '(^| )([*]|arn:[^: ]+:kms:[^: ]*:[^: ]*:([*]|key/[*]|alias/[*]))( |$)')
    GROUP BY principal_arn, account_id
),
everything AS (
    SELECT DISTINCT principal_arn, account_id
    FROM (SELECT principal_arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_iam_inline_policy)
    WHERE s['effect'] = 'Allow' AND (array_has(s['actions'], '*') OR array_has(s['actions'], '*:*')) AND array_has(s['resources'], '*')
),
holder AS (
    SELECT principal_arn, account_id, region, count(*) AS policies, bool_or(policy IS NULL) AS unread
    FROM aws_iam_inline_policy
    GROUP BY principal_arn, account_id, region
)
SELECT
    holder.principal_arn AS resource,
    holder.account_id,
    holder.region,
    CASE
        WHEN everything.principal_arn IS NOT NULL THEN 'not_applicable'
        WHEN wide.names IS NOT NULL THEN 'fail'
        WHEN holder.unread THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN everything.principal_arn IS NOT NULL THEN 'an inline policy allows everything, which another control reports'
        WHEN wide.names IS NOT NULL THEN 'decryption with every key is allowed by ' || wide.names
        WHEN holder.unread THEN 'a document was not read'
        ELSE 'no inline policy allows decryption with every key'
    END AS reason
FROM holder
LEFT JOIN wide ON wide.principal_arn = holder.principal_arn AND wide.account_id = holder.account_id
LEFT JOIN everything ON everything.principal_arn = holder.principal_arn AND everything.account_id = holder.account_id
