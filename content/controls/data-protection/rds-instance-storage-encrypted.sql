-- ---
-- id = "rds-instance-storage-encrypted"
-- title = "Databases are encrypted at rest"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "Without encryption, disks, snapshots and replicas hold the data in the clear, and no key can be taken away."
-- limits = "Instances of a cluster share its storage: the cluster is judged."
-- fix = "Copy a snapshot with encryption, restore it, and move the clients."
-- owner = "workload-owner"
-- size = "L"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN db.db_cluster_identifier IS NOT NULL THEN 'not_applicable'
        WHEN db.storage_encrypted THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db.db_cluster_identifier IS NOT NULL THEN 'belongs to a cluster, which is judged'
        WHEN db.storage_encrypted THEN 'encrypted with ' || coalesce(db.kms_key_id, 'an unnamed key')
        ELSE 'not encrypted'
    END AS reason
FROM aws_rds_db_instance AS db
