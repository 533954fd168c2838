-- ---
-- id = "s3-bucket-key-customer-managed"
-- title = "Buckets use keys of your own"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "The policy of a key that AWS manages cannot be changed: nobody can be kept from it, and it cannot be shared, disabled or kept apart by data class."
-- limits = "A key in another account is taken as customer managed: AWS managed keys cannot be used from elsewhere. Buckets without KMS are judged by another control."
-- fix = "Set the default encryption's key to the design's key for S3."
-- owner = "workload-owner"
-- size = "S"
-- after = ["s3-bucket-encrypted-with-kms"]
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html"]
-- ---
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE
        WHEN encryption.sse_algorithm IS NULL OR encryption.sse_algorithm NOT LIKE 'aws:kms%' THEN 'not_applicable'
        WHEN encryption.kms_master_key_id IS NULL OR encryption.kms_master_key_id LIKE '%alias/aws/%' THEN 'fail'
        WHEN key.key_manager = 'AWS' THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN encryption.sse_algorithm IS NULL OR encryption.sse_algorithm NOT LIKE 'aws:kms%' THEN 'the bucket does not use KMS'
        WHEN encryption.kms_master_key_id IS NULL THEN 'new objects use the AWS managed key alias/aws/s3'
        WHEN encryption.kms_master_key_id LIKE '%alias/aws/%' OR key.key_manager = 'AWS'
            THEN 'new objects use the AWS managed key ' || encryption.kms_master_key_id
        ELSE 'new objects use ' || encryption.kms_master_key_id
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN aws_s3_bucket_encryption AS encryption
    ON encryption.arn = bucket.arn AND encryption.account_id = bucket.account_id
LEFT JOIN aws_kms_key AS key
    ON key.account_id = bucket.account_id
    AND key.region = bucket.region
    AND key.id = split_part(encryption.kms_master_key_id, '/', -1)
