-- ---
-- id = "cloudtrail-bucket-not-public"
-- title = "Buckets of trails are closed to the public"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_cloudtrail_trail"
-- when_empty = "not_applicable"
-- why = "Audit logs show an attacker every name, role and habit of the organization."
-- limits = "Access that the policy grants to single foreign accounts is not counted as public. A public access block that holds such a policy or list back for now does not count: it is one switch away."
-- fix = "Turn on all four settings of the bucket's public access block and remove the public statements or grants."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"]
-- ---
WITH by_policy AS (
    SELECT
        arn,
        bool_or(open) AS open,
        bool_or(unsure) AS unsure,
        min(CASE WHEN open THEN sid END) AS sid
    FROM standfast_bucket_opening
    GROUP BY arn
),
by_list AS (
    SELECT arn, min(split_part(grantee, '/', -1)) AS grantee
    FROM aws_s3_bucket_acl_grant
    WHERE grantee_type = 'Group' AND (grantee LIKE '%/global/AllUsers' OR grantee LIKE '%/global/AuthenticatedUsers')
    GROUP BY arn
)
SELECT
    taker.arn AS resource,
    taker.account_id,
    taker.region,
    CASE
        WHEN NOT taker.was_read THEN 'unknown'
        WHEN by_policy.open OR by_list.arn IS NOT NULL THEN 'fail'
        WHEN by_policy.unsure THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN NOT taker.was_read THEN 'the bucket is in an account that was not read'
        WHEN by_policy.open THEN 'the policy lets everybody in, in statement ' || by_policy.sid
        WHEN by_list.arn IS NOT NULL THEN 'the access control list lets ' || by_list.grantee || ' in'
        WHEN by_policy.unsure THEN 'whether the policy is public was not read'
        ELSE 'neither policy nor access control list lets everybody in'
    END AS reason
FROM standfast_trail_bucket AS taker
LEFT JOIN by_policy ON by_policy.arn = taker.arn
LEFT JOIN by_list ON by_list.arn = taker.arn
