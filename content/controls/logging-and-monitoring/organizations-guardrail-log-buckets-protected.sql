-- ---
-- id = "organizations-guardrail-log-buckets-protected"
-- title = "A guardrail keeps encryption, logging, policy and lifecycle of log buckets"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Whoever may change the bucket of the logs decides which logs there were."
-- limits = "Does not know which buckets keep logs: a denial on any bucket counts."
-- fix = "Attach the design's guardrail to the unit of the log archive."
-- owner = "security-engineer"
-- size = "S"
-- after = ["organizations-service-control-policies-enabled"]
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html"]
-- ---
WITH wanted AS (
    SELECT 's3:putencryptionconfiguration' AS action
    UNION ALL SELECT 's3:putbucketlogging' AS action
    UNION ALL SELECT 's3:putbucketpolicy' AS action
    UNION ALL SELECT 's3:deletebucketpolicy' AS action
    UNION ALL SELECT 's3:putlifecycleconfiguration' AS action
),
denied AS (
    SELECT DISTINCT statement.policy_id, wanted.action
    FROM (
        SELECT policy_id, unnest(s['actions']) AS pattern
        FROM (
            SELECT policy_id, unnest(policy_statements(content)) AS s
            FROM aws_organizations_policy_document
            WHERE type = 'SERVICE_CONTROL_POLICY'
        )
        WHERE s['effect'] = 'Deny'
            AND (array_has(s['resources'], '*') OR strpos(array_to_string(s['resources'], ' '), ':s3:::') > 0)
            AND btrim(regexp_replace(array_to_string(s['conditions'], chr(10)), '(?im)^(forallvalues:|foranyvalue:)?((arn|string)not[a-z]*[|]aws:principal(arn|account|orgid|orgpaths|tag/[^|]*)[|].*|bool(ifexists)?[|]aws:(principalisawsservice|viaawsservice)[|]false)$', '', 'g'), chr(10)) = ''
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
        WHEN account.is_management THEN 'no service control policy binds the management account'
        WHEN NOT account.in_organization THEN 'in no organization'
        WHEN member.id IS NULL THEN 'the account''s place in the organization was not read'
        WHEN missing.actions IS NULL THEN 'a service control policy of the account or its units denies it'
        ELSE 'no service control policy denies ' || missing.actions
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_organizations_account AS member ON member.id = account.account_id
LEFT JOIN missing ON missing.id = account.account_id
