-- ---
-- id = "rds-cluster-iam-authentication-enabled"
-- title = "Database clusters let users sign in with IAM"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "With IAM, access to the database is short-lived and follows the role; passwords stay, spread and are shared."
-- limits = "Does not say whether anybody uses it."
-- fix = "Turn IAM authentication on and move users and applications to it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html"]
-- ---
SELECT
    db_cluster.arn AS resource,
    db_cluster.account_id,
    db_cluster.region,
    CASE
        WHEN db_cluster.engine IN ('docdb', 'neptune') THEN 'not_applicable'
        WHEN db_cluster.iam_database_authentication_enabled THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db_cluster.engine IN ('docdb', 'neptune') THEN db_cluster.engine || ' does not offer it here'
        WHEN db_cluster.iam_database_authentication_enabled THEN 'users can sign in with IAM'
        ELSE 'users sign in with passwords alone'
    END AS reason
FROM aws_rds_db_cluster AS db_cluster
