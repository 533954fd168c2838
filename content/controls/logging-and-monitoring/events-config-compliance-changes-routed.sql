-- ---
-- id = "events-config-compliance-changes-routed"
-- title = "An event rule tells of resources that stop complying"
-- severity = "medium"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "A rule that finds drift is of use to whoever hears of it."
-- limits = "Patterns are read as text: a pattern with prefixes or wildcards in place of the words is not recognised, nor is one with `anything-but`. A function, queue or bus as target is believed to tell somebody."
-- fix = "Deploy the event rule of the design with CloudFormation, with the notifications topic as its target."
-- owner = "security-engineer"
-- size = "S"
-- after = ["config-recorder-recording", "sns-notifications-topic-subscribed"]
-- refs = ["https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html"]
-- ---
WITH best AS (
    SELECT account_id, region, max(reach) AS reach, min(path) AS path, min(name) AS name
    FROM standfast_event_route
    WHERE strpos(event_pattern, '"Config Rules Compliance Change"') > 0
        AND (strpos(event_pattern, '"complianceType"') = 0 OR strpos(event_pattern, '"NON_COMPLIANT"') > 0)
    GROUP BY account_id, region
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
        ELSE 'no enabled rule of the default bus matches changes of compliance'
    END AS reason
FROM aws_region AS subject
LEFT JOIN best ON best.account_id = subject.account_id AND best.region = subject.region
