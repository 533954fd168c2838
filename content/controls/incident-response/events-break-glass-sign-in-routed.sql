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
WITH best AS (
    SELECT account_id, max(reach) AS reach, min(path) AS path, min(name) AS name
    FROM standfast_event_route
    WHERE strpos(event_pattern, '"AWS Console Sign In via CloudTrail"') > 0
        AND (strpos(event_pattern, $names_namespace || '-user-breakglass') > 0 OR strpos(event_pattern, '"userIdentity"') = 0)
    GROUP BY account_id
)
SELECT
    subject.arn AS resource,
    subject.account_id,
    subject.region,
    CASE
        WHEN NOT subject.is_management AND subject.in_organization THEN 'not_applicable'
        WHEN best.reach = 3 THEN 'pass'
        WHEN best.reach = 2 THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT subject.is_management AND subject.in_organization THEN 'these events happen in the management account'
        WHEN best.reach = 3 THEN 'rule ' || best.path
        WHEN best.reach = 2 THEN 'rule ' || best.name || ' goes to a topic of an account that was not read'
        WHEN best.reach = 1 THEN 'rule ' || best.name || ' goes to a topic that nobody is subscribed to'
        WHEN best.reach = 0 THEN 'rule ' || best.name || ' has no target'
        ELSE 'no enabled rule of the default bus matches sign-ins of the break-glass user'
    END AS reason
FROM aws_account AS subject
LEFT JOIN best ON best.account_id = subject.account_id
