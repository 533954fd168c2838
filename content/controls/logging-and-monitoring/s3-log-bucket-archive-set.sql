-- ---
-- id = "s3-log-bucket-archive-set"
-- title = "Buckets of logs move old logs to an archive class"
-- severity = "informational"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "Old logs are rarely read: an archive class keeps them for a fraction of the cost, so that they can be kept long enough."
-- limits = "Buckets of logs are those that a log service may write to by their policy, and targets of access logs."
-- fix = "Add a transition to a Glacier class after the design's days to the bucket's lifecycle rule."
-- owner = "platform-engineer"
-- size = "S"
-- after = ["s3-log-bucket-retention-set"]
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html"]
-- ---
WITH log_bucket AS (
    SELECT arn, account_id FROM standfast_log_grant
    UNION
    SELECT bucket.arn, bucket.account_id
    FROM aws_s3_bucket AS bucket
    JOIN aws_s3_bucket_logging AS logging
        ON logging.target_bucket = bucket.name AND logging.account_id = bucket.account_id
),
archive AS (
    SELECT arn, account_id, min(glacier_days) AS days
    FROM aws_s3_bucket_lifecycle_rule
    WHERE enabled AND NOT has_filter AND prefix = '' AND glacier_days IS NOT NULL
    GROUP BY arn, account_id
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE
        WHEN log_bucket.arn IS NULL THEN 'not_applicable'
        WHEN archive.days <= $log_buckets_archive_after_days THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN log_bucket.arn IS NULL THEN 'no bucket of logs'
        WHEN archive.days IS NULL THEN 'no lifecycle rule archives logs'
        ELSE 'logs are archived after ' || archive.days || ' days'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN log_bucket ON log_bucket.arn = bucket.arn AND log_bucket.account_id = bucket.account_id
LEFT JOIN archive ON archive.arn = bucket.arn AND archive.account_id = bucket.account_id
