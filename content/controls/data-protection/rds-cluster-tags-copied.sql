-- ---
-- id = "rds-cluster-tags-copied"
-- title = "Snapshots of database clusters get the cluster's tags"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "Who owns a snapshot, and what class its data is, stands in its tags."
-- limits = "Says nothing about the tags themselves."
-- fix = "Turn copying tags to snapshots on."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Tagging.html"]
-- ---
SELECT
    db_cluster.arn AS resource,
    db_cluster.account_id,
    db_cluster.region,
    CASE
        WHEN db_cluster.copy_tags_to_snapshot THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db_cluster.copy_tags_to_snapshot THEN 'tags go to snapshots'
        ELSE 'tags do not go to snapshots'
    END AS reason
FROM aws_rds_db_cluster AS db_cluster
