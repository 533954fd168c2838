-- ---
-- id = "rds-cluster-deletion-protected"
-- title = "Database clusters cannot be deleted by mistake"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "One wrong call deletes a database; with the protection it takes two."
-- limits = "Says nothing about who may turn the protection off."
-- fix = "Turn deletion protection on."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html"]
-- ---
SELECT
    db_cluster.arn AS resource,
    db_cluster.account_id,
    db_cluster.region,
    CASE
        WHEN db_cluster.deletion_protection THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db_cluster.deletion_protection THEN 'deletion protection is on'
        ELSE 'deletion protection is off'
    END AS reason
FROM aws_rds_db_cluster AS db_cluster
