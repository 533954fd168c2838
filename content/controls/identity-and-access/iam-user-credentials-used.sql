-- ---
-- id = "iam-user-credentials-used"
-- title = "Passwords and access keys are in use"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_iam_credential_report"
-- when_empty = "not_applicable"
-- why = "A credential that nobody uses is missed by nobody when it is stolen."
-- limits = "AWS keeps the day of the last use, not what was done."
-- fix = "Deactivate the key or delete the login profile, watch for complaints, then delete the user."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html"]
-- ---
WITH idle AS (
    SELECT
        *,
        CASE WHEN password_enabled
            THEN days_between(coalesce(password_last_used, password_last_changed, user_creation_time), $now) END AS password_days,
        CASE WHEN access_key_1_active
            THEN days_between(coalesce(access_key_1_last_used_date, access_key_1_last_rotated, user_creation_time), $now) END AS key_1_days,
        CASE WHEN access_key_2_active
            THEN days_between(coalesce(access_key_2_last_used_date, access_key_2_last_rotated, user_creation_time), $now) END AS key_2_days
    FROM aws_iam_credential_report
    WHERE user_name <> '<root_account>'
)
SELECT
    idle.user_arn AS resource,
    idle.account_id,
    idle.region,
    CASE
        WHEN idle.user_name = $names_namespace || '-user-breakglass' THEN 'not_applicable'
        WHEN greatest(idle.password_days, idle.key_1_days, idle.key_2_days) >= $credentials_unused_days THEN 'fail'
        WHEN idle.password_enabled IS NULL OR idle.access_key_1_active IS NULL OR idle.access_key_2_active IS NULL THEN 'unknown'
        WHEN NOT idle.password_enabled AND NOT idle.access_key_1_active AND NOT idle.access_key_2_active THEN 'not_applicable'
        WHEN idle.password_enabled AND idle.password_days IS NULL THEN 'unknown'
        WHEN idle.access_key_1_active AND idle.key_1_days IS NULL THEN 'unknown'
        WHEN idle.access_key_2_active AND idle.key_2_days IS NULL THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN idle.user_name = $names_namespace || '-user-breakglass' THEN 'the break-glass user is meant to be idle'
        WHEN greatest(idle.password_days, idle.key_1_days, idle.key_2_days) IS NULL THEN 'the user has no active password or key'
        ELSE concat_ws(
            ', ',
            'password unused for ' || idle.password_days || ' days',
            'access key 1 unused for ' || idle.key_1_days || ' days',
            'access key 2 unused for ' || idle.key_2_days || ' days'
        )
    END AS reason
FROM idle
