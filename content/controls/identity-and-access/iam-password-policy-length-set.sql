-- ---
-- id = "iam-password-policy-length-set"
-- title = "Passwords have a minimum length"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Short passwords are guessed."
-- limits = "Passwords that are older than the policy may be shorter until they are changed. That there is no policy at all is the finding of iam-password-policy-present."
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
        WHEN policy.minimum_password_length IS NULL THEN 'unknown'
        WHEN policy.minimum_password_length >= $password_policy_minimum_length THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN policy.account_id IS NULL THEN 'the account has no password policy, which another control reports'
        WHEN policy.minimum_password_length IS NULL THEN 'the password policy does not tell'
        ELSE 'at least ' || policy.minimum_password_length || ' characters'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_account_password_policy AS policy ON policy.account_id = account.account_id
