-- ---
-- id = "securityhub-standards-enabled"
-- title = "The design's standards are on in Security Hub"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_securityhub_hub"
-- when_empty = "not_applicable"
-- why = "Without a standard, Security Hub checks nothing by itself."
-- limits = "A standard counts in any version. What its checks find is not judged here."
-- fix = "Turn the standards on: `aws securityhub batch-enable-standards`, or by a central configuration policy."
-- owner = "security-engineer"
-- size = "S"
-- after = ["securityhub-hub-enabled"]
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html"]
-- ---
WITH enabled AS (
    SELECT DISTINCT account_id, region, regexp_replace(standards_arn, '^.*(?:standards|ruleset)/([^/]+)/.*$', '\1') AS name
    FROM aws_securityhub_standards_subscription
    WHERE standards_status IN ('READY', 'INCOMPLETE', 'PENDING')
),

summary AS (
    SELECT account_id, region, count(*) AS present, array_agg(name) AS names
    FROM enabled
    WHERE array_has($security_hub_standards, name)
    GROUP BY account_id, region
)

SELECT
    hub.hub_arn AS resource,
    hub.account_id,
    hub.region,
    CASE WHEN coalesce(summary.present, 0) = coalesce(array_length($security_hub_standards), 0) THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN coalesce(summary.present, 0) = coalesce(array_length($security_hub_standards), 0) THEN 'the standards of the design are on'
        WHEN summary.present IS NULL THEN 'off: ' || array_to_string($security_hub_standards, ', ')
        ELSE 'off: ' || array_to_string(array_except($security_hub_standards, summary.names), ', ')
    END AS reason
FROM aws_securityhub_hub AS hub
LEFT JOIN summary ON summary.account_id = hub.account_id AND summary.region = hub.region
