-- ---
-- id = "cloudtrail-bucket-access-logged"
-- title = "Buckets of trails log who reaches them"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_cloudtrail_trail"
-- when_empty = "not_applicable"
-- why = "Whoever reads or removes audit logs should leave a trace where the logs themselves do not."
-- limits = "Server access logs only; data events of the bucket are judged by the controls on S3 events. Whether the target keeps the logs is not looked at."
-- fix = "Turn on server access logging of the bucket with another bucket as its target."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-logging-s3-bucket-access.html", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html"]
-- ---
SELECT
    taker.arn AS resource,
    taker.account_id,
    taker.region,
    CASE WHEN NOT taker.was_read THEN 'unknown' WHEN logging.target_bucket <> '' THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN NOT taker.was_read THEN 'the bucket is in an account that was not read'
        WHEN logging.target_bucket <> '' THEN 'access is logged to ' || logging.target_bucket
        ELSE 'access is not logged'
    END AS reason
FROM standfast_trail_bucket AS taker
LEFT JOIN aws_s3_bucket_logging AS logging ON logging.arn = taker.arn AND logging.account_id = taker.account_id
