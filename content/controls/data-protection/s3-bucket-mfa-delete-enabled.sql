-- ---
-- id = "s3-bucket-mfa-delete-enabled"
-- title = "Versioned buckets take a second factor to delete versions"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "With MFA delete, stolen keys cannot remove old versions or turn versioning off."
-- limits = "Where versions are not kept, or a lifecycle rule removes objects (which excludes MFA delete), there is nothing to judge."
-- fix = "Turn MFA delete on with the root user's device, or protect the versions with object lock."
-- owner = "security-engineer"
-- size = "M"
-- after = ["s3-bucket-versioning-enabled"]
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html"]
-- ---
WITH with_lifecycle AS (
    SELECT DISTINCT arn, account_id FROM aws_s3_bucket_lifecycle_rule WHERE enabled
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE
        WHEN versioning.arn IS NULL THEN 'unknown'
        WHEN NOT versioning.versioning_enabled THEN 'not_applicable'
        WHEN versioning.versioning_mfa_delete THEN 'pass'
        WHEN with_lifecycle.arn IS NOT NULL THEN 'not_applicable'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN versioning.arn IS NULL THEN 'versioning was not read'
        WHEN NOT versioning.versioning_enabled THEN 'the bucket keeps no versions'
        WHEN versioning.versioning_mfa_delete THEN 'MFA delete is on'
        WHEN with_lifecycle.arn IS NOT NULL THEN 'a lifecycle rule excludes MFA delete'
        ELSE 'MFA delete is off'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN aws_s3_bucket_versioning AS versioning
    ON versioning.arn = bucket.arn AND versioning.account_id = bucket.account_id
LEFT JOIN with_lifecycle ON with_lifecycle.arn = bucket.arn AND with_lifecycle.account_id = bucket.account_id
