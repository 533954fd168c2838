-- ---
-- id = "cloudtrail-log-validation-enabled"
-- title = "Log files of trails are validated by digests"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_cloudtrail_trail"
-- when_empty = "not_applicable"
-- why = "Without digest files nobody can prove that a log file was not changed or removed after it was delivered."
-- limits = "Says that digests are written, not that anybody validates them."
-- fix = "Turn it on: `aws cloudtrail update-trail --name NAME --enable-log-file-validation`."
-- owner = "security-engineer"
-- size = "S"
-- after = ["cloudtrail-multi-region-logging"]
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html"]
-- ---
SELECT
    trail.arn AS resource,
    trail.account_id,
    trail.region,
    CASE WHEN trail.log_file_validation_enabled THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN trail.log_file_validation_enabled THEN 'digest files are written' ELSE 'no digest files are written' END AS reason
FROM aws_cloudtrail_trail AS trail
-- Only the account that owns a trail can set it.
WHERE split_part(trail.arn, ':', 5) = trail.account_id
