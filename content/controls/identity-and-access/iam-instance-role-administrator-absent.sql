-- ---
-- id = "iam-instance-role-administrator-absent"
-- title = "Roles of instances are no administrators"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_role"
-- when_empty = "not_applicable"
-- why = "Whoever gets a shell or a forged request on the instance has its role: full rights there are full rights for them."
-- limits = "Knows full rights by three policies of AWS and by Action * on Resource *; wide rights in other words pass. Inline policies are the finding of iam-inline-policy-full-administrator-absent."
-- fix = "Give the instance's role what the application needs, no more."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2.html"]
-- ---
WITH attached AS (
    SELECT arn, account_id, unnest(attached_policy_arns) AS policy_arn
    FROM aws_iam_role
    WHERE array_length(instance_profile_arns) > 0
),
wide AS (
    SELECT arn, account_id, policy_arn AS name
    FROM attached
    WHERE regexp_like(policy_arn, ':iam::aws:policy/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$')
    UNION ALL
    SELECT attached.arn, attached.account_id, managed.name
    FROM attached
    JOIN (
        SELECT arn, account_id, name
        FROM (SELECT arn, account_id, name, unnest(policy_statements(policy)) AS s FROM aws_iam_policy)
        WHERE s['effect'] = 'Allow' AND (array_has(s['actions'], '*') OR array_has(s['actions'], '*:*')) AND array_has(s['resources'], '*')
    ) AS managed ON managed.arn = attached.policy_arn AND managed.account_id = attached.account_id
),
named AS (
    SELECT arn, account_id, string_agg(DISTINCT name, ', ') AS names FROM wide GROUP BY arn, account_id
),
unread AS (
    SELECT DISTINCT attached.arn, attached.account_id
    FROM attached
    JOIN aws_iam_policy AS managed ON managed.arn = attached.policy_arn AND managed.account_id = attached.account_id
    WHERE managed.policy IS NULL
)
SELECT
    role.arn AS resource,
    role.account_id,
    role.region,
    CASE
        WHEN coalesce(array_length(role.instance_profile_arns), 0) = 0 THEN 'not_applicable'
        WHEN named.arn IS NOT NULL THEN 'fail'
        WHEN unread.arn IS NOT NULL THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN coalesce(array_length(role.instance_profile_arns), 0) = 0 THEN 'no instance has this role'
        WHEN named.arn IS NOT NULL THEN 'full rights by ' || named.names
        WHEN unread.arn IS NOT NULL THEN 'a policy of the role was not read'
        ELSE 'no policy gives full rights'
    END AS reason
FROM aws_iam_role AS role
LEFT JOIN named ON named.arn = role.arn AND named.account_id = role.account_id
LEFT JOIN unread ON unread.arn = role.arn AND unread.account_id = role.account_id
