-- ---
-- id = "iam-password-policy-self-change-allowed"
-- title = "Users may change their own password"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Who cannot change a password lives with one that somebody else knows."
-- limits = "A policy that denies iam:ChangePassword to single users takes precedence and is not read. That there is no policy at all is the finding of iam-password-policy-present."
-- fix = "Set the account's password policy to the design's: `aws iam update-account-password-policy`."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN policy.account_id IS NULL THEN 'not_applicable'
        WHEN policy.allow_users_to_change_password THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN policy.account_id IS NULL THEN 'the account has no password policy, which another control reports'
        WHEN policy.allow_users_to_change_password THEN 'users may change their own password'
        ELSE 'users may not change their own password'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_account_password_policy AS policy ON policy.account_id = account.account_id
