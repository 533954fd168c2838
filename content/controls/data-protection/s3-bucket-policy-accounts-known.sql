-- ---
-- id = "s3-bucket-policy-accounts-known"
-- title = "Bucket policies name no account from outside"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "An account outside the organization that a bucket policy names reads or writes the data by its own rules."
-- limits = "Accounts of the organization, of this run and of `accounts.trusted` in the design are known; accounts of AWS that deliver load balancer logs in older regions count as unknown."
-- fix = "Remove the account from the bucket policy, or record it as trusted in the design with the reason."
-- owner = "security-engineer"
-- size = "S"
-- after = ["s3-bucket-not-publicly-readable"]
-- refs = ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html"]
-- ---
WITH known AS (
    SELECT account_id AS id FROM aws_account
    UNION
    SELECT id FROM aws_organizations_account
),
named AS (
    SELECT
        arn,
        account_id,
        CASE
            WHEN principal LIKE 'AWS:arn:%' THEN split_part(principal, ':', 6)
            WHEN principal LIKE 'AWS:%' THEN split_part(principal, ':', 2)
        END AS id
    FROM (
        SELECT arn, account_id, unnest(s['principals']) AS principal
        FROM (SELECT arn AS arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_s3_bucket_policy)
        WHERE s['effect'] = 'Allow'
    )
),
strange AS (
    SELECT named.arn, named.account_id, string_agg(DISTINCT named.id, ', ' ORDER BY named.id) AS ids
    FROM named
    LEFT JOIN known ON known.id = named.id
    WHERE regexp_like(named.id, '^[0-9]{12}$')
        AND known.id IS NULL
        AND named.id <> named.account_id
        AND NOT array_has($accounts_trusted, named.id)
    GROUP BY named.arn, named.account_id
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE WHEN strange.arn IS NOT NULL THEN 'fail' ELSE 'pass' END AS status,
    CASE
        WHEN strange.arn IS NOT NULL THEN 'the policy names unknown accounts: ' || strange.ids
        ELSE 'the policy names no unknown account'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN strange ON strange.arn = bucket.arn AND strange.account_id = bucket.account_id
