-- ---
-- id = "cloudtrail-bucket-in-log-archive"
-- title = "Trails write to the log-archive account"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_cloudtrail_trail"
-- when_empty = "not_applicable"
-- why = "Logs in the account that they tell of can be removed by whoever took that account over."
-- limits = "The log-archive account is the one that the design names, by name or id."
-- fix = "Point the organization trail at the bucket of the log-archive account."
-- owner = "security-engineer"
-- size = "M"
-- after = ["cloudtrail-organization-trail-present"]
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-sharing-logs-assume-role.html", "https://docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture/log-archive.html"]
-- ---
SELECT
    taker.arn AS resource,
    taker.account_id,
    taker.region,
    CASE
        WHEN NOT taker.was_read THEN 'unknown'
        WHEN NOT account.in_organization THEN 'not_applicable'
        WHEN account.account_id = $accounts_log_archive OR account.name = $accounts_log_archive THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT taker.was_read THEN 'the bucket is in an account that was not read'
        WHEN NOT account.in_organization THEN 'the account is in no organization that was read'
        ELSE 'the bucket is in account ' || account.name || ' (' || account.account_id || ')'
    END AS reason
FROM standfast_trail_bucket AS taker
LEFT JOIN aws_account AS account ON account.account_id = taker.account_id
