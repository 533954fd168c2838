-- ---
-- id = "rds-instance-multi-az"
-- title = "Databases have a standby in another zone"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "When a zone fails, a database in that zone alone is gone until the zone is back."
-- limits = "Sees that a standby is there, not that a failover was ever tried. Databases that may be away (tests) belong into an exception."
-- fix = "Turn Multi-AZ on."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN db.engine LIKE 'aurora%' OR db.engine IN ('docdb', 'neptune') OR db.db_cluster_identifier IS NOT NULL THEN 'not_applicable'
        WHEN db.multi_az THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db.engine LIKE 'aurora%' OR db.engine IN ('docdb', 'neptune') OR db.db_cluster_identifier IS NOT NULL THEN 'belongs to a cluster, which is judged'
        WHEN db.multi_az THEN 'a standby waits in another zone'
        ELSE 'no standby in another zone'
    END AS reason
FROM aws_rds_db_instance AS db
