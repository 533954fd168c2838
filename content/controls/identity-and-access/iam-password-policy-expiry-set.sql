-- ---
-- id = "iam-password-policy-expiry-set"
-- title = "Passwords expire"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "A password that leaked unnoticed is good until it is changed."
-- limits = "Users whose password is changed by hand, and the directory behind federation, are not bound by it. That there is no policy at all is the finding of iam-password-policy-present."
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
        WHEN policy.expire_passwords AND policy.max_password_age <= $password_policy_max_age_days THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN policy.account_id IS NULL THEN 'the account has no password policy, which another control reports'
        WHEN NOT policy.expire_passwords OR policy.max_password_age IS NULL THEN 'passwords never expire'
        ELSE 'passwords expire after ' || policy.max_password_age || ' days'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_account_password_policy AS policy ON policy.account_id = account.account_id
