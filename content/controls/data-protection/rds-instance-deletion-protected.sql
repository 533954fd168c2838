-- ---
-- id = "rds-instance-deletion-protected"
-- title = "Databases cannot be deleted by mistake"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "One wrong call deletes a database; with the protection it takes two."
-- limits = "Says nothing about who may turn the protection off."
-- fix = "Turn deletion protection on."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN db.engine LIKE 'aurora%' OR db.engine IN ('docdb', 'neptune') OR db.db_cluster_identifier IS NOT NULL THEN 'not_applicable'
        WHEN db.deletion_protection THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db.engine LIKE 'aurora%' OR db.engine IN ('docdb', 'neptune') OR db.db_cluster_identifier IS NOT NULL THEN 'belongs to a cluster, which is judged'
        WHEN db.deletion_protection THEN 'deletion protection is on'
        ELSE 'deletion protection is off'
    END AS reason
FROM aws_rds_db_instance AS db
