-- ---
-- id = "iam-user-access-keys-approved"
-- title = "Access keys were approved"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_iam_credential_report"
-- when_empty = "not_applicable"
-- why = "A permanent key is an exception to roles; an exception that nobody decided is an accident."
-- limits = "The tag of the user stands for the approval: it says who and why only if somebody wrote that into it. Keys of the break-glass user are the finding of iam-break-glass-user-access-key-absent."
-- fix = "Record who approved the key and until when in the user's approval tag, or replace the key by a role."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"]
-- ---
SELECT
    report.user_arn AS resource,
    report.account_id,
    report.region,
    CASE
        WHEN report.access_key_1_active IS NULL OR report.access_key_2_active IS NULL THEN 'unknown'
        WHEN NOT report.access_key_1_active AND NOT report.access_key_2_active THEN 'not_applicable'
        WHEN report.user_name = $names_namespace || '-user-breakglass' THEN 'not_applicable'
        WHEN iam_user.arn IS NULL THEN 'unknown'
        WHEN coalesce(json_get_str(iam_user.tags, $access_keys_approval_tag), '') <> '' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN report.access_key_1_active IS NULL OR report.access_key_2_active IS NULL THEN 'the credential report does not tell'
        WHEN NOT report.access_key_1_active AND NOT report.access_key_2_active THEN 'no active access key'
        WHEN report.user_name = $names_namespace || '-user-breakglass' THEN 'the break-glass user may have no key, approved or not'
        WHEN iam_user.arn IS NULL THEN 'the user was not read'
        WHEN coalesce(json_get_str(iam_user.tags, $access_keys_approval_tag), '') <> ''
            THEN 'approved: ' || json_get_str(iam_user.tags, $access_keys_approval_tag)
        ELSE 'the user has no tag `' || $access_keys_approval_tag || '`'
    END AS reason
FROM aws_iam_credential_report AS report
LEFT JOIN aws_iam_user AS iam_user ON iam_user.arn = report.user_arn AND iam_user.account_id = report.account_id
WHERE report.user_name <> '<root_account>'
