-- ---
-- id = "rds-cluster-key-customer-managed"
-- title = "Database clusters are encrypted with keys of your own"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "The policy of a key that AWS manages cannot be changed: nobody can be kept from it, and it cannot be shared, disabled or kept apart by data class."
-- limits = "A key in another account is taken as customer managed: AWS managed keys cannot be used from elsewhere. What is not encrypted is judged by another control."
-- fix = "Restore a snapshot of the cluster with the design's key for RDS, and move the clients."
-- owner = "workload-owner"
-- size = "L"
-- after = ["rds-cluster-storage-encrypted"]
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html"]
-- ---
SELECT
    db_cluster.arn AS resource,
    db_cluster.account_id,
    db_cluster.region,
    CASE
        WHEN NOT db_cluster.storage_encrypted THEN 'not_applicable'
        WHEN db_cluster.kms_key_id IS NULL THEN 'unknown'
        WHEN db_cluster.kms_key_id LIKE '%alias/aws/%' OR key.key_manager = 'AWS' THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN NOT db_cluster.storage_encrypted THEN 'not encrypted'
        WHEN db_cluster.kms_key_id IS NULL THEN 'the key is not known'
        WHEN db_cluster.kms_key_id LIKE '%alias/aws/%' OR key.key_manager = 'AWS'
            THEN 'encrypted with the AWS managed key ' || db_cluster.kms_key_id
        ELSE 'encrypted with ' || db_cluster.kms_key_id
    END AS reason
FROM aws_rds_db_cluster AS db_cluster
LEFT JOIN aws_kms_key AS key
    ON key.account_id = db_cluster.account_id
    AND key.region = db_cluster.region
    AND key.id = split_part(db_cluster.kms_key_id, '/', -1)
