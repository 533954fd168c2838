-- ---
-- id = "efs-file-system-key-customer-managed"
-- title = "File systems are encrypted with keys of your own"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_efs_file_system"
-- when_empty = "not_applicable"
-- why = "The policy of a key that AWS manages cannot be changed: nobody can be kept from it, and it cannot be shared, disabled or kept apart by data class."
-- limits = "A key in another account is taken as customer managed: AWS managed keys cannot be used from elsewhere. What is not encrypted is judged by another control."
-- fix = "Make a file system with the design's key for EFS and copy the data with DataSync."
-- owner = "workload-owner"
-- size = "L"
-- after = ["efs-file-system-encrypted"]
-- refs = ["https://docs.aws.amazon.com/efs/latest/ug/EFSKMS.html"]
-- ---
SELECT
    file_system.arn AS resource,
    file_system.account_id,
    file_system.region,
    CASE
        WHEN NOT file_system.encrypted THEN 'not_applicable'
        WHEN file_system.kms_key_id IS NULL THEN 'unknown'
        WHEN file_system.kms_key_id LIKE '%alias/aws/%' OR key.key_manager = 'AWS' THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN NOT file_system.encrypted THEN 'not encrypted'
        WHEN file_system.kms_key_id IS NULL THEN 'the key is not known'
        WHEN file_system.kms_key_id LIKE '%alias/aws/%' OR key.key_manager = 'AWS'
            THEN 'encrypted with the AWS managed key ' || file_system.kms_key_id
        ELSE 'encrypted with ' || file_system.kms_key_id
    END AS reason
FROM aws_efs_file_system AS file_system
LEFT JOIN aws_kms_key AS key
    ON key.account_id = file_system.account_id
    AND key.region = file_system.region
    AND key.id = split_part(file_system.kms_key_id, '/', -1)
