-- ---
-- id = "s3-bucket-lifecycle-set"
-- title = "Buckets have a lifecycle"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "Data that nobody removes is kept beyond its purpose: it can still leak, and it costs."
-- limits = "Any rule that is on counts; whether its days fit the data is not judged. Buckets of logs are judged by s3-log-bucket-retention-set and s3-log-bucket-archive-set."
-- fix = "Add lifecycle rules for the data's retention, old versions and uploads that were not finished."
-- owner = "workload-owner"
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
rules AS (
    SELECT arn, account_id, count(*) AS total, sum(CASE WHEN enabled THEN 1 ELSE 0 END) AS active
    FROM aws_s3_bucket_lifecycle_rule
    GROUP BY arn, account_id
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE
        WHEN log_bucket.arn IS NOT NULL THEN 'not_applicable'
        WHEN rules.active > 0 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN log_bucket.arn IS NOT NULL THEN 'a bucket of logs: other controls judge its lifecycle'
        WHEN rules.active > 0 THEN 'lifecycle rules that are on: ' || rules.active
        WHEN rules.total > 0 THEN 'lifecycle rules, all of them off: ' || rules.total
        ELSE 'the bucket has no lifecycle rule'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN rules ON rules.arn = bucket.arn AND rules.account_id = bucket.account_id
LEFT JOIN log_bucket ON log_bucket.arn = bucket.arn AND log_bucket.account_id = bucket.account_id
