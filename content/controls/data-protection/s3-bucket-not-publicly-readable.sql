-- ---
-- id = "s3-bucket-not-publicly-readable"
-- title = "Buckets let nobody unknown read them"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "Whoever finds the name of a bucket that everybody can read has its content, without a trace that anybody looks at."
-- limits = "A public access block that holds such a policy or list back for now does not count: it is one switch away. Objects with lists of their own are not looked at. Buckets of trails are judged by cloudtrail-bucket-not-public."
-- fix = "Take the statement or the grant for everybody away; serve public content through CloudFront with an origin access control."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"]
-- ---
WITH by_policy AS (
    SELECT
        arn,
        account_id,
        bool_or(open) AS open,
        bool_or(unsure) AS unsure,
        min(CASE WHEN open THEN sid END) AS sid
    FROM standfast_bucket_opening
    WHERE by_exclusion OR regexp_like(actions, '(?m)^(\*|s3:(\*|get.*|g\*|list.*|l\*|\*get.*|\*list.*|\*object.*))$')
    GROUP BY arn, account_id
),
by_list AS (
    SELECT arn, account_id, min(split_part(grantee, '/', -1)) AS grantee
    FROM aws_s3_bucket_acl_grant
    WHERE grantee_type = 'Group'
        AND (grantee LIKE '%/global/AllUsers' OR grantee LIKE '%/global/AuthenticatedUsers')
        AND permission IN ('READ', 'READ_ACP', 'FULL_CONTROL')
    GROUP BY arn, account_id
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE
        WHEN of_trail.name IS NOT NULL THEN 'not_applicable'
        WHEN by_policy.open OR by_list.arn IS NOT NULL THEN 'fail'
        WHEN by_policy.unsure THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN of_trail.name IS NOT NULL THEN 'trails write to it: another control judges it'
        WHEN by_policy.open THEN 'the policy lets everybody read, in statement ' || by_policy.sid
        WHEN by_list.arn IS NOT NULL THEN 'the access control list lets ' || by_list.grantee || ' read'
        WHEN by_policy.unsure THEN 'whether the policy is public was not read'
        ELSE 'neither policy nor access control list lets everybody read'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN by_policy ON by_policy.arn = bucket.arn AND by_policy.account_id = bucket.account_id
LEFT JOIN by_list ON by_list.arn = bucket.arn AND by_list.account_id = bucket.account_id
LEFT JOIN (
    SELECT DISTINCT partition, s3_bucket_name AS name FROM aws_cloudtrail_trail WHERE s3_bucket_name <> ''
) AS of_trail ON of_trail.name = bucket.name AND of_trail.partition = bucket.partition
