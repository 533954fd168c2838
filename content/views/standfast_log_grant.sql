-- ---
-- name = "standfast_log_grant"
-- about = "A statement of a bucket policy that lets a log service write into the bucket, with its `sid` and its `conditions`, one a line."
-- ---
SELECT
    arn,
    account_id,
    s['sid'] AS sid,
    array_to_string(s['conditions'], chr(10)) AS conditions
FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_s3_bucket_policy)
WHERE s['effect'] = 'Allow'
    AND regexp_like(array_to_string(s['actions'], chr(10)), '(?m)^(\*|s3:(\*|put\*|putobject))$')
    AND regexp_like(
        array_to_string(s['principals'], chr(10)),
        '(?m)^Service:(cloudtrail|config|delivery\.logs|logdelivery\.elasticloadbalancing|logging\.s3)\.amazonaws\.com$'
    )
