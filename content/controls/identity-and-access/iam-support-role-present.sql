-- ---
-- id = "iam-support-role-present"
-- title = "A role may open cases with AWS Support"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "When something burns, somebody must be able to ask AWS without root."
-- limits = "Looks for AWSSupportAccess on a role or group; whether people can take that role, and whether the support plan is a paid one, is not seen."
-- fix = "Deploy the support role of the design: AWSSupportAccess, to be taken by the incident responders."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/awssupport/latest/user/accessing-support.html"]
-- ---
WITH attached AS (
    SELECT account_id, arn, unnest(attached_policy_arns) AS policy_arn FROM aws_iam_role
    UNION ALL
    SELECT account_id, arn, unnest(attached_policy_arns) AS policy_arn FROM aws_iam_group
),
support AS (
    SELECT account_id, string_agg(split_part(arn, ':', 6), ', ' ORDER BY arn) AS holders
    FROM attached
    WHERE policy_arn LIKE 'arn:%:iam::aws:policy/AWSSupportAccess'
    GROUP BY account_id
)
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN support.holders IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('AWSSupportAccess is attached to ' || support.holders, 'no role has AWSSupportAccess') AS reason
FROM aws_account AS account
LEFT JOIN support ON support.account_id = account.account_id
