-- ---
-- id = "rds-cluster-password-managed"
-- title = "Administrators' passwords of clusters are kept in Secrets Manager"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "A password that RDS keeps in Secrets Manager is rotated and never seen; others stand in templates, tickets and heads."
-- limits = "A password that a secret of your own holds is not seen. Neptune has no password."
-- fix = "Let RDS manage the administrator's password in Secrets Manager."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html"]
-- ---
SELECT
    db_cluster.arn AS resource,
    db_cluster.account_id,
    db_cluster.region,
    CASE
        WHEN db_cluster.engine = 'neptune' THEN 'not_applicable'
        WHEN db_cluster.master_user_secret_arn IS NOT NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db_cluster.engine = 'neptune' THEN 'it has no password'
        WHEN db_cluster.master_user_secret_arn IS NOT NULL THEN 'Secrets Manager holds and rotates the password'
        ELSE 'the password is managed elsewhere'
    END AS reason
FROM aws_rds_db_cluster AS db_cluster
