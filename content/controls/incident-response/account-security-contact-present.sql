-- ---
-- id = "account-security-contact-present"
-- title = "The account has a security contact"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "AWS writes to the security contact; without one the mail goes to the root user's address, which few people read."
-- limits = "Sees that an address is set, not that a mail to it reaches a person; only a rehearsal shows that."
-- fix = "Set the security contact to the distribution list of the design: `aws account put-alternate-contact`."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN coalesce(contact.email_address, '') <> '' THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN coalesce(contact.email_address, '') <> '' THEN 'the security contact is ' || contact.email_address ELSE 'no security contact' END AS reason
FROM aws_account AS account
LEFT JOIN aws_account_alternate_contact AS contact
    ON contact.account_id = account.account_id AND contact.contact_type = 'SECURITY'
