-- ---
-- id = "rds-instance-password-managed"
-- title = "Administrators' passwords of databases are kept in Secrets Manager"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "A password that RDS keeps in Secrets Manager is rotated and never seen; others stand in templates, tickets and heads."
-- limits = "A password that a secret of your own holds is not seen. Replicas have their source's."
-- fix = "Let RDS manage the administrator's password in Secrets Manager."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN db.engine LIKE 'aurora%' OR db.engine IN ('docdb', 'neptune') OR db.db_cluster_identifier IS NOT NULL THEN 'not_applicable'
        WHEN db.read_replica_source_db_instance_identifier IS NOT NULL THEN 'not_applicable'
        WHEN db.master_user_secret_arn IS NOT NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db.engine LIKE 'aurora%' OR db.engine IN ('docdb', 'neptune') OR db.db_cluster_identifier IS NOT NULL THEN 'belongs to a cluster, which is judged'
        WHEN db.read_replica_source_db_instance_identifier IS NOT NULL THEN 'a replica: its source is judged'
        WHEN db.master_user_secret_arn IS NOT NULL THEN 'Secrets Manager holds and rotates the password'
        ELSE 'the password is managed elsewhere'
    END AS reason
FROM aws_rds_db_instance AS db
