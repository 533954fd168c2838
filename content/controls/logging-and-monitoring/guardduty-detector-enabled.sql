-- ---
-- id = "guardduty-detector-enabled"
-- title = "GuardDuty is on in every region"
-- severity = "high"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "fail"
-- why = "Attackers work in the regions that nobody watches; GuardDuty sees stolen credentials, mining and known bad addresses without any agent."
-- limits = "Which protection plans are on is judged by controls of their own."
-- fix = "Turn it on for the organization from the audit account, with all regions and accounts."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_settingup.html"]
-- ---
WITH detector AS (
    SELECT account_id, region, bool_or(status = 'ENABLED') AS enabled
    FROM aws_guardduty_detector
    GROUP BY account_id, region
)

SELECT
    area.arn AS resource,
    area.account_id,
    area.region,
    CASE WHEN detector.enabled THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN detector.enabled THEN 'on' WHEN detector.account_id IS NULL THEN 'there is no detector' ELSE 'the detector is suspended' END AS reason
FROM aws_region AS area
LEFT JOIN detector ON detector.account_id = area.account_id AND detector.region = area.region
