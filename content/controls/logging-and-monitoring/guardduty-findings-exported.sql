-- ---
-- id = "guardduty-findings-exported"
-- title = "Findings of GuardDuty are kept beyond 90 days"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_guardduty_detector"
-- when_empty = "not_applicable"
-- why = "GuardDuty forgets a finding after 90 days; an incident that is found later needs it."
-- limits = "Detectors that another account administers are not judged: their findings are exported there."
-- fix = "Export findings to the log-archive account's bucket: `aws guardduty create-publishing-destination`."
-- owner = "security-engineer"
-- size = "S"
-- after = ["guardduty-detector-enabled"]
-- refs = ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html"]
-- ---
WITH destination AS (
    SELECT detector_arn, bool_or(status = 'PUBLISHING') AS publishes, min(status) AS status
    FROM aws_guardduty_publishing_destination
    GROUP BY detector_arn
)

SELECT
    detector.arn AS resource,
    detector.account_id,
    detector.region,
    CASE
        WHEN detector.status <> 'ENABLED' OR administrator.detector_arn IS NOT NULL THEN 'not_applicable'
        WHEN destination.publishes THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN detector.status <> 'ENABLED' THEN 'the detector is suspended'
        WHEN administrator.detector_arn IS NOT NULL THEN 'administered from ' || administrator.administrator_account_id
        WHEN destination.publishes THEN 'findings are exported'
        WHEN destination.status IS NOT NULL THEN 'the export is ' || destination.status
        ELSE 'findings are not exported'
    END AS reason
FROM aws_guardduty_detector AS detector
LEFT JOIN aws_guardduty_administrator AS administrator ON administrator.detector_arn = detector.arn
LEFT JOIN destination ON destination.detector_arn = detector.arn
