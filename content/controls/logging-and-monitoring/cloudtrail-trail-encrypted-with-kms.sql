-- ---
-- id = "cloudtrail-trail-encrypted-with-kms"
-- title = "Log files of trails are encrypted with a KMS key"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_cloudtrail_trail"
-- when_empty = "not_applicable"
-- why = "With a key of KMS, reading the logs takes a right on the key too, and each use of it is recorded."
-- limits = "Does not look at the key's policy."
-- fix = "Give the trail the key of the design: `aws cloudtrail update-trail --name NAME --kms-key-id KEY`; the key's policy must let CloudTrail encrypt."
-- owner = "security-engineer"
-- size = "S"
-- after = ["cloudtrail-multi-region-logging"]
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html"]
-- ---
SELECT
    trail.arn AS resource,
    trail.account_id,
    trail.region,
    CASE WHEN coalesce(trail.kms_key_id, '') <> '' THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN coalesce(trail.kms_key_id, '') <> '' THEN 'encrypted with ' || trail.kms_key_id ELSE 'encrypted with a key of S3' END AS reason
FROM aws_cloudtrail_trail AS trail
-- Only the account that owns a trail can set it.
WHERE split_part(trail.arn, ':', 5) = trail.account_id
