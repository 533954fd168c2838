-- ---
-- id = "iam-password-policy-uppercase-required"
-- title = "Passwords contain an upper case letter"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Words of one kind of character are found in lists."
-- limits = "Binds new passwords of IAM users, not those that are there, nor root's. That there is no policy at all is the finding of iam-password-policy-present."
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
        WHEN policy.require_uppercase_characters THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN policy.account_id IS NULL THEN 'the account has no password policy, which another control reports'
        WHEN policy.require_uppercase_characters THEN 'an upper case letter is asked for'
        ELSE 'an upper case letter is not asked for'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_account_password_policy AS policy ON policy.account_id = account.account_id
