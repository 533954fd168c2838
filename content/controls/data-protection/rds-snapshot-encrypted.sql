-- ---
-- id = "rds-snapshot-encrypted"
-- title = "Snapshots of databases are encrypted"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_rds_db_snapshot"
-- when_empty = "not_applicable"
-- why = "A snapshot is the whole database: without encryption, whoever may copy it can read it."
-- limits = "Says nothing of the key, which a snapshot may share with the database. Snapshots of clusters are judged by rds-cluster-snapshot-encrypted."
-- fix = "Copy the snapshot with encryption and delete the plain one; encrypt the instance, so that new snapshots are."
-- owner = "workload-owner"
-- size = "S"
-- after = ["rds-instance-storage-encrypted"]
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html"]
-- ---
SELECT
    snapshot.arn AS resource,
    snapshot.account_id,
    snapshot.region,
    CASE
        WHEN snapshot.encrypted THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN snapshot.encrypted THEN 'encrypted with ' || coalesce(snapshot.kms_key_id, 'an unnamed key')
        ELSE 'not encrypted'
    END AS reason
FROM aws_rds_db_snapshot AS snapshot
