-- ---
-- id = "iam-cloudshell-full-access-absent"
-- title = "Nobody has CloudShell with file transfer"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "CloudShell with full access takes files in and out past every network control."
-- limits = "Looks for the policy that AWS manages; a policy of one's own that allows the same actions, and permission sets before they are provisioned, are not seen."
-- fix = "Detach AWSCloudShellFullAccess; who needs CloudShell gets a policy without file transfer."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/cloudshell/latest/userguide/sec-auth-with-identities.html"]
-- ---
WITH attached AS (
    SELECT account_id, arn, unnest(attached_policy_arns) AS policy_arn FROM aws_iam_user
    UNION ALL
    SELECT account_id, arn, unnest(attached_policy_arns) AS policy_arn FROM aws_iam_group
    UNION ALL
    SELECT account_id, arn, unnest(attached_policy_arns) AS policy_arn FROM aws_iam_role
)
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN shell.holders IS NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('AWSCloudShellFullAccess is attached to ' || shell.holders, 'AWSCloudShellFullAccess is attached to nobody') AS reason
FROM aws_account AS account
LEFT JOIN (
    SELECT account_id, string_agg(split_part(arn, ':', 6), ', ' ORDER BY arn) AS holders
    FROM attached
    WHERE policy_arn LIKE 'arn:%:iam::aws:policy/AWSCloudShellFullAccess'
    GROUP BY account_id
) AS shell ON shell.account_id = account.account_id
