-- ---
-- id = "rds-instance-tags-copied"
-- title = "Snapshots of databases get the database's tags"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "Who owns a snapshot, and what class its data is, stands in its tags."
-- limits = "Says nothing about the tags themselves."
-- fix = "Turn copying tags to snapshots on."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN db.engine LIKE 'aurora%' OR db.engine IN ('docdb', 'neptune') OR db.db_cluster_identifier IS NOT NULL THEN 'not_applicable'
        WHEN db.copy_tags_to_snapshot THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db.engine LIKE 'aurora%' OR db.engine IN ('docdb', 'neptune') OR db.db_cluster_identifier IS NOT NULL THEN 'belongs to a cluster, which is judged'
        WHEN db.copy_tags_to_snapshot THEN 'tags go to snapshots'
        ELSE 'tags do not go to snapshots'
    END AS reason
FROM aws_rds_db_instance AS db
