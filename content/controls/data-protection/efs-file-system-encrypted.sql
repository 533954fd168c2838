-- ---
-- id = "efs-file-system-encrypted"
-- title = "File systems are encrypted at rest"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_efs_file_system"
-- when_empty = "not_applicable"
-- why = "Without encryption, backups and disks hold the files in the clear, and no key can be taken away."
-- limits = "Says that the storage is encrypted; who may use the key is decided by its policy. Encryption cannot be added to a file system that exists."
-- fix = "Make an encrypted file system, copy the data with DataSync, and move the clients."
-- owner = "workload-owner"
-- size = "L"
-- after = []
-- refs = ["https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html"]
-- ---
SELECT
    file_system.arn AS resource,
    file_system.account_id,
    file_system.region,
    CASE WHEN file_system.encrypted THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN file_system.encrypted THEN 'encrypted with ' || coalesce(file_system.kms_key_id, 'an unnamed key')
        ELSE 'not encrypted'
    END AS reason
FROM aws_efs_file_system AS file_system
