-- ---
-- id = "s3-log-bucket-writers-limited"
-- title = "Only log services write to buckets of logs"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "Who can write or delete in the bucket of logs can plant evidence or remove it."
-- limits = "Judges the bucket policy; what IAM policies of the bucket's own account allow is not seen. Only buckets that a log service may write to by their policy are judged; a statement that lets everybody write is the finding of the controls on public buckets."
-- fix = "Take writing and deleting away from every principal of the bucket policy that is no log service."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html"]
-- ---
WITH service_bucket AS (
    SELECT DISTINCT arn, account_id FROM standfast_log_grant
),
other_writers AS (
    SELECT arn, account_id, string_agg(DISTINCT principal, ', ' ORDER BY principal) AS principals
    FROM (
        SELECT arn, account_id, unnest(s['principals']) AS principal
        FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_s3_bucket_policy)
        WHERE s['effect'] = 'Allow'
            -- What is open to everybody is another control's finding.
            AND NOT (
                coalesce(array_length(s['conditions']), 0) = 0
                AND (array_has(s['principals'], '*:*') OR array_has(s['principals'], 'AWS:*'))
            )
            AND (
                regexp_like(array_to_string(s['actions'], chr(10)), '(?m)^(\*|s3:(\*|p\*|put.*|d\*|delete.*|replicate.*|bypass.*))$')
                OR coalesce(array_length(s['not_actions']), 0) > 0
            )
    )
    WHERE principal NOT LIKE 'Service:%'
    GROUP BY arn, account_id
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE
        WHEN service_bucket.arn IS NULL THEN 'not_applicable'
        WHEN other_writers.arn IS NOT NULL THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN service_bucket.arn IS NULL THEN 'no log service may write to it'
        WHEN other_writers.arn IS NOT NULL THEN 'may write too: ' || other_writers.principals
        ELSE 'only services may write'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN service_bucket ON service_bucket.arn = bucket.arn AND service_bucket.account_id = bucket.account_id
LEFT JOIN other_writers ON other_writers.arn = bucket.arn AND other_writers.account_id = bucket.account_id
