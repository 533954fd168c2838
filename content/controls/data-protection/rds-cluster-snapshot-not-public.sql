-- ---
-- id = "rds-cluster-snapshot-not-public"
-- title = "Snapshots of database clusters are not public"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_rds_db_cluster_snapshot"
-- when_empty = "not_applicable"
-- why = "Everybody with an AWS account can restore a public snapshot and read the whole database."
-- limits = "Sharing with named accounts is judged by another control."
-- fix = "Take `all` away from the snapshot's restore attribute, then treat the data as leaked."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html"]
-- ---
SELECT
    snapshot.arn AS resource,
    snapshot.account_id,
    snapshot.region,
    CASE
        WHEN snapshot.type <> 'manual' THEN 'pass'
        WHEN sharing.arn IS NULL THEN 'unknown'
        WHEN array_has(sharing.restore_account_ids, 'all') THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN snapshot.type <> 'manual' THEN 'snapshots of type ' || snapshot.type || ' cannot be shared'
        WHEN sharing.arn IS NULL THEN 'its sharing was not read'
        WHEN array_has(sharing.restore_account_ids, 'all') THEN 'everybody can restore it'
        ELSE 'not public'
    END AS reason
FROM aws_rds_db_cluster_snapshot AS snapshot
LEFT JOIN aws_rds_db_cluster_snapshot_attribute AS sharing ON sharing.arn = snapshot.arn AND sharing.account_id = snapshot.account_id
