-- ---
-- id = "rds-cluster-administrator-named"
-- title = "Database clusters have an administrator with a name of its own"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "Whoever tries passwords tries the usual names first."
-- limits = "Sees the administrator that the service made; accounts that were made in the database since are not seen, and the name cannot be changed later."
-- fix = "Make the database anew with another administrator, or give that user no more than it needs."
-- owner = "workload-owner"
-- size = "L"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html"]
-- ---
SELECT
    db_cluster.arn AS resource,
    db_cluster.account_id,
    db_cluster.region,
    CASE
        WHEN db_cluster.master_user_name IS NULL THEN 'unknown'
        WHEN NOT array_has($databases_default_administrators, lower(db_cluster.master_user_name)) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db_cluster.master_user_name IS NULL THEN 'its name is not known'
        WHEN NOT array_has($databases_default_administrators, lower(db_cluster.master_user_name)) THEN 'the administrator has a name of its own'
        ELSE 'the administrator is called ' || db_cluster.master_user_name
    END AS reason
FROM aws_rds_db_cluster AS db_cluster
