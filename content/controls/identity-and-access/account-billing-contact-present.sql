-- ---
-- id = "account-billing-contact-present"
-- title = "The account has a billing contact"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "AWS writes to the billing contact; without one the mail goes to the root user's address, which few people read."
-- limits = "Sees that an address is set, not that anybody reads it; account-contact-address-conforms asks whose it is."
-- fix = "Set the billing contact to the distribution list of the design: `aws account put-alternate-contact`."
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
    CASE WHEN coalesce(contact.email_address, '') <> '' THEN 'the billing contact is ' || contact.email_address ELSE 'no billing contact' END AS reason
FROM aws_account AS account
LEFT JOIN aws_account_alternate_contact AS contact
    ON contact.account_id = account.account_id AND contact.contact_type = 'BILLING'
