-- ---
-- id = "rds-instance-administrator-named"
-- title = "Databases have an administrator with a name of its own"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "Whoever tries passwords tries the usual names first."
-- limits = "Sees the administrator that the service made; other accounts in the database are not seen, and the name cannot be changed later. Members of clusters are judged with their cluster."
-- fix = "Make the database anew with another administrator, or give that user no more than it needs."
-- owner = "workload-owner"
-- size = "L"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN db.db_cluster_identifier IS NOT NULL THEN 'not_applicable'
        WHEN db.master_user_name IS NULL THEN 'unknown'
        WHEN NOT array_has($databases_default_administrators, lower(db.master_user_name)) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db.db_cluster_identifier IS NOT NULL THEN 'belongs to a cluster, which is judged'
        WHEN db.master_user_name IS NULL THEN 'its name is not known'
        WHEN NOT array_has($databases_default_administrators, lower(db.master_user_name)) THEN 'the administrator has a name of its own'
        ELSE 'the administrator is called ' || db.master_user_name
    END AS reason
FROM aws_rds_db_instance AS db
