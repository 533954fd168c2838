-- ---
-- id = "cloudtrail-delivery-succeeding"
-- title = "Trails deliver their log files without errors"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_cloudtrail_trail"
-- when_empty = "not_applicable"
-- why = "A trail that logs but cannot write, because a bucket policy or a key changed, loses the events for good."
-- limits = "Sees the last delivery only."
-- fix = "Repair what the error names: mostly the policy of the bucket or the key, or the role for the log group."
-- owner = "platform-engineer"
-- size = "S"
-- after = ["cloudtrail-multi-region-logging"]
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-troubleshooting.html"]
-- ---
SELECT
    trail.arn AS resource,
    trail.account_id,
    trail.region,
    CASE
        WHEN status.trail_arn IS NULL THEN 'unknown'
        WHEN NOT status.is_logging THEN 'not_applicable'
        WHEN status.latest_delivery_error = '' AND status.latest_digest_delivery_error = ''
            AND status.latest_cloudwatch_logs_delivery_error = '' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN status.trail_arn IS NULL THEN 'the status was not read'
        WHEN NOT status.is_logging THEN 'the trail does not log'
        WHEN status.latest_delivery_error <> '' THEN 'log files: ' || status.latest_delivery_error
        WHEN status.latest_digest_delivery_error <> '' THEN 'digests: ' || status.latest_digest_delivery_error
        WHEN status.latest_cloudwatch_logs_delivery_error <> '' THEN 'log group: ' || status.latest_cloudwatch_logs_delivery_error
        ELSE 'no delivery failed'
    END AS reason
FROM aws_cloudtrail_trail AS trail
LEFT JOIN aws_cloudtrail_trail_status AS status
    ON status.trail_arn = trail.arn AND status.account_id = trail.account_id AND status.region = trail.region
WHERE split_part(trail.arn, ':', 5) = trail.account_id
