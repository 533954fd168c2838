-- ---
-- id = "rds-instance-key-customer-managed"
-- title = "Databases are encrypted with keys of your own"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "The policy of a key that AWS manages cannot be changed: nobody can be kept from it, and it cannot be shared, disabled or kept apart by data class."
-- limits = "A key in another account is taken as customer managed: AWS managed keys cannot be used from elsewhere. What is not encrypted is judged by another control."
-- fix = "Copy a snapshot with the design's key for RDS, restore it, and move the clients."
-- owner = "workload-owner"
-- size = "L"
-- after = ["rds-instance-storage-encrypted"]
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN NOT db.storage_encrypted THEN 'not_applicable'
        WHEN db.db_cluster_identifier IS NOT NULL THEN 'not_applicable'
        WHEN db.kms_key_id IS NULL THEN 'unknown'
        WHEN db.kms_key_id LIKE '%alias/aws/%' OR key.key_manager = 'AWS' THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN NOT db.storage_encrypted THEN 'not encrypted'
        WHEN db.db_cluster_identifier IS NOT NULL THEN 'belongs to a cluster, which is judged'
        WHEN db.kms_key_id IS NULL THEN 'the key is not known'
        WHEN db.kms_key_id LIKE '%alias/aws/%' OR key.key_manager = 'AWS'
            THEN 'encrypted with the AWS managed key ' || db.kms_key_id
        ELSE 'encrypted with ' || db.kms_key_id
    END AS reason
FROM aws_rds_db_instance AS db
LEFT JOIN aws_kms_key AS key
    ON key.account_id = db.account_id
    AND key.region = db.region
    AND key.id = split_part(db.kms_key_id, '/', -1)
