-- ---
-- id = "rds-cluster-snapshot-encrypted"
-- title = "Snapshots of database clusters are encrypted"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_rds_db_cluster_snapshot"
-- when_empty = "not_applicable"
-- why = "A snapshot is the whole database: without encryption, whoever may copy it can read it."
-- limits = "Says nothing of the key, which a snapshot may share with the cluster. Snapshots of single instances are judged by rds-snapshot-encrypted."
-- fix = "Copy the snapshot with encryption and delete the plain one; encrypt the cluster, so that new snapshots are."
-- owner = "workload-owner"
-- size = "S"
-- after = ["rds-cluster-storage-encrypted"]
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html"]
-- ---
SELECT
    snapshot.arn AS resource,
    snapshot.account_id,
    snapshot.region,
    CASE
        WHEN snapshot.storage_encrypted THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN snapshot.storage_encrypted THEN 'encrypted with ' || coalesce(snapshot.kms_key_id, 'an unnamed key')
        ELSE 'not encrypted'
    END AS reason
FROM aws_rds_db_cluster_snapshot AS snapshot
