-- ---
-- id = "iam-root-hardware-mfa-enabled"
-- title = "The root user's second factor is hardware"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "A virtual device is a secret on a telephone: it is copied with a backup and lost with its owner."
-- limits = "AWS does not list root's hardware devices: a second factor that is not virtual is taken for hardware; a passkey on a computer looks the same. That there is none at all is the finding of iam-root-mfa-enabled."
-- fix = "Register a hardware token or security key for root, keep it in the vault, and remove the virtual device."
-- owner = "security-engineer"
-- size = "S"
-- after = ["iam-root-mfa-enabled"]
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-hw-mfa-for-root.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN summary.account_mfa_enabled IS NULL THEN 'unknown'
        WHEN summary.account_mfa_enabled AND virtual.account_id IS NULL THEN 'pass'
        WHEN summary.account_mfa_enabled THEN 'fail'
        ELSE 'not_applicable'
    END AS status,
    CASE
        WHEN summary.account_mfa_enabled IS NULL THEN 'the account summary does not tell'
        WHEN summary.account_mfa_enabled AND virtual.account_id IS NULL THEN 'the second factor is no virtual device'
        WHEN summary.account_mfa_enabled THEN 'virtual device ' || virtual.serial_numbers
        WHEN summary.account_password_present = false AND summary.account_access_keys_present = false
            THEN 'the root user has neither password nor access key'
        ELSE 'the root user has no second factor, which another control reports'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_account_summary AS summary ON summary.account_id = account.account_id
LEFT JOIN (
    SELECT account_id, string_agg(serial_number, ', ' ORDER BY serial_number) AS serial_numbers
    FROM aws_iam_virtual_mfa_device
    WHERE user_arn LIKE '%:root' OR serial_number LIKE '%:mfa/root-account-mfa-device'
    GROUP BY account_id
) AS virtual ON virtual.account_id = account.account_id
