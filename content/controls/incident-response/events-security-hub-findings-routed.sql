-- ---
-- id = "events-security-hub-findings-routed"
-- title = "An event rule tells of findings of Security Hub"
-- severity = "high"
-- scope = "organization"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Security Hub gathers every finding; without a rule somebody must think of looking."
-- limits = "Patterns are read as text: a pattern with prefixes or wildcards in place of the words is not recognised, nor is one with `anything-but`. A function, queue or bus as target is believed to tell somebody. A rule in any region of the audit account counts; that findings of all regions come there is another control's finding."
-- fix = "Deploy the event rule of the design with CloudFormation, with the notifications topic as its target."
-- owner = "security-engineer"
-- size = "S"
-- after = ["securityhub-hub-enabled", "sns-notifications-topic-subscribed"]
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cloudwatch-events.html"]
-- ---
WITH audit AS (
    SELECT count(*) AS accounts
    FROM aws_account
    WHERE account_id = $accounts_audit OR name = $accounts_audit
),

judged AS (
    -- The audit account of the design. A lone account is its own; where that of the design is missing, the management account answers.
    SELECT
        account.arn,
        account.account_id,
        account.region,
        account.in_organization,
        account.account_id = $accounts_audit OR account.name = $accounts_audit OR NOT account.in_organization AS is_audit
    FROM aws_account AS account
    CROSS JOIN audit
    WHERE account.account_id = $accounts_audit
        OR account.name = $accounts_audit
        OR NOT account.in_organization
        OR (account.is_management AND audit.accounts = 0)
),

route AS (
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
        AND (strpos(event_rule.event_pattern, '"Security Hub Findings - Imported"') > 0 OR strpos(event_rule.event_pattern, '"Findings Imported V2"') > 0)
    GROUP BY event_rule.account_id
)

SELECT
    subject.arn AS resource,
    subject.account_id,
    subject.region,
    CASE
        WHEN best.step = 3 THEN 'pass'
        WHEN best.step = 2 THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN best.step = 3 THEN 'rule ' || best.path
        WHEN best.step = 2 THEN 'rule ' || best.name || ' goes to a topic of an account that was not read'
        WHEN best.step = 1 THEN 'rule ' || best.name || ' goes to a topic that nobody is subscribed to'
        WHEN best.step = 0 THEN 'rule ' || best.name || ' has no target'
        ELSE 'no enabled rule of the default bus matches findings of Security Hub'
    END AS reason
FROM judged AS subject
LEFT JOIN best ON best.account_id = subject.account_id
