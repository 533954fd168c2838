-- ---
-- id = "iam-user-single-active-key"
-- title = "Users have one active access key at most"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_iam_credential_report"
-- when_empty = "not_applicable"
-- why = "Two active keys mean that one of them is forgotten, or that a rotation never ended."
-- limits = "Two keys during a rotation fail as well: it should not last longer than until the next run."
-- fix = "Find which key is in use, deactivate the other one, delete it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html"]
-- ---
SELECT
    report.user_arn AS resource,
    report.account_id,
    report.region,
    CASE
        WHEN report.access_key_1_active AND report.access_key_2_active THEN 'fail'
        WHEN report.access_key_1_active IS NULL OR report.access_key_2_active IS NULL THEN 'unknown'
        WHEN report.access_key_1_active OR report.access_key_2_active THEN 'pass'
        ELSE 'not_applicable'
    END AS status,
    CASE
        WHEN report.access_key_1_active AND report.access_key_2_active THEN 'two active access keys'
        WHEN report.access_key_1_active IS NULL OR report.access_key_2_active IS NULL THEN 'the credential report does not tell'
        WHEN report.access_key_1_active OR report.access_key_2_active THEN 'one active access key'
        ELSE 'no active access key'
    END AS reason
FROM aws_iam_credential_report AS report
WHERE report.user_name <> '<root_account>'
