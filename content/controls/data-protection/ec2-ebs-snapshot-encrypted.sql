-- ---
-- id = "ec2-ebs-snapshot-encrypted"
-- title = "Snapshots are encrypted"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ebs_snapshot"
-- when_empty = "not_applicable"
-- why = "An unencrypted snapshot can be shared or made public with one call; an encrypted one needs its key as well."
-- limits = "Snapshots of images that AWS or a vendor made are judged when the account owns a copy."
-- fix = "Copy the snapshot with encryption and delete the original; the default for new ones first."
-- owner = "workload-owner"
-- size = "S"
-- after = ["ec2-ebs-default-encryption-enabled"]
-- refs = ["https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN encrypted THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN encrypted THEN 'encrypted' ELSE 'not encrypted' END || coalesce(', of ' || volume_id, '') AS reason
FROM aws_ebs_snapshot
