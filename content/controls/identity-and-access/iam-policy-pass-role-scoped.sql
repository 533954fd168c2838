-- ---
-- id = "iam-policy-pass-role-scoped"
-- title = "Customer managed policies let named roles be passed only"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_policy"
-- when_empty = "not_applicable"
-- why = "Who may hand any role to a machine of their own has the rights of the strongest role."
-- limits = "Rights of single policies are read, not their sum; a condition on the service that the role goes to is believed."
-- fix = "Name the roles in the statement, or the service with the condition iam:PassedToService."
-- owner = "workload-owner"
-- size = "S"
-- after = ["iam-policy-full-administrator-absent"]
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html"]
-- ---
WITH wide AS (
    SELECT arn, account_id, string_agg(coalesce(nullif(s['sid'], ''), 'without id'), ', ') AS detail
    FROM (
        SELECT *, 'x' AS item
        FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_iam_policy)
    )
    WHERE s['effect'] = 'Allow' AND regexp_like(array_to_string(s['actions'], ' '), '(^| )(iam:([*]|p[*]|pass[*]|passr[*]|passrol[*]|passrole[*]?)|[*]|[*]:[*])( |$)')
        AND regexp_like(array_to_string(s['resources'], ' '), '(^| )([*]|arn:[^: ]+:iam::[^: ]*:([*]|role/[*]))( |$)')
        AND NOT regexp_like(array_to_string(s['conditions'], chr(10)), '(?im)^string(equals|like|equalsifexists|likeifexists)[|]iam:passedtoservice[|].*[a-z]')
    GROUP BY arn, account_id
),
everything AS (
    SELECT DISTINCT arn, account_id
    FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_iam_policy)
    WHERE s['effect'] = 'Allow'
        AND array_has(s['resources'], '*')
        AND (
            array_has(s['actions'], '*') OR array_has(s['actions'], '*:*')
            -- All of IAM is worse than to pass a role.
            OR (array_has(s['actions'], 'iam:*') AND coalesce(array_length(s['conditions']), 0) = 0)
        )
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
        WHEN everything.arn IS NOT NULL THEN 'the policy allows everything, or all of IAM, which another control reports'
        WHEN wide.arn IS NOT NULL THEN 'any role may be passed, in statement ' || wide.detail
        ELSE 'no statement lets any role be passed'
    END AS reason
FROM aws_iam_policy AS managed
LEFT JOIN wide ON wide.arn = managed.arn AND wide.account_id = managed.account_id
LEFT JOIN everything ON everything.arn = managed.arn AND everything.account_id = managed.account_id
