-- ---
-- id = "rds-cluster-multi-az"
-- title = "Database clusters have instances in several zones"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "When a zone fails, a cluster with instances in that zone alone is gone until another one is made."
-- limits = "Sees that instances stand in several zones, not that a failover was ever tried. Databases that may be away (tests) belong into an exception."
-- fix = "Add a replica in another zone."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html"]
-- ---
SELECT
    db_cluster.arn AS resource,
    db_cluster.account_id,
    db_cluster.region,
    CASE
        WHEN db_cluster.multi_az THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db_cluster.multi_az THEN 'instances in several zones'
        ELSE 'instances in one zone alone'
    END AS reason
FROM aws_rds_db_cluster AS db_cluster
