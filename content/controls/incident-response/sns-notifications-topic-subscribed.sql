-- ---
-- id = "sns-notifications-topic-subscribed"
-- title = "The security contacts are subscribed to the notifications topic"
-- severity = "high"
-- scope = "organization"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Every alarm and finding ends at this topic: if nobody is subscribed, nobody is told."
-- limits = "The audit account is the one that the design names; a lone account is its own. Whether somebody reads the mailbox is for a rehearsal to show."
-- fix = "Create the topic of the design in the audit account, subscribe the security contact list and confirm the subscription."
-- owner = "incident-responder"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html", "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html"]
-- ---
WITH contact AS (
    SELECT lower(email_address) AS address
    FROM aws_account_alternate_contact
    WHERE contact_type = 'SECURITY' AND email_address <> ''
    UNION
    SELECT lower(address) AS address
    FROM (SELECT unnest($notifications_security_contacts) AS address) AS named
),

topic AS (
    SELECT
        topic.account_id,
        min(topic.arn) AS arn,
        count(subscription.endpoint) FILTER (WHERE subscription.confirmed) AS confirmed,
        min(CASE WHEN subscription.confirmed AND contact.address IS NOT NULL THEN subscription.endpoint END) AS endpoint
    FROM aws_sns_topic AS topic
    LEFT JOIN aws_sns_topic_subscription AS subscription ON subscription.topic_arn = topic.topic_arn
    LEFT JOIN contact ON contact.address = lower(subscription.endpoint)
    WHERE topic.name = $notifications_topic
    GROUP BY topic.account_id
)

SELECT
    judged.arn AS resource,
    judged.account_id,
    judged.region,
    CASE WHEN judged.is_audit AND topic.endpoint IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN NOT judged.is_audit THEN 'no account `' || $accounts_audit || '` was read, which the design names as audit account'
        WHEN topic.arn IS NULL THEN 'there is no topic ' || $notifications_topic
        WHEN topic.endpoint IS NOT NULL THEN topic.endpoint || ' is subscribed to ' || topic.arn
        WHEN topic.confirmed > 0 THEN 'none of ' || topic.confirmed || ' subscribers of ' || topic.arn || ' is a security contact'
        ELSE 'nobody is subscribed to ' || topic.arn
    END AS reason
FROM standfast_audit_account AS judged
LEFT JOIN topic ON topic.account_id = judged.account_id
