-- ---
-- id = "iam-password-policy-present"
-- title = "The account has a password policy of its own"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Without one the default of AWS holds: eight characters, no expiry, and old passwords may come back."
-- limits = "Says that a policy is set; each of its values is judged by a control of its own. It binds IAM users only: people who sign in through federation have their directory's policy."
-- fix = "Set the account's password policy to the values of the design."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN policy.account_id IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN policy.account_id IS NOT NULL THEN 'the account has a password policy'
        ELSE 'the account has no password policy, so the default of AWS holds'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_account_password_policy AS policy ON policy.account_id = account.account_id
