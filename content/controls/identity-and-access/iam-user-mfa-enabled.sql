-- ---
-- id = "iam-user-mfa-enabled"
-- title = "Users with a console password have a second factor"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_iam_credential_report"
-- when_empty = "not_applicable"
-- why = "A password alone is stolen by one mail that looks right."
-- limits = "A device is registered; whether policies demand it for a call is not judged, and people who come by federation have their directory's factor."
-- fix = "Register a second factor for the user, or remove the password and let the person sign in through Identity Center."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html"]
-- ---
SELECT
    report.user_arn AS resource,
    report.account_id,
    report.region,
    CASE
        WHEN report.password_enabled IS NULL THEN 'unknown'
        WHEN NOT report.password_enabled THEN 'not_applicable'
        WHEN report.mfa_active IS NULL THEN 'unknown'
        WHEN report.mfa_active THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN report.password_enabled IS NULL THEN 'the credential report does not tell whether there is a password'
        WHEN NOT report.password_enabled THEN 'the user has no console password'
        WHEN report.mfa_active IS NULL THEN 'the credential report does not tell whether there is a second factor'
        WHEN report.mfa_active THEN 'the user has a second factor'
        ELSE 'console password without second factor'
    END AS reason
FROM aws_iam_credential_report AS report
WHERE report.user_name <> '<root_account>'
