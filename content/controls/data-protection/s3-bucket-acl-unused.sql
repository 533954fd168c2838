-- ---
-- id = "s3-bucket-acl-unused"
-- title = "Buckets grant access by policy, not by access control list"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "Access control lists are easy to overlook, cannot be limited by conditions, and are what most buckets were once opened by."
-- limits = "The grants that deliver access logs do not count. Lists of single objects are not looked at."
-- fix = "Move the grants into the bucket policy and set object ownership to `BucketOwnerEnforced`, which turns lists off."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html"]
-- ---
WITH granted AS (
    SELECT arn, account_id, string_agg(
            DISTINCT split_part(grantee, '/', -1) || ' ' || permission, ', '
            ORDER BY split_part(grantee, '/', -1) || ' ' || permission
        ) AS grants
    FROM aws_s3_bucket_acl_grant
    WHERE NOT grantee_is_owner AND grantee NOT LIKE '%/groups/s3/LogDelivery'
    GROUP BY arn, account_id
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE WHEN granted.arn IS NOT NULL THEN 'fail' ELSE 'pass' END AS status,
    CASE
        WHEN granted.arn IS NOT NULL THEN 'the access control list grants ' || granted.grants
        ELSE 'the access control list has the owner alone'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN granted ON granted.arn = bucket.arn AND granted.account_id = bucket.account_id
