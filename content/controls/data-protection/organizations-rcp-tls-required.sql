-- ---
-- id = "organizations-rcp-tls-required"
-- title = "Requests without TLS are refused, whatever resource policies say"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "A bucket policy that demands TLS is forgotten on the next bucket."
-- limits = "Tries one action of each service; conditions beyond the one that it looks for are not judged."
-- fix = "Attach the design's resource control policy to the root."
-- owner = "security-engineer"
-- size = "S"
-- after = ["organizations-resource-control-policies-enabled"]
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html"]
-- ---
WITH wanted AS (
    SELECT 's3:getobject' AS action
    UNION ALL SELECT 'kms:decrypt' AS action
    UNION ALL SELECT 'sqs:receivemessage' AS action
    UNION ALL SELECT 'secretsmanager:getsecretvalue' AS action
    UNION ALL SELECT 'sts:assumerole' AS action
),
denied AS (
    SELECT DISTINCT statement.policy_id, wanted.action
    FROM (
        SELECT policy_id, unnest(s['actions']) AS pattern
        FROM (
            SELECT policy_id, unnest(policy_statements(content)) AS s
            FROM aws_organizations_policy_document
            WHERE type = 'RESOURCE_CONTROL_POLICY'
        )
        WHERE s['effect'] = 'Deny'
            AND (array_has(s['resources'], '*'))
            AND array_has(s['principals'], '*:*') AND regexp_like(array_to_string(s['conditions'], chr(10)), '(?im)^bool(ifexists)?[|]aws:securetransport[|]false$') AND coalesce(array_length(s['conditions']), 0) = 1
    ) AS statement
    JOIN wanted ON wanted.action LIKE replace(replace(statement.pattern, '*', '%'), '?', '_')
),
reached AS (
    SELECT DISTINCT member.id, denied.action
    FROM (SELECT id, unnest(policy_target_ids) AS target_id FROM aws_organizations_account) AS member
    JOIN aws_organizations_policy_target AS target ON target.target_id = member.target_id
    JOIN denied ON denied.policy_id = target.policy_id
),
missing AS (
    SELECT member.id, string_agg(wanted.action, ', ' ORDER BY wanted.action) AS actions
    FROM aws_organizations_account AS member
    CROSS JOIN wanted
    LEFT JOIN reached ON reached.id = member.id AND reached.action = wanted.action
    WHERE reached.action IS NULL
    GROUP BY member.id
)
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN account.is_management OR NOT account.in_organization THEN 'not_applicable'
        WHEN member.id IS NULL THEN 'unknown'
        WHEN missing.actions IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN account.is_management THEN 'no resource control policy binds the management account'
        WHEN NOT account.in_organization THEN 'in no organization'
        WHEN member.id IS NULL THEN 'the account''s place in the organization was not read'
        WHEN missing.actions IS NULL THEN 'a resource control policy of the account or its units denies it'
        ELSE 'no resource control policy denies ' || missing.actions
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_organizations_account AS member ON member.id = account.account_id
LEFT JOIN missing ON missing.id = account.account_id
