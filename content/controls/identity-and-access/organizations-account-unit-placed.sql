-- ---
-- id = "organizations-account-unit-placed"
-- title = "Member accounts are in an organizational unit"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "An account that hangs on the root gets the guardrails of no unit."
-- limits = "Any unit counts; whether it is the right one for the account's purpose is a person's to confirm."
-- fix = "Move the account into the unit of its purpose: `aws organizations move-account`."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_ous.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN account.is_management OR NOT account.in_organization THEN 'not_applicable'
        WHEN member.id IS NULL THEN 'unknown'
        WHEN member.parent_id LIKE 'ou-%' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN account.is_management THEN 'the management account stays at the root'
        WHEN NOT account.in_organization THEN 'in no organization'
        WHEN member.id IS NULL THEN 'the account''s place in the organization was not read'
        WHEN member.parent_id LIKE 'ou-%' THEN 'in ' || member.path
        ELSE 'directly below the root'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_organizations_account AS member ON member.id = account.account_id
