-- ---
-- id = "iam-user-access-keys-rotated"
-- title = "Active access keys are not old"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_credential_report"
-- when_empty = "not_applicable"
-- why = "The longer a key lives, the more copies of it lie around."
-- limits = "Counts days since the key was made; a copy of it that was lost the day after is just as dangerous and not seen. The report is up to four hours old."
-- fix = "Make a second key, move the workload to it, deactivate the old one, watch, delete it. Better: use a role and no key."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html"]
-- ---
WITH ages AS (
    SELECT
        *,
        days_between(access_key_1_last_rotated, $now) AS age_1,
        days_between(access_key_2_last_rotated, $now) AS age_2
    FROM aws_iam_credential_report
    WHERE user_name <> '<root_account>'
)
SELECT
    ages.user_arn AS resource,
    ages.account_id,
    ages.region,
    CASE
        WHEN ages.access_key_1_active AND ages.age_1 > $access_keys_max_age_days THEN 'fail'
        WHEN ages.access_key_2_active AND ages.age_2 > $access_keys_max_age_days THEN 'fail'
        WHEN ages.access_key_1_active IS NULL OR ages.access_key_2_active IS NULL THEN 'unknown'
        WHEN ages.access_key_1_active AND ages.age_1 IS NULL OR ages.access_key_2_active AND ages.age_2 IS NULL THEN 'unknown'
        WHEN NOT ages.access_key_1_active AND NOT ages.access_key_2_active THEN 'not_applicable'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN ages.access_key_1_active OR ages.access_key_2_active THEN concat_ws(
            ', ',
            CASE WHEN ages.access_key_1_active THEN 'access key 1 is ' || coalesce(CAST(ages.age_1 AS TEXT), 'an unknown number of') || ' days old' END,
            CASE WHEN ages.access_key_2_active THEN 'access key 2 is ' || coalesce(CAST(ages.age_2 AS TEXT), 'an unknown number of') || ' days old' END
        )
        WHEN ages.access_key_1_active IS NULL OR ages.access_key_2_active IS NULL THEN 'the credential report does not tell whether there are keys'
        ELSE 'the user has no active access key'
    END AS reason
FROM ages
