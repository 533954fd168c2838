-- ---
-- id = "iam-policy-full-administrator-absent"
-- title = "Customer managed policies do not allow everything"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_policy"
-- when_empty = "not_applicable"
-- why = "A policy that allows everything makes every holder an administrator, and every leak a total one."
-- limits = "Looks at the document, also where it is attached to nobody; Action * on Resource * under a condition still counts, and the same rights by a list of services do not."
-- fix = "List the actions that are needed. Administrators take AdministratorAccess through their role, where it is watched."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"]
-- ---
WITH wide AS (
    SELECT arn, account_id, string_agg(coalesce(nullif(s['sid'], ''), 'without id'), ', ') AS detail
    FROM (
        SELECT *, 'x' AS item
        FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_iam_policy)
    )
    WHERE s['effect'] = 'Allow' AND (array_has(s['actions'], '*') OR array_has(s['actions'], '*:*')) AND array_has(s['resources'], '*')
    GROUP BY arn, account_id
)
SELECT
    managed.arn AS resource,
    managed.account_id,
    managed.region,
    CASE
        WHEN managed.policy IS NULL THEN 'unknown'
        WHEN wide.arn IS NOT NULL THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN managed.policy IS NULL THEN 'the document was not read'
        WHEN wide.arn IS NOT NULL THEN 'everything is allowed in statement ' || wide.detail
        ELSE 'no statement allows everything'
    END AS reason
FROM aws_iam_policy AS managed
LEFT JOIN wide ON wide.arn = managed.arn AND wide.account_id = managed.account_id
