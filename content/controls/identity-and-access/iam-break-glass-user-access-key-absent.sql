-- ---
-- id = "iam-break-glass-user-access-key-absent"
-- title = "The break-glass user has no access key"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_credential_report"
-- when_empty = "not_applicable"
-- why = "The emergency way in is a password in a safe and a device beside it; a key is neither."
-- limits = "AWS makes the credential report at most every four hours: a key made since then is not in it."
-- fix = "Delete the user's access keys."
-- owner = "security-engineer"
-- size = "S"
-- after = ["iam-break-glass-user-present"]
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html"]
-- ---
SELECT
    report.user_arn AS resource,
    report.account_id,
    report.region,
    CASE
        WHEN report.access_key_1_last_rotated IS NOT NULL OR report.access_key_2_last_rotated IS NOT NULL THEN 'fail'
        WHEN report.access_key_1_active OR report.access_key_2_active THEN 'fail'
        WHEN report.access_key_1_active IS NULL OR report.access_key_2_active IS NULL THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN report.access_key_1_last_rotated IS NOT NULL OR report.access_key_2_last_rotated IS NOT NULL
            OR report.access_key_1_active OR report.access_key_2_active THEN 'the break-glass user has an access key'
        WHEN report.access_key_1_active IS NULL OR report.access_key_2_active IS NULL THEN 'the credential report does not tell'
        ELSE 'no access key'
    END AS reason
FROM aws_iam_credential_report AS report
WHERE report.user_name = $names_namespace || '-user-breakglass'
