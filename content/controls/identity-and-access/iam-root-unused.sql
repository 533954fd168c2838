-- ---
-- id = "iam-root-unused"
-- title = "The root user is not used"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Root stands above every policy of the account. Its use is either a task that needs it, which is rare and announced, or an intruder."
-- limits = "Sees the last use by password or access key, not how often; the alarm on root use sees every one."
-- fix = "Find out who used root and why, do daily work with roles, and alarm on every use of root."
-- owner = "security-lead"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-tasks.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN root.account_id IS NULL THEN 'unknown'
        WHEN root.last_used IS NULL THEN 'pass'
        WHEN days_between(root.last_used, $now) < $root_quiet_days THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN root.account_id IS NULL THEN 'the credential report has no row for the root user'
        WHEN root.last_used IS NULL THEN 'the root user was never used'
        ELSE 'the root user was last used ' || days_between(root.last_used, $now) || ' days ago'
    END AS reason
FROM aws_account AS account
LEFT JOIN (
    SELECT account_id, greatest(password_last_used, access_key_1_last_used_date, access_key_2_last_used_date) AS last_used
    FROM aws_iam_credential_report
    WHERE user_name = '<root_account>'
) AS root ON root.account_id = account.account_id
