-- ---
-- id = "guardduty-s3-protection-enabled"
-- title = "GuardDuty watches reads and writes of S3 objects"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_guardduty_detector"
-- when_empty = "not_applicable"
-- why = "Stolen credentials show first where the data is: unusual reads of objects are seen by this plan only."
-- limits = "A detector that lists no such plan is taken for one in a region that does not offer it."
-- fix = "Turn the plan on for all accounts in the organization's GuardDuty settings, from the audit account."
-- owner = "security-engineer"
-- size = "S"
-- after = ["guardduty-detector-enabled"]
-- refs = ["https://docs.aws.amazon.com/guardduty/latest/ug/s3-protection.html"]
-- ---
WITH plan AS (
    SELECT feature.detector_arn, bool_or(feature.status = 'ENABLED') AS enabled
    FROM aws_guardduty_detector_feature AS feature
    WHERE (feature.name = 'S3_DATA_EVENTS' AND feature.additional = '')
    GROUP BY feature.detector_arn
)

SELECT
    detector.arn AS resource,
    detector.account_id,
    detector.region,
    CASE
        WHEN detector.status <> 'ENABLED' OR plan.enabled IS NULL THEN 'not_applicable'
        WHEN plan.enabled THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN detector.status <> 'ENABLED' THEN 'the detector is suspended'
        WHEN plan.enabled IS NULL THEN 'the region does not offer S3 protection'
        WHEN plan.enabled THEN 'S3 protection is on'
        ELSE 'S3 protection is off'
    END AS reason
FROM aws_guardduty_detector AS detector
LEFT JOIN plan ON plan.detector_arn = detector.arn
