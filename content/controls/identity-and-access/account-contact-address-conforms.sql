-- ---
-- id = "account-contact-address-conforms"
-- title = "Alternate contacts are the design's distribution lists"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "A person's own address stops working when the person leaves."
-- limits = "Sees the address, not whether the list exists and who is on it."
-- fix = "Make the distribution list, and set it as the contact."
-- owner = "platform-engineer"
-- size = "S"
-- after = ["account-security-contact-present", "account-billing-contact-present", "account-operations-contact-present"]
-- refs = ["https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN contact.account_id IS NULL THEN 'not_applicable'
        WHEN contact.strange IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN contact.account_id IS NULL THEN 'the account has no alternate contact'
        WHEN contact.strange IS NULL THEN 'every contact is a distribution list of the design'
        ELSE 'not of the design: ' || contact.strange
    END AS reason
FROM aws_account AS account
LEFT JOIN (
    SELECT
        account_id,
        string_agg(
            CASE
                WHEN NOT regexp_like(
                    coalesce(email_address, ''),
                    replace(replace($contacts_address_pattern, '{namespace}', $names_namespace), '{purpose}', lower(contact_type))
                ) THEN lower(contact_type) || ' ' || coalesce(email_address, 'without address')
            END,
            ', ' ORDER BY contact_type
        ) AS strange
    FROM aws_account_alternate_contact
    GROUP BY account_id
) AS contact ON contact.account_id = account.account_id
