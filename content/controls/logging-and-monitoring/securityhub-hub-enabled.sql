-- ---
-- id = "securityhub-hub-enabled"
-- title = "Security Hub is on in every region"
-- severity = "high"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "fail"
-- why = "Findings of GuardDuty, Access Analyzer, Inspector and Config lie in four places until Security Hub brings them into one."
-- limits = "Which standards are on is judged by another control."
-- fix = "Turn it on for the organization from the audit account, with all regions and accounts."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-settingup.html"]
-- ---
WITH hub AS (
    SELECT DISTINCT account_id, region FROM aws_securityhub_hub
)

SELECT
    area.arn AS resource,
    area.account_id,
    area.region,
    CASE WHEN hub.account_id IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN hub.account_id IS NOT NULL THEN 'on' ELSE 'off' END AS reason
FROM aws_region AS area
LEFT JOIN hub ON hub.account_id = area.account_id AND hub.region = area.region
