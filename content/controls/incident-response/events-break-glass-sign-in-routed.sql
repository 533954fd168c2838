-- ---
-- id = "events-break-glass-sign-in-routed"
-- title = "An event rule tells of sign-ins of the break-glass user"
-- severity = "critical"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "The break-glass user opens every account: whoever uses it must be answered within minutes."
-- limits = "Patterns are read as text: a pattern with prefixes or wildcards in place of the words is not recognised, nor is one with `anything-but`. A function, queue or bus as target is believed to tell somebody."
-- fix = "Deploy the event rule of the design with CloudFormation, with the notifications topic as its target."
-- owner = "security-engineer"
-- size = "S"
-- after = ["sns-notifications-topic-subscribed"]
-- refs = ["https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-ct-api-tutorial.html", "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html"]
-- ---
WITH route AS (
    -- Where rules lead: 3 a topic with a confirmed subscription, or a function, queue or bus; 2 a topic of an
    -- account that was not read; 1 a topic without subscribers.
    SELECT
        target.rule_arn,
        max(CASE
            WHEN target.target_arn NOT LIKE 'arn:%:sns:%' THEN 3
            WHEN subscription.topic_arn IS NOT NULL THEN 3
            WHEN holder.account_id IS NULL THEN 2
            ELSE 1
        END) AS step,
        max(CASE
            WHEN target.target_arn NOT LIKE 'arn:%:sns:%' OR subscription.topic_arn IS NOT NULL THEN target.target_arn
        END) AS target_arn
    FROM aws_eventbridge_target AS target
    LEFT JOIN (SELECT DISTINCT topic_arn FROM aws_sns_topic_subscription WHERE confirmed) AS subscription
        ON subscription.topic_arn = target.target_arn
    LEFT JOIN aws_account AS holder ON holder.account_id = split_part(target.target_arn, ':', 5)
    GROUP BY target.rule_arn
),
best AS (
    SELECT
        event_rule.account_id,
        max(coalesce(route.step, 0)) AS step,
        min(CASE WHEN route.step = 3 THEN event_rule.name || ' to ' || route.target_arn END) AS path,
        min(event_rule.name) AS name
    FROM aws_eventbridge_rule AS event_rule
    LEFT JOIN route ON route.rule_arn = event_rule.arn
    WHERE event_rule.event_bus_name = 'default'
        AND event_rule.state <> 'DISABLED'
        AND strpos(event_rule.event_pattern, 'anything-but') = 0
        AND strpos(event_rule.event_pattern, '"AWS Console Sign In via CloudTrail"') > 0
        AND (strpos(event_rule.event_pattern, $names_namespace || '-user-breakglass') > 0 OR strpos(event_rule.event_pattern, '"userIdentity"') = 0)
    GROUP BY event_rule.account_id
)

SELECT
    subject.arn AS resource,
    subject.account_id,
    subject.region,
    CASE
        WHEN NOT subject.is_management AND subject.in_organization THEN 'not_applicable'
        WHEN best.step = 3 THEN 'pass'
        WHEN best.step = 2 THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT subject.is_management AND subject.in_organization THEN 'these events happen in the management account'
        WHEN best.step = 3 THEN 'rule ' || best.path
        WHEN best.step = 2 THEN 'rule ' || best.name || ' goes to a topic of an account that was not read'
        WHEN best.step = 1 THEN 'rule ' || best.name || ' goes to a topic that nobody is subscribed to'
        WHEN best.step = 0 THEN 'rule ' || best.name || ' has no target'
        ELSE 'no enabled rule of the default bus matches sign-ins of the break-glass user'
    END AS reason
FROM aws_account AS subject
LEFT JOIN best ON best.account_id = subject.account_id
