-- ---
-- id = "rds-instance-iam-authentication-enabled"
-- title = "Databases let users sign in with IAM"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "With IAM, access to the database is short-lived and follows the role; passwords stay, spread and are shared."
-- limits = "Does not say whether anybody uses it. Oracle, SQL Server and Db2 do not offer it."
-- fix = "Turn IAM authentication on and move users and applications to it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN db.db_cluster_identifier IS NOT NULL THEN 'not_applicable'
        WHEN db.engine NOT IN ('postgres', 'mysql', 'mariadb') THEN 'not_applicable'
        WHEN db.iam_database_authentication_enabled THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db.db_cluster_identifier IS NOT NULL THEN 'belongs to a cluster, which is judged'
        WHEN db.engine NOT IN ('postgres', 'mysql', 'mariadb') THEN db.engine || ' does not offer it'
        WHEN db.iam_database_authentication_enabled THEN 'users can sign in with IAM'
        ELSE 'users sign in with passwords alone'
    END AS reason
FROM aws_rds_db_instance AS db
