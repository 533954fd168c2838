-- ---
-- id = "iam-root-mfa-enabled"
-- title = "The root user has a second factor"
-- severity = "critical"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "With a password alone, whoever reads the root user's mail can take the account."
-- limits = "Says that a device is registered, not where it is nor who can reach it. Root without password and keys needs none."
-- fix = "Register a second factor for root, or remove the root credentials of member accounts centrally."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN summary.account_mfa_enabled IS NULL THEN 'unknown'
        WHEN summary.account_mfa_enabled THEN 'pass'
        WHEN summary.account_password_present = false AND summary.account_access_keys_present = false THEN 'not_applicable'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN summary.account_mfa_enabled IS NULL THEN 'the account summary does not tell'
        WHEN summary.account_mfa_enabled THEN 'the root user has a second factor'
        WHEN summary.account_password_present = false AND summary.account_access_keys_present = false
            THEN 'the root user has neither password nor access key'
        ELSE 'the root user has no second factor'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_account_summary AS summary ON summary.account_id = account.account_id
