-- ---
-- id = "iam-user-initial-access-key-absent"
-- title = "People's users were not given an access key when they were made"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_iam_credential_report"
-- when_empty = "not_applicable"
-- why = "A key made with the user, just in case, lies around from the first day and is often never used."
-- limits = "A key counts as handed out with the user where it was made within ten minutes and never used; one that was used once looks like any other."
-- fix = "Delete the key; who needs one asks for it, and says what for."
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
        WHEN report.password_enabled IS NULL OR report.access_key_1_active IS NULL OR report.access_key_2_active IS NULL THEN 'unknown'
        WHEN NOT report.password_enabled THEN 'not_applicable'
        WHEN report.access_key_1_active AND report.access_key_1_last_used_date IS NULL
            AND report.access_key_1_last_rotated <= report.user_creation_time + INTERVAL '10 minutes' THEN 'fail'
        WHEN report.access_key_2_active AND report.access_key_2_last_used_date IS NULL
            AND report.access_key_2_last_rotated <= report.user_creation_time + INTERVAL '10 minutes' THEN 'fail'
        WHEN (report.access_key_1_active OR report.access_key_2_active) AND report.user_creation_time IS NULL THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN report.password_enabled IS NULL OR report.access_key_1_active IS NULL OR report.access_key_2_active IS NULL
            THEN 'the credential report does not tell'
        WHEN NOT report.password_enabled THEN 'the user has no console password'
        WHEN NOT report.access_key_1_active AND NOT report.access_key_2_active THEN 'no active access key'
        WHEN report.access_key_1_last_used_date IS NULL AND report.access_key_1_active
            OR report.access_key_2_last_used_date IS NULL AND report.access_key_2_active
            THEN 'an access key that was never used; user made ' || to_char(report.user_creation_time, '%Y-%m-%d')
        ELSE 'every active access key was used'
    END AS reason
FROM aws_iam_credential_report AS report
WHERE report.user_name <> '<root_account>'
