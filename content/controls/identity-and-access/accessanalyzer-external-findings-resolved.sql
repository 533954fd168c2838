-- ---
-- id = "accessanalyzer-external-findings-resolved"
-- title = "No finding of access from outside is left open"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_accessanalyzer_analyzer"
-- when_empty = "not_applicable"
-- why = "Each open finding is a door to strangers that nobody approved and nobody closed."
-- limits = "Counts findings; which resources they name is said by Access Analyzer. Archived findings were approved by somebody."
-- fix = "Go through the findings: close what was not meant, archive what was approved."
-- owner = "workload-owner"
-- size = "M"
-- after = ["accessanalyzer-external-access-watched"]
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-work-with-findings.html"]
-- ---
SELECT
    analyzer.arn AS resource,
    analyzer.account_id,
    analyzer.region,
    CASE
        WHEN analyzer.type NOT IN ('ACCOUNT', 'ORGANIZATION') THEN 'not_applicable'
        WHEN statistics.total_active_findings IS NULL THEN 'unknown'
        WHEN statistics.total_active_findings = 0 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN analyzer.type NOT IN ('ACCOUNT', 'ORGANIZATION') THEN 'the analyzer does not look for access from outside'
        WHEN statistics.total_active_findings IS NULL THEN 'the number of findings was not read'
        ELSE statistics.total_active_findings || ' findings are open'
    END AS reason
FROM aws_accessanalyzer_analyzer AS analyzer
LEFT JOIN aws_accessanalyzer_findings_statistics AS statistics
    ON statistics.analyzer_arn = analyzer.arn AND statistics.account_id = analyzer.account_id AND statistics.region = analyzer.region
