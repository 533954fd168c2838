-- ---
-- id = "s3-bucket-policy-rights-of-others-limited"
-- title = "Bucket policies let other accounts change no protection"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "An account that may change the policy, the encryption or the lists of a bucket can open it to the world."
-- limits = "Concerns the rights to change policy, lists and encryption; who else is named is judged by another control."
-- fix = "Leave other accounts only the object actions that they need."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html"]
-- ---
WITH wide AS (
    SELECT arn, account_id, string_agg(DISTINCT principal, ', ' ORDER BY principal) AS principals
    FROM (
        SELECT arn, account_id, unnest(s['principals']) AS principal
        FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_s3_bucket_policy)
        WHERE s['effect'] = 'Allow'
            AND regexp_like(
                array_to_string(s['actions'], chr(10)),
                '(?m)^(\*|s3:(\*|p\*|put\*|d\*|delete\*|put\*acl|putbucket\*|deletebucket\*|deletebucketpolicy|putbucketacl|putbucketpolicy|putencryptionconfiguration|putobjectacl))$'
            )
    )
    WHERE regexp_like(principal, '^AWS:(arn:[a-z-]+:(iam|sts)::)?[0-9]{12}(:.*)?$')
        AND strpos(principal, account_id) = 0
    GROUP BY arn, account_id
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE WHEN wide.arn IS NOT NULL THEN 'fail' ELSE 'pass' END AS status,
    CASE
        WHEN wide.arn IS NOT NULL THEN 'may change the protection: ' || wide.principals
        ELSE 'no other account may change the protection'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN wide ON wide.arn = bucket.arn AND wide.account_id = bucket.account_id
