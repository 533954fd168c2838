-- ---
-- id = "cloudtrail-bucket-not-public"
-- title = "Buckets of trails are closed to the public"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_cloudtrail_trail"
-- when_empty = "not_applicable"
-- why = "Audit logs show an attacker every name, role and habit of the organization."
-- limits = "Access that the policy grants to single foreign accounts is not counted as public."
-- fix = "Turn on all four settings of the bucket's public access block and remove the public statements or grants."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"]
-- ---
WITH taker AS (
    -- One row for each bucket that trails write to; one whose account was not read stands in the account that owns the trail.
    SELECT
        'arn:' || trail.partition || ':s3:::' || trail.s3_bucket_name AS arn,
        trail.s3_bucket_name AS name,
        coalesce(min(bucket.account_id), min(split_part(trail.arn, ':', 5))) AS account_id,
        coalesce(min(bucket.region), min(trail.region)) AS region,
        count(bucket.arn) > 0 AS was_read
    FROM aws_cloudtrail_trail AS trail
    LEFT JOIN aws_s3_bucket AS bucket ON bucket.name = trail.s3_bucket_name AND bucket.partition = trail.partition
    WHERE trail.s3_bucket_name <> ''
    GROUP BY trail.partition, trail.s3_bucket_name
),

public_policy AS (
    SELECT statement.arn
    FROM (SELECT arn, unnest(policy_statements(policy)) AS s FROM aws_s3_bucket_policy) AS statement
    LEFT JOIN aws_s3_bucket_policy_status AS said ON said.arn = statement.arn
    WHERE statement.s['effect'] = 'Allow'
        AND (array_has(statement.s['principals'], '*:*') OR array_has(statement.s['principals'], 'AWS:*'))
        AND coalesce(said.bucket_policy_is_public, coalesce(array_length(statement.s['conditions']), 0) = 0)
    GROUP BY statement.arn
),

public_grant AS (
    SELECT arn
    FROM aws_s3_bucket_acl_grant
    WHERE grantee LIKE '%/groups/global/AllUsers' OR grantee LIKE '%/groups/global/AuthenticatedUsers'
    GROUP BY arn
),

judged AS (
    SELECT
        taker.*,
        public_policy.arn IS NOT NULL
            AND NOT coalesce(block.restrict_public_buckets, false) AND NOT coalesce(settings.restrict_public_buckets, false) AS by_policy,
        public_grant.arn IS NOT NULL
            AND NOT coalesce(block.ignore_public_acls, false) AND NOT coalesce(settings.ignore_public_acls, false) AS by_grant
    FROM taker
    LEFT JOIN public_policy ON public_policy.arn = taker.arn
    LEFT JOIN public_grant ON public_grant.arn = taker.arn
    LEFT JOIN aws_s3_bucket_public_access_block AS block ON block.arn = taker.arn AND block.account_id = taker.account_id
    LEFT JOIN aws_s3_account_settings AS settings ON settings.account_id = taker.account_id
)

SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN NOT was_read THEN 'unknown' WHEN by_policy OR by_grant THEN 'fail' ELSE 'pass' END AS status,
    CASE
        WHEN NOT was_read THEN 'the bucket is in an account that was not read'
        WHEN by_policy THEN 'its policy lets everybody in'
        WHEN by_grant THEN 'its access control list lets everybody in'
        ELSE 'neither policy nor access control list lets everybody in'
    END AS reason
FROM judged
