-- ---
-- id = "s3-log-bucket-object-lock-enabled"
-- title = "Buckets of service logs lock what was written"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "Locked logs cannot be changed or removed before their time, not even by an administrator whose keys were stolen."
-- limits = "Only buckets that a log service may write to by their policy are judged: access logs cannot be delivered to a locked bucket."
-- fix = "Turn on object lock with a default retention in the log bucket."
-- owner = "platform-engineer"
-- size = "M"
-- after = ["s3-bucket-versioning-enabled"]
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html"]
-- ---
WITH service_bucket AS (
    SELECT DISTINCT arn, account_id FROM standfast_log_grant
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE
        WHEN service_bucket.arn IS NULL THEN 'not_applicable'
        WHEN lock.object_lock_enabled AND lock.default_retention_days > 0 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN service_bucket.arn IS NULL THEN 'no log service may write to it'
        WHEN lock.arn IS NULL OR NOT lock.object_lock_enabled THEN 'object lock is off'
        WHEN lock.default_retention_days IS NULL THEN 'object lock is on without a default retention'
        ELSE 'locked for ' || lock.default_retention_days || ' days in mode ' || coalesce(lock.default_retention_mode, 'unknown')
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN service_bucket ON service_bucket.arn = bucket.arn AND service_bucket.account_id = bucket.account_id
LEFT JOIN aws_s3_bucket_object_lock AS lock ON lock.arn = bucket.arn AND lock.account_id = bucket.account_id
