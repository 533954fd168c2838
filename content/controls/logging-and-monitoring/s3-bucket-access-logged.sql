-- ---
-- id = "s3-bucket-access-logged"
-- title = "Access to buckets is logged"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "Without access logs nobody can say who read what after a leak."
-- limits = "Object events of CloudTrail, which can take the place of access logs, do not count here. Buckets of trails are judged by cloudtrail-bucket-access-logged."
-- fix = "Turn on server access logging into the region's log bucket."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html"]
-- ---
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE
        WHEN of_trail.name IS NOT NULL THEN 'not_applicable'
        WHEN logging.arn IS NOT NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN of_trail.name IS NOT NULL THEN 'trails write to it: another control judges it'
        WHEN logging.arn IS NOT NULL THEN 'logged to ' || logging.target_bucket || '/' || logging.target_prefix
        ELSE 'access is not logged'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN aws_s3_bucket_logging AS logging ON logging.arn = bucket.arn AND logging.account_id = bucket.account_id
LEFT JOIN (
    SELECT DISTINCT partition, s3_bucket_name AS name FROM aws_cloudtrail_trail WHERE s3_bucket_name <> ''
) AS of_trail ON of_trail.name = bucket.name AND of_trail.partition = bucket.partition
