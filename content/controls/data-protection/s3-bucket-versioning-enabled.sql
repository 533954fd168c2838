-- ---
-- id = "s3-bucket-versioning-enabled"
-- title = "Buckets keep old versions of their objects"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "With versions, what was overwritten or deleted, by mistake or by an attacker, can be had back."
-- limits = "Does not say how long old versions stay: the lifecycle decides."
-- fix = "Turn versioning on, with a lifecycle rule that removes old versions."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html"]
-- ---
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE
        WHEN versioning.versioning_enabled THEN 'pass'
        WHEN versioning.arn IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN versioning.versioning_enabled THEN 'versioning is on'
        WHEN versioning.arn IS NULL THEN 'versioning was not read'
        ELSE 'versioning is ' || lower(coalesce(versioning.versioning_status, 'off'))
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN aws_s3_bucket_versioning AS versioning
    ON versioning.arn = bucket.arn AND versioning.account_id = bucket.account_id
