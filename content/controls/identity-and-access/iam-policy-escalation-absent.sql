-- ---
-- id = "iam-policy-escalation-absent"
-- title = "Customer managed policies let nobody raise their own rights"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_policy"
-- when_empty = "not_applicable"
-- why = "Who may attach a policy to anybody attaches AdministratorAccess to themselves."
-- limits = "Looks at one policy at a time: rights that are harmless alone and not together are not seen."
-- fix = "Limit the actions to named users, groups and roles, or ask for a permissions boundary in a condition."
-- owner = "security-engineer"
-- size = "S"
-- after = ["iam-policy-full-administrator-absent"]
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html"]
-- ---
WITH wide AS (
    SELECT arn, account_id, string_agg(coalesce(nullif(s['sid'], ''), 'without id'), ', ') AS detail
    FROM (
        SELECT *, 'x' AS item
        FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_iam_policy)
    )
    WHERE s['effect'] = 'Allow' AND regexp_like(array_to_string(s['actions'], ' '), '(^| )iam:(createpolicyversion|setdefaultpolicyversion|attach(user|group|role)policy|put(user|group|role)policy|addusertogroup|createaccesskey|createloginprofile|updateloginprofile|updateassumerolepolicy|attach[*]|put[*]|create[*]|update[*]|[*])( |$)')
        AND regexp_like(array_to_string(s['resources'], ' '), '(^| )([*]|arn:[^: ]+:iam::[^: ]*:([*]|(user|group|role|policy)/[*]))( |$)')
        AND coalesce(array_length(s['conditions']), 0) = 0
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
        WHEN wide.arn IS NOT NULL THEN 'rights of anybody can be changed, in statement ' || wide.detail
        ELSE 'no statement lets the rights of anybody be changed'
    END AS reason
FROM aws_iam_policy AS managed
LEFT JOIN wide ON wide.arn = managed.arn AND wide.account_id = managed.account_id
LEFT JOIN everything ON everything.arn = managed.arn AND everything.account_id = managed.account_id
