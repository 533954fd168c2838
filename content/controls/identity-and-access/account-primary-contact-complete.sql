-- ---
-- id = "account-primary-contact-complete"
-- title = "The primary contact names a company"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Whoever is named as the owner gets the account back after a dispute; a private name there is a person's account."
-- limits = "Whether the contact is up to date is a person's to confirm."
-- fix = "Fill in the primary contact with the company's name: `aws account put-contact-information`."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-primary.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN coalesce(trim(contact.company_name), '') <> '' THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN coalesce(trim(contact.company_name), '') <> '' THEN 'the account belongs to ' || contact.company_name ELSE 'the primary contact names no company' END AS reason
FROM aws_account AS account
LEFT JOIN aws_account_contact AS contact ON contact.account_id = account.account_id
