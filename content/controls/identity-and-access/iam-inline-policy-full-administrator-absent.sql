-- ---
-- id = "iam-inline-policy-full-administrator-absent"
-- title = "Inline policies do not allow everything"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_inline_policy"
-- when_empty = "not_applicable"
-- why = "An inline policy that allows everything hides an administrator where no list of policies shows it."
-- limits = "Only Action * on Resource *: rights that add up to everything by other words, and boundaries that cut them, are not seen."
-- fix = "Replace the inline policy by one with the actions that are needed."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html"]
-- ---
WITH wide AS (
    SELECT principal_arn, account_id, string_agg(DISTINCT policy_name, ', ') AS names
    FROM (SELECT principal_arn, account_id, policy_name, unnest(policy_statements(policy)) AS s FROM aws_iam_inline_policy)
    WHERE s['effect'] = 'Allow' AND (array_has(s['actions'], '*') OR array_has(s['actions'], '*:*')) AND array_has(s['resources'], '*')
    GROUP BY principal_arn, account_id
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
        WHEN wide.names IS NOT NULL THEN 'fail'
        WHEN holder.unread THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN wide.names IS NOT NULL THEN 'everything is allowed by ' || wide.names
        WHEN holder.unread THEN 'a document was not read'
        ELSE 'no inline policy allows everything'
    END AS reason
FROM holder
LEFT JOIN wide ON wide.principal_arn = holder.principal_arn AND wide.account_id = holder.account_id
