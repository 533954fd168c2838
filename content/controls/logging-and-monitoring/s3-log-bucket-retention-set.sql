-- ---
-- id = "s3-log-bucket-retention-set"
-- title = "Buckets of logs keep them as long as the design says"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "Logs that go too early are missing when an incident is found late; logs that never go are kept without purpose."
-- limits = "Buckets of logs are those that a log service may write to by their policy, and targets of access logs. A rule for part of the bucket (a prefix, tags, sizes) does not count."
-- fix = "Add a lifecycle rule for the whole bucket that removes objects after the design's retention."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html"]
-- ---
WITH log_bucket AS (
    SELECT arn, account_id FROM standfast_log_grant
    UNION
    SELECT bucket.arn, bucket.account_id
    FROM aws_s3_bucket AS bucket
    JOIN aws_s3_bucket_logging AS logging
        ON logging.target_bucket = bucket.name AND logging.account_id = bucket.account_id
),
retention AS (
    SELECT arn, account_id, min(expiration_days) AS days
    FROM aws_s3_bucket_lifecycle_rule
    WHERE enabled AND NOT has_filter AND prefix = '' AND expiration_days IS NOT NULL
    GROUP BY arn, account_id
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE
        WHEN log_bucket.arn IS NULL THEN 'not_applicable'
        WHEN retention.days >= $log_buckets_retention_days THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN log_bucket.arn IS NULL THEN 'no bucket of logs'
        WHEN retention.days IS NULL THEN 'no lifecycle rule says how long logs are kept'
        ELSE 'logs are removed after ' || retention.days || ' days'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN log_bucket ON log_bucket.arn = bucket.arn AND log_bucket.account_id = bucket.account_id
LEFT JOIN retention ON retention.arn = bucket.arn AND retention.account_id = bucket.account_id
