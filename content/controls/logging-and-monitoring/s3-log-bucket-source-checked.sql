-- ---
-- id = "s3-log-bucket-source-checked"
-- title = "Buckets of logs take logs only from your own accounts"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_s3_bucket"
-- when_empty = "not_applicable"
-- why = "A log service writes for every customer of AWS: without a condition, anybody can have it write their logs into your bucket."
-- limits = "Only buckets that a log service may write to by their policy are judged; a condition on account, organization or source ARN is believed. A path that holds an account id is no condition."
-- fix = "Add `aws:SourceOrgID`, `aws:SourceAccount` or `aws:SourceArn` to the statement of the log service."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html", "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html"]
-- ---
WITH open AS (
    SELECT arn, account_id, min(coalesce(nullif(sid, ''), 'without id')) AS sid
    FROM standfast_log_grant
    WHERE NOT regexp_like(
        conditions,
        '(?im)^(foranyvalue:)?(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike)\|aws:(sourceorgid|sourceorgpaths|sourceaccount|sourcearn|principalorgid)\|.*[a-z0-9]'
    )
    GROUP BY arn, account_id
),
service_bucket AS (
    SELECT DISTINCT arn, account_id FROM standfast_log_grant
)
SELECT
    bucket.arn AS resource,
    bucket.account_id,
    bucket.region,
    CASE
        WHEN service_bucket.arn IS NULL THEN 'not_applicable'
        WHEN open.arn IS NOT NULL THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN service_bucket.arn IS NULL THEN 'no log service may write to it'
        WHEN open.arn IS NOT NULL THEN 'statement ' || open.sid || ' takes logs from any account'
        ELSE 'log services write only for known sources'
    END AS reason
FROM aws_s3_bucket AS bucket
LEFT JOIN service_bucket ON service_bucket.arn = bucket.arn AND service_bucket.account_id = bucket.account_id
LEFT JOIN open ON open.arn = bucket.arn AND open.account_id = bucket.account_id
