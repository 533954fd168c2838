-- ---
-- id = "s3-bucket-encrypted-with-kms"
-- title = "Buckets encrypt new objects with KMS"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "With a KMS key, reading takes the key's permission too, each use is logged, and the key can be taken away."
-- limits = "Looks at the default for new objects; objects that are there already keep their encryption."
-- fix = "Set default encryption to SSE-KMS with the design's key and a bucket key."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html"]
-- ---
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE WHEN encryption.sse_algorithm IN ('aws:kms', 'aws:kms:dsse') THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN encryption.arn IS NULL THEN 'the bucket has no default encryption'
        ELSE 'new objects are encrypted with ' || encryption.sse_algorithm
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN aws_s3_bucket_encryption AS encryption
    ON encryption.arn = bucket.arn AND encryption.account_id = bucket.account_id
