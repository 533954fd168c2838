-- ---
-- id = "rds-cluster-backups-kept"
-- title = "Database clusters have automatic backups for the design's days"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "Backups are what is left after a mistake or an attacker; what is noticed late needs old ones."
-- limits = "Backups in AWS Backup or elsewhere are not seen."
-- fix = "Raise the backup retention to the design's days."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html"]
-- ---
SELECT
    db_cluster.arn AS resource,
    db_cluster.account_id,
    db_cluster.region,
    CASE
        WHEN db_cluster.backup_retention_period >= $databases_backup_min_days THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db_cluster.backup_retention_period >= $databases_backup_min_days THEN 'backups are kept for ' || db_cluster.backup_retention_period || ' days'
        ELSE CASE WHEN db_cluster.backup_retention_period = 0 THEN 'there are no automatic backups' ELSE 'backups are kept for ' || db_cluster.backup_retention_period || ' days' END
    END AS reason
FROM aws_rds_db_cluster AS db_cluster
