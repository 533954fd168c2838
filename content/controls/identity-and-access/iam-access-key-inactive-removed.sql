-- ---
-- id = "iam-access-key-inactive-removed"
-- title = "Inactive access keys are deleted"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_iam_access_key"
-- when_empty = "not_applicable"
-- why = "A key that is only switched off can be switched on again by whoever may change users."
-- limits = "AWS does not say since when a key is inactive: one that was set aside this morning for a rotation fails as well."
-- fix = "Delete the key after a week of quiet: `aws iam delete-access-key`."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html"]
-- ---
SELECT
    user_arn AS resource,
    account_id,
    region,
    CASE
        WHEN bool_or(status = 'Inactive') THEN 'fail'
        WHEN bool_or(status IS NULL) THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN bool_or(status = 'Inactive') THEN 'inactive: ' || string_agg(CASE WHEN status = 'Inactive' THEN access_key_id END, ', ' ORDER BY access_key_id)
        WHEN bool_or(status IS NULL) THEN 'the list of keys does not tell'
        ELSE 'every key is active'
    END AS reason
FROM aws_iam_access_key
GROUP BY user_arn, account_id, region
