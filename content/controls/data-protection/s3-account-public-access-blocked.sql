-- ---
-- id = "s3-account-public-access-blocked"
-- title = "Every account blocks public access to its buckets"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "One setting of the account keeps every bucket in it private, also those that are made tomorrow."
-- limits = "Says nothing about buckets that are shared with named accounts."
-- fix = "Turn on the four settings of Block Public Access for the account, by the organization's policy or `aws s3control put-public-access-block`."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-account.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN block.block_public_acls AND block.block_public_policy AND block.ignore_public_acls AND block.restrict_public_buckets THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN block.arn IS NULL THEN 'the account has no public access block'
        WHEN block.block_public_acls AND block.block_public_policy AND block.ignore_public_acls AND block.restrict_public_buckets THEN 'all four settings are on'
        ELSE 'off: ' || concat_ws(
            ', ',
            CASE WHEN NOT block.block_public_acls THEN 'BlockPublicAcls' END,
            CASE WHEN NOT block.block_public_policy THEN 'BlockPublicPolicy' END,
            CASE WHEN NOT block.ignore_public_acls THEN 'IgnorePublicAcls' END,
            CASE WHEN NOT block.restrict_public_buckets THEN 'RestrictPublicBuckets' END
        )
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_s3_account_settings AS block ON block.account_id = account.account_id
