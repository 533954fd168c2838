-- ---
-- id = "iam-user-console-access-absent"
-- title = "Nobody but the break-glass user has a console password"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_credential_report"
-- when_empty = "not_applicable"
-- why = "People belong into one directory, where they are added and removed once. A password in an account outlives the person's job."
-- limits = "Federated people are not in the credential report, which is up to four hours old; whether the password was ever used is asked by iam-user-credentials-used."
-- fix = "Give the person a permission set in Identity Center and delete the login profile."
-- owner = "security-engineer"
-- size = "M"
-- after = ["iam-federation-configured"]
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"]
-- ---
SELECT
    report.user_arn AS resource,
    report.account_id,
    report.region,
    CASE
        WHEN report.password_enabled IS NULL THEN 'unknown'
        WHEN NOT report.password_enabled THEN 'pass'
        WHEN report.user_name = $names_namespace || '-user-breakglass' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN report.password_enabled IS NULL THEN 'the credential report does not tell'
        WHEN NOT report.password_enabled THEN 'no console password'
        WHEN report.user_name = $names_namespace || '-user-breakglass' THEN 'the break-glass user'
        ELSE 'console password of an IAM user'
    END AS reason
FROM aws_iam_credential_report AS report
WHERE report.user_name <> '<root_account>'
