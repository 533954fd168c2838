-- ---
-- id = "iam-password-policy-reuse-prevented"
-- title = "Old passwords cannot be used again"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Who may go back to an old password goes back to the one that leaked."
-- limits = "AWS remembers 24 passwords at most, and a design that asks for more always fails. That there is no policy at all is the finding of iam-password-policy-present."
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
        WHEN policy.password_reuse_prevention >= $password_policy_reuse_prevention THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN policy.account_id IS NULL THEN 'the account has no password policy, which another control reports'
        WHEN policy.password_reuse_prevention IS NULL THEN 'no password is remembered'
        ELSE 'the last ' || policy.password_reuse_prevention || ' passwords are remembered'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_account_password_policy AS policy ON policy.account_id = account.account_id
