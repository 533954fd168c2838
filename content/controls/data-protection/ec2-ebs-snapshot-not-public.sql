-- ---
-- id = "ec2-ebs-snapshot-not-public"
-- title = "Snapshots are not shared with everybody"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_ebs_snapshot"
-- when_empty = "not_applicable"
-- why = "A public snapshot can be copied by anyone with an AWS account, and the copy cannot be called back."
-- limits = "Accounts that a snapshot is shared with one by one are not judged."
-- fix = "Remove the group `all` from the snapshot's permissions, find out who copied it, and replace the secrets on it."
-- owner = "incident-responder"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html"]
-- ---
SELECT
    snapshot.arn AS resource,
    snapshot.account_id,
    snapshot.region,
    CASE WHEN sharing.public THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN sharing.public THEN 'every AWS account may use it' ELSE 'not shared with everybody' END AS reason
FROM aws_ebs_snapshot AS snapshot
LEFT JOIN aws_ebs_snapshot_attribute AS sharing
    ON sharing.snapshot_arn = snapshot.arn AND sharing.account_id = snapshot.account_id
