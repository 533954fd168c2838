-- ---
-- id = "organizations-account-member"
-- title = "The account is in an organization"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Outside an organization nothing can be kept from the account's own administrators, and nobody sees it from above."
-- limits = "Says that the account is in an organization, not whether it is the company's: compare its id where accounts were bought with other companies."
-- fix = "Invite the account into the organization."
-- owner = "security-lead"
-- size = "L"
-- after = []
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_introduction.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN account.in_organization THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN account.in_organization THEN 'in an organization' ELSE 'in no organization' END AS reason
FROM aws_account AS account
