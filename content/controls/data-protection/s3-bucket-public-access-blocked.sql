-- ---
-- id = "s3-bucket-public-access-blocked"
-- title = "Every bucket blocks public access by itself"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "The block of a bucket holds when a policy, a list or the block of the account changes by mistake."
-- limits = "The block of the account is judged by a control of its own; a bucket without a block of its own fails even where the account has one."
-- fix = "Turn on the four settings of Block Public Access for the bucket."
-- owner = "workload-owner"
-- size = "S"
-- after = ["s3-account-public-access-blocked"]
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"]
-- ---
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE WHEN block.block_public_acls AND block.block_public_policy AND block.ignore_public_acls AND block.restrict_public_buckets THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN block.arn IS NULL THEN 'the bucket has no public access block'
        WHEN block.block_public_acls AND block.block_public_policy AND block.ignore_public_acls AND block.restrict_public_buckets THEN 'all four settings are on'
        ELSE 'off: ' || concat_ws(
            ', ',
            CASE WHEN NOT block.block_public_acls THEN 'BlockPublicAcls' END,
            CASE WHEN NOT block.block_public_policy THEN 'BlockPublicPolicy' END,
            CASE WHEN NOT block.ignore_public_acls THEN 'IgnorePublicAcls' END,
            CASE WHEN NOT block.restrict_public_buckets THEN 'RestrictPublicBuckets' END
        )
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN aws_s3_bucket_public_access_block AS block
    ON block.arn = bucket.arn AND block.account_id = bucket.account_id
