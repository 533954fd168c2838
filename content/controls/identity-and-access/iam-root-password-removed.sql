-- ---
-- id = "iam-root-password-removed"
-- title = "Member accounts have no root password"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "What does not exist cannot be stolen: with central root access, tasks that need root are done from the management account."
-- limits = "A password can come back by the recovery of root over the account's mail address: only the guardrail on root and the mailbox's own protection stop that."
-- fix = "Turn on central root access and delete the root credentials of each member account (`aws iam delete-login-profile` in a root session)."
-- owner = "security-engineer"
-- size = "M"
-- after = ["organizations-root-access-centralized"]
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-access-management.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN account.is_management OR NOT account.in_organization THEN 'not_applicable'
        WHEN summary.account_password_present IS NULL THEN 'unknown'
        WHEN summary.account_password_present THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN account.is_management THEN 'the management account keeps its root user'
        WHEN NOT account.in_organization THEN 'an account outside an organization keeps its root user'
        WHEN summary.account_password_present IS NULL THEN 'the account summary does not tell'
        WHEN summary.account_password_present THEN 'the root user has a password'
        ELSE 'the root user has no password'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_account_summary AS summary ON summary.account_id = account.account_id
