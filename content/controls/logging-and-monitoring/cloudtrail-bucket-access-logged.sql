-- ---
-- id = "cloudtrail-bucket-access-logged"
-- title = "Buckets of trails log who reaches them"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_cloudtrail_trail"
-- when_empty = "not_applicable"
-- why = "Whoever reads or removes audit logs should leave a trace where the logs themselves do not."
-- limits = "Server access logs only; data events of the bucket are judged by the controls on S3 events."
-- fix = "Turn on server access logging of the bucket with another bucket as its target."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-logging-s3-bucket-access.html", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html"]
-- ---
WITH taker AS (
    -- One row for each bucket that trails write to; one whose account was not read stands in the account that owns the trail.
    SELECT
        'arn:' || trail.partition || ':s3:::' || trail.s3_bucket_name AS arn,
        trail.s3_bucket_name AS name,
        coalesce(min(bucket.account_id), min(split_part(trail.arn, ':', 5))) AS account_id,
        coalesce(min(bucket.region), min(trail.region)) AS region,
        count(bucket.arn) > 0 AS was_read
    FROM aws_cloudtrail_trail AS trail
    LEFT JOIN aws_s3_bucket AS bucket ON bucket.name = trail.s3_bucket_name AND bucket.partition = trail.partition
    WHERE trail.s3_bucket_name <> ''
    GROUP BY trail.partition, trail.s3_bucket_name
)

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
FROM taker
LEFT JOIN aws_s3_bucket_logging AS logging ON logging.arn = taker.arn AND logging.account_id = taker.account_id
