-- ---
-- id = "config-history-in-log-archive"
-- title = "AWS Config delivers to the log-archive account"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_config_delivery_channel"
-- when_empty = "not_applicable"
-- why = "A history in the account that it tells of can be removed by whoever took that account over."
-- limits = "The log-archive account is the one that the design names, by name or id. A bucket whose account was not read is unknown."
-- fix = "Point the delivery channel at the bucket of the log-archive account."
-- owner = "security-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html"]
-- ---
SELECT
    channel.arn AS resource,
    channel.account_id,
    channel.region,
    CASE
        WHEN coalesce(channel.s3_bucket_name, '') = '' OR NOT own.in_organization THEN 'not_applicable'
        WHEN bucket.account_id IS NULL THEN 'unknown'
        WHEN account.account_id = $accounts_log_archive OR account.name = $accounts_log_archive THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN coalesce(channel.s3_bucket_name, '') = '' THEN 'the channel names no bucket'
        WHEN NOT own.in_organization THEN 'the account is in no organization that was read'
        WHEN bucket.account_id IS NULL THEN 'bucket ' || channel.s3_bucket_name || ' is in an account that was not read'
        ELSE 'bucket ' || channel.s3_bucket_name || ' is in account ' || coalesce(account.name, '') || ' (' || bucket.account_id || ')'
    END AS reason
FROM aws_config_delivery_channel AS channel
INNER JOIN aws_account AS own ON own.account_id = channel.account_id
-- Names of buckets are unique in a partition; the bucket may be in another account.
LEFT JOIN aws_s3_bucket AS bucket ON bucket.name = channel.s3_bucket_name AND bucket.partition = channel.partition
LEFT JOIN aws_account AS account ON account.account_id = bucket.account_id
