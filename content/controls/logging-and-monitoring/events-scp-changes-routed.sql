-- ---
-- id = "events-scp-changes-routed"
-- title = "An event rule tells of changes of service control policies"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Whoever loosens a policy of the organization opens every account below it."
-- limits = "Patterns are read as text: a pattern with prefixes or wildcards in place of the words is not recognised, nor is one with `anything-but`. A function, queue or bus as target is believed to tell somebody."
-- fix = "Deploy the event rule of the design with CloudFormation, with the notifications topic as its target."
-- owner = "security-engineer"
-- size = "S"
-- after = ["sns-notifications-topic-subscribed"]
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html"]
-- ---
WITH best AS (
    SELECT account_id, max(reach) AS reach, min(path) AS path, min(name) AS name
    FROM standfast_event_route
    WHERE strpos(event_pattern, '"AttachPolicy"') > 0
        AND strpos(event_pattern, '"DeletePolicy"') > 0
        AND strpos(event_pattern, '"DetachPolicy"') > 0
        AND strpos(event_pattern, '"DisablePolicyType"') > 0
        AND strpos(event_pattern, '"UpdatePolicy"') > 0
    GROUP BY account_id
)
SELECT
    subject.arn AS resource,
    subject.account_id,
    subject.region,
    CASE
        WHEN NOT subject.in_organization THEN 'not_applicable'
        WHEN NOT subject.is_management THEN 'not_applicable'
        WHEN best.reach = 3 THEN 'pass'
        WHEN best.reach = 2 THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT subject.in_organization THEN 'the account is in no organization that was read'
        WHEN NOT subject.is_management THEN 'these events happen in the management account'
        WHEN best.reach = 3 THEN 'rule ' || best.path
        WHEN best.reach = 2 THEN 'rule ' || best.name || ' goes to a topic of an account that was not read'
        WHEN best.reach = 1 THEN 'rule ' || best.name || ' goes to a topic that nobody is subscribed to'
        WHEN best.reach = 0 THEN 'rule ' || best.name || ' has no target'
        ELSE 'no enabled rule of the default bus matches changes of service control policies'
    END AS reason
FROM aws_account AS subject
LEFT JOIN best ON best.account_id = subject.account_id
