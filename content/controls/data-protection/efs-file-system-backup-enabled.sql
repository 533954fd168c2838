-- ---
-- id = "efs-file-system-backup-enabled"
-- title = "File systems are backed up automatically"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_efs_file_system"
-- when_empty = "not_applicable"
-- why = "Without a backup, files that are deleted or encrypted by an attacker are gone."
-- limits = "Backup plans that pick file systems by their tags are not seen."
-- fix = "Turn automatic backups on, or put the file system into a backup plan."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html"]
-- ---
SELECT
    file_system.arn AS resource,
    file_system.account_id,
    file_system.region,
    CASE WHEN backup.status IN ('ENABLED', 'ENABLING') THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN backup.status IS NULL THEN 'automatic backups were never turned on'
        ELSE 'automatic backups are ' || lower(backup.status)
    END AS reason
FROM aws_efs_file_system AS file_system
LEFT JOIN aws_efs_backup_policy AS backup ON backup.arn = file_system.arn AND backup.account_id = file_system.account_id
