-- ---
-- id = "s3-access-point-public-access-blocked"
-- title = "Access points block public access"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_s3_access_point"
-- when_empty = "not_applicable"
-- why = "An access point has a policy of its own: without the block, it opens a bucket that is closed itself."
-- limits = "Says nothing about the named accounts that the access point's policy lets in. The block cannot be changed once the access point exists."
-- fix = "Make the access point anew with the four settings of Block Public Access on."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html"]
-- ---
SELECT
    block.arn AS resource,
    block.account_id,
    block.region,
    CASE WHEN block.block_public_acls AND block.block_public_policy AND block.ignore_public_acls AND block.restrict_public_buckets THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN block.block_public_acls AND block.block_public_policy AND block.ignore_public_acls AND block.restrict_public_buckets THEN 'all four settings are on'
        ELSE 'off: ' || concat_ws(
            ', ',
            CASE WHEN NOT block.block_public_acls THEN 'BlockPublicAcls' END,
            CASE WHEN NOT block.block_public_policy THEN 'BlockPublicPolicy' END,
            CASE WHEN NOT block.ignore_public_acls THEN 'IgnorePublicAcls' END,
            CASE WHEN NOT block.restrict_public_buckets THEN 'RestrictPublicBuckets' END
        )
    END AS reason
FROM aws_s3_access_point AS block
