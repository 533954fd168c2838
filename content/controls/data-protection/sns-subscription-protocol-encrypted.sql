-- ---
-- id = "sns-subscription-protocol-encrypted"
-- title = "Subscriptions take messages over encrypted channels"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_sns_topic_subscription"
-- when_empty = "not_applicable"
-- why = "A message that is delivered over plain HTTP can be read and changed on its way."
-- limits = "Mail and text messages leave AWS; how they travel on is not seen."
-- fix = "Subscribe with `https` and delete the `http` subscription."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html"]
-- ---
SELECT
    -- Before it is confirmed a subscription has no ARN of its own.
    CASE WHEN confirmed THEN subscription_arn ELSE topic_arn || ':' || subscription_arn END AS resource,
    account_id,
    region,
    CASE WHEN bool_or(protocol = 'http') THEN 'fail' ELSE 'pass' END AS status,
    'delivered by ' || string_agg(DISTINCT protocol, ', ' ORDER BY protocol) AS reason
FROM aws_sns_topic_subscription
GROUP BY 1, account_id, region
