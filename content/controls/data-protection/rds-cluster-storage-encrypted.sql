-- ---
-- id = "rds-cluster-storage-encrypted"
-- title = "Database clusters are encrypted at rest"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "Without encryption, disks, snapshots and replicas hold the data in the clear, and no key can be taken away."
-- limits = "Says that the storage is encrypted, not with whose key: rds-cluster-key-customer-managed asks that. Encryption cannot be added to a cluster that exists."
-- fix = "Restore a snapshot of the cluster with encryption, and move the clients."
-- owner = "workload-owner"
-- size = "L"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html"]
-- ---
SELECT
    db_cluster.arn AS resource,
    db_cluster.account_id,
    db_cluster.region,
    CASE
        WHEN db_cluster.storage_encrypted THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db_cluster.storage_encrypted THEN 'encrypted with ' || coalesce(db_cluster.kms_key_id, 'an unnamed key')
        ELSE 'not encrypted'
    END AS reason
FROM aws_rds_db_cluster AS db_cluster
