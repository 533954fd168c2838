-- ---
-- id = "organizations-rcp-organization-only"
-- title = "Only principals of the organization reach data, whatever resource policies say"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "One careless bucket or key policy opens data to the world; above it stands a policy that cannot be careless."
-- limits = "Tries one action of each service; conditions beyond the one that it looks for are not judged."
-- fix = "Attach the design's resource control policy to the root."
-- owner = "security-engineer"
-- size = "S"
-- after = ["organizations-resource-control-policies-enabled"]
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html"]
-- ---
WITH wanted AS (
    SELECT unnest(make_array(
        's3:getobject',
        'kms:decrypt',
        'sqs:receivemessage',
        'secretsmanager:getsecretvalue',
        'sts:assumerole'
    )) AS action
),
denied AS (
    SELECT DISTINCT denial.policy_id, wanted.action
    FROM standfast_denial AS denial
    INNER JOIN wanted ON wanted.action LIKE denial.pattern
    WHERE denial.policy_type = 'RESOURCE_CONTROL_POLICY'
        AND denial.on_all
        AND denial.for_everybody
        AND regexp_like(denial.conditions, '(?im)^stringnotequals(ifexists)?[|]aws:principalorgid[|]o-')
),
reached AS (
    SELECT DISTINCT bound.account_id, denied.action
    FROM standfast_binding AS bound
    INNER JOIN denied ON denied.policy_id = bound.policy_id
),
missing AS (
    SELECT member.id, string_agg(wanted.action, ', ' ORDER BY wanted.action) AS actions
    FROM aws_organizations_account AS member
    CROSS JOIN wanted
    LEFT JOIN reached ON reached.account_id = member.id AND reached.action = wanted.action
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
