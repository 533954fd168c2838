-- ---
-- id = "iam-root-signing-certificate-absent"
-- title = "The root user has no signing certificate"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "A signing certificate of root is a permanent credential of an old kind that nobody rotates or watches."
-- limits = "The account summary says that there is one, not what it is used for."
-- fix = "Delete the root user's signing certificates."
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
        WHEN summary.account_signing_certificates_present IS NULL THEN 'unknown'
        WHEN summary.account_signing_certificates_present THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN summary.account_signing_certificates_present IS NULL THEN 'the account summary does not tell'
        WHEN summary.account_signing_certificates_present THEN 'the root user has a signing certificate'
        ELSE 'the root user has no signing certificate'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_account_summary AS summary ON summary.account_id = account.account_id
