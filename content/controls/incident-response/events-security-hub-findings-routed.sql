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
WITH best AS (
    SELECT account_id, max(reach) AS reach, min(path) AS path, min(name) AS name
    FROM standfast_event_route
    WHERE (strpos(event_pattern, '"Security Hub Findings - Imported"') > 0 OR strpos(event_pattern, '"Findings Imported V2"') > 0)
    GROUP BY account_id
)
SELECT
    subject.arn AS resource,
    subject.account_id,
    subject.region,
    CASE
        WHEN best.reach = 3 THEN 'pass'
        WHEN best.reach = 2 THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN best.reach = 3 THEN 'rule ' || best.path
        WHEN best.reach = 2 THEN 'rule ' || best.name || ' goes to a topic of an account that was not read'
        WHEN best.reach = 1 THEN 'rule ' || best.name || ' goes to a topic that nobody is subscribed to'
        WHEN best.reach = 0 THEN 'rule ' || best.name || ' has no target'
        ELSE 'no enabled rule of the default bus matches findings of Security Hub'
    END AS reason
FROM standfast_audit_account AS subject
LEFT JOIN best ON best.account_id = subject.account_id
