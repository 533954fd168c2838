-- ---
-- id = "guardduty-organization-auto-enabled"
-- title = "GuardDuty is turned on for every account of the organization by itself"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_guardduty_organization_configuration"
-- when_empty = "not_applicable"
-- why = "Accounts come and go: whoever must be remembered by hand is forgotten."
-- limits = "Rows are there in the delegated administrator only; that there is one is judged by another control."
-- fix = "Set auto-enable to all accounts: `aws guardduty update-organization-configuration --auto-enable-organization-members ALL`."
-- owner = "security-engineer"
-- size = "S"
-- after = ["guardduty-administered-centrally"]
-- refs = ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html"]
-- ---
SELECT
    detector_arn AS resource,
    account_id,
    region,
    CASE
        WHEN member_account_limit_reached THEN 'fail'
        WHEN auto_enable_organization_members = 'ALL' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN member_account_limit_reached THEN 'the service takes no more accounts'
        WHEN auto_enable_organization_members = 'ALL' THEN 'on for all accounts'
        WHEN auto_enable_organization_members = 'NEW' THEN 'on for new accounts only'
        ELSE 'accounts are not turned on by themselves'
    END AS reason
FROM aws_guardduty_organization_configuration
