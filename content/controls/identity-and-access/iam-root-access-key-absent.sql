-- ---
-- id = "iam-root-access-key-absent"
-- title = "The root user has no access key"
-- severity = "critical"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "A root key opens the whole account, cannot be limited by any IAM policy, and needs no second factor."
-- limits = "The account summary counts keys, active or not, and does not say which; whether one was used is told by iam-root-unused."
-- fix = "Sign in as root and delete the key, or remove it centrally: `aws iam delete-access-key` in a root session of the organization."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user_manage_delete-key.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN summary.account_access_keys_present IS NULL THEN 'unknown'
        WHEN summary.account_access_keys_present THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN summary.account_access_keys_present IS NULL THEN 'the account summary does not tell'
        WHEN summary.account_access_keys_present THEN 'the root user has an access key'
        ELSE 'the root user has no access key'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_account_summary AS summary ON summary.account_id = account.account_id
