-- ---
-- id = "rds-instance-backups-kept"
-- title = "Databases have automatic backups for the design's days"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "Backups are what is left after a mistake or an attacker; what is noticed late needs old ones."
-- limits = "Backups in AWS Backup or elsewhere are not seen."
-- fix = "Raise the backup retention to the design's days."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN db.engine LIKE 'aurora%' OR db.engine IN ('docdb', 'neptune') OR db.db_cluster_identifier IS NOT NULL THEN 'not_applicable'
        WHEN db.read_replica_source_db_instance_identifier IS NOT NULL THEN 'not_applicable'
        WHEN db.backup_retention_period >= $databases_backup_min_days THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db.engine LIKE 'aurora%' OR db.engine IN ('docdb', 'neptune') OR db.db_cluster_identifier IS NOT NULL THEN 'belongs to a cluster, which is judged'
        WHEN db.read_replica_source_db_instance_identifier IS NOT NULL THEN 'a replica: its source is judged'
        WHEN db.backup_retention_period >= $databases_backup_min_days THEN 'backups are kept for ' || db.backup_retention_period || ' days'
        ELSE CASE WHEN db.backup_retention_period = 0 THEN 'there are no automatic backups' ELSE 'backups are kept for ' || db.backup_retention_period || ' days' END
    END AS reason
FROM aws_rds_db_instance AS db
