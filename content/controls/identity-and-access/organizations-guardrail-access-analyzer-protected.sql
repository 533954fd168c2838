-- ---
-- id = "organizations-guardrail-access-analyzer-protected"
-- title = "A guardrail keeps Access Analyzer on"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Without the analyzer, nobody hears of a bucket that was just opened."
-- limits = "Reads the policies; a condition that it does not understand counts as no guardrail."
-- fix = "Attach the design's guardrail to the root or the account's unit."
-- owner = "security-engineer"
-- size = "S"
-- after = ["organizations-service-control-policies-enabled"]
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html"]
-- ---
WITH wanted AS (
    SELECT unnest(make_array('access-analyzer:deleteanalyzer')) AS action
),
denied AS (
    SELECT DISTINCT denial.policy_id, wanted.action
    FROM standfast_denial AS denial
    INNER JOIN wanted ON wanted.action LIKE denial.pattern
    WHERE denial.policy_type = 'SERVICE_CONTROL_POLICY'
        AND denial.on_baseline
        AND denial.restrictions = ''
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
        WHEN account.is_management THEN 'no service control policy binds the management account'
        WHEN NOT account.in_organization THEN 'in no organization'
        WHEN member.id IS NULL THEN 'the account''s place in the organization was not read'
        WHEN missing.actions IS NULL THEN 'a service control policy of the account or its units denies it'
        ELSE 'no service control policy denies ' || missing.actions
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_organizations_account AS member ON member.id = account.account_id
LEFT JOIN missing ON missing.id = account.account_id
