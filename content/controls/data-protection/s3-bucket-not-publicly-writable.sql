-- ---
-- id = "s3-bucket-not-publicly-writable"
-- title = "Buckets let nobody unknown write to them"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "Whoever can write to a bucket can replace what others trust, delete it, or store their own things at your cost."
-- limits = "A public access block that holds such a policy or list back for now does not count: it is one switch away. Buckets of trails are judged by cloudtrail-bucket-not-public."
-- fix = "Take the statement or the grant for everybody away and give write access to the roles that need it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html"]
-- ---
WITH by_policy AS (
    SELECT
        arn,
        account_id,
        bool_or(open) AS open,
        bool_or(unsure) AS unsure,
        min(CASE WHEN open THEN sid END) AS sid
    FROM standfast_bucket_opening
    WHERE by_exclusion OR regexp_like(actions, '(?m)^(\*|s3:(\*|put.*|p\*|delete.*|d\*|replicate.*|restore.*|abort.*|bypass.*|create.*|\*put.*|\*delete.*|\*object.*))$')
    GROUP BY arn, account_id
),
by_list AS (
    SELECT arn, account_id, min(split_part(grantee, '/', -1)) AS grantee
    FROM aws_s3_bucket_acl_grant
    WHERE grantee_type = 'Group'
        AND (grantee LIKE '%/global/AllUsers' OR grantee LIKE '%/global/AuthenticatedUsers')
        AND permission IN ('WRITE', 'WRITE_ACP', 'FULL_CONTROL')
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
        WHEN by_policy.open THEN 'the policy lets everybody write, in statement ' || by_policy.sid
        WHEN by_list.arn IS NOT NULL THEN 'the access control list lets ' || by_list.grantee || ' write'
        WHEN by_policy.unsure THEN 'whether the policy is public was not read'
        ELSE 'neither policy nor access control list lets everybody write'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN by_policy ON by_policy.arn = bucket.arn AND by_policy.account_id = bucket.account_id
LEFT JOIN by_list ON by_list.arn = bucket.arn AND by_list.account_id = bucket.account_id
LEFT JOIN (
    SELECT DISTINCT partition, s3_bucket_name AS name FROM aws_cloudtrail_trail WHERE s3_bucket_name <> ''
) AS of_trail ON of_trail.name = bucket.name AND of_trail.partition = bucket.partition
