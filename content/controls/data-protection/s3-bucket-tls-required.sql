-- ---
-- id = "s3-bucket-tls-required"
-- title = "Buckets refuse requests without TLS"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "A request over plain HTTP can be read and changed on its way; only the bucket's policy can refuse it."
-- limits = "Only an unconditional deny for everybody, all actions and all objects counts; a policy that reaches the same by other words fails."
-- fix = "Add a statement that denies `s3:*` to everybody where `aws:SecureTransport` is false, on the bucket and its objects."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html"]
-- ---
WITH refusing AS (
    SELECT DISTINCT arn, account_id
    FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_s3_bucket_policy)
    WHERE s['effect'] = 'Deny'
        AND (array_has(s['principals'], '*:*') OR array_has(s['principals'], 'AWS:*'))
        AND (array_has(s['actions'], 's3:*') OR array_has(s['actions'], '*'))
        AND (
            array_has(s['resources'], '*') OR array_has(s['resources'], arn || '/*') OR array_has(s['resources'], arn || '*')
        )
        AND regexp_like(array_to_string(s['conditions'], chr(10)), '(?i)^bool(ifexists)?\|aws:securetransport\|false$')
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE WHEN refusing.arn IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN refusing.arn IS NOT NULL THEN 'the policy denies requests without TLS'
        WHEN policy.arn IS NULL THEN 'the bucket has no policy'
        ELSE 'the policy does not deny requests without TLS'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN aws_s3_bucket_policy AS policy ON policy.arn = bucket.arn AND policy.account_id = bucket.account_id
LEFT JOIN refusing ON refusing.arn = bucket.arn AND refusing.account_id = bucket.account_id
