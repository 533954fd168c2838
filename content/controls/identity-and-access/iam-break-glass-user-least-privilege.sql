-- ---
-- id = "iam-break-glass-user-least-privilege"
-- title = "The break-glass user may take the break-glass role and do nothing else"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_user"
-- when_empty = "not_applicable"
-- why = "The user's password lies in a safe for years. What it can do without leaving the trace of a role must be nothing."
-- limits = "Of policies that AWS manages only their names are known, and each counts as too much; what resource policies grant to the user is not read."
-- fix = "Give the user the design's one policy: sts:AssumeRole on the break-glass role of every account."
-- owner = "security-engineer"
-- size = "S"
-- after = ["iam-break-glass-user-present"]
-- refs = ["https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/break-glass-access.html"]
-- ---
WITH breakglass AS (
    SELECT arn, account_id, region, groups, attached_policy_arns
    FROM aws_iam_user
    WHERE name = $names_namespace || '-user-breakglass'
),
membership AS (
    SELECT breakglass.arn AS user_arn, breakglass.account_id, member.arn AS holder_arn, member.attached_policy_arns
    FROM (SELECT arn, account_id, unnest(groups) AS group_name FROM breakglass) AS breakglass
    JOIN aws_iam_group AS member ON member.name = breakglass.group_name AND member.account_id = breakglass.account_id
),
holder AS (
    SELECT arn AS user_arn, account_id, arn AS holder_arn, attached_policy_arns FROM breakglass
    UNION ALL
    SELECT user_arn, account_id, holder_arn, attached_policy_arns FROM membership
),
attached AS (
    SELECT user_arn, account_id, unnest(attached_policy_arns) AS policy_arn FROM holder
),
document AS (
    SELECT holder.user_arn, holder.account_id, inline.policy_name AS name, inline.policy
    FROM holder
    JOIN aws_iam_inline_policy AS inline ON inline.principal_arn = holder.holder_arn AND inline.account_id = holder.account_id
    UNION ALL
    SELECT attached.user_arn, attached.account_id, managed.name, managed.policy
    FROM attached
    JOIN aws_iam_policy AS managed ON managed.arn = attached.policy_arn AND managed.account_id = attached.account_id
),
grants AS (
    SELECT
        user_arn,
        account_id,
        name,
        coalesce(array_length(s['not_actions']), 0) = 0
            AND coalesce(array_length(s['not_resources']), 0) = 0
            AND regexp_like(array_to_string(s['actions'], ' '), '^((sts:assumerole|sts:tagsession|sts:setsourceidentity)( |$))+$')
            AND regexp_like(
                array_to_string(s['resources'], ' '),
                '^(arn:[^: ]+:iam::([*]|[0-9]{12}):role/' || $names_namespace || '-role-breakglass( |$))+$'
            ) AS narrow
    FROM (SELECT user_arn, account_id, name, unnest(policy_statements(policy)) AS s FROM document)
    WHERE s['effect'] = 'Allow'
),
verdict AS (
    SELECT
        user_arn,
        account_id,
        bool_and(narrow) AS narrow,
        string_agg(DISTINCT CASE WHEN NOT narrow THEN name END, ', ') AS wide
    FROM (
        SELECT user_arn, account_id, name, narrow FROM grants
        UNION ALL
        SELECT user_arn, account_id, policy_arn, false FROM attached
        WHERE policy_arn LIKE '%:iam::aws:policy/%' AND policy_arn NOT LIKE '%/IAMUserChangePassword'
    )
    GROUP BY user_arn, account_id
)
SELECT
    breakglass.arn AS resource,
    breakglass.account_id,
    breakglass.region,
    CASE
        WHEN verdict.narrow = false THEN 'fail'
        WHEN unread.user_arn IS NOT NULL THEN 'unknown'
        WHEN verdict.narrow THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN verdict.narrow = false THEN 'allows more: ' || verdict.wide
        WHEN unread.user_arn IS NOT NULL THEN 'a policy of the user was not read'
        WHEN verdict.narrow THEN 'may only take the break-glass role'
        ELSE 'no policy lets the user take the break-glass role'
    END AS reason
FROM breakglass
LEFT JOIN verdict ON verdict.user_arn = breakglass.arn AND verdict.account_id = breakglass.account_id
LEFT JOIN (SELECT DISTINCT user_arn, account_id FROM document WHERE policy IS NULL) AS unread
    ON unread.user_arn = breakglass.arn AND unread.account_id = breakglass.account_id
