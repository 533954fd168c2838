-- ---
-- id = "rds-cluster-backtrack-enabled"
-- title = "Aurora MySQL can be turned back in time"
-- severity = "informational"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "Backtracking undoes a wrong statement in minutes, where a restore takes hours."
-- limits = "Whether the window is long enough is not judged; it is no backup, and no protection from somebody with rights on the cluster."
-- fix = "Make the cluster with a backtrack window; it cannot be added later."
-- owner = "workload-owner"
-- size = "L"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html"]
-- ---
SELECT
    db_cluster.arn AS resource,
    db_cluster.account_id,
    db_cluster.region,
    CASE
        WHEN db_cluster.engine <> 'aurora-mysql' THEN 'not_applicable'
        WHEN db_cluster.backtrack_window > 0 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db_cluster.engine <> 'aurora-mysql' THEN 'only Aurora MySQL can be turned back'
        WHEN db_cluster.backtrack_window > 0 THEN 'can be turned back ' || (db_cluster.backtrack_window / 3600) || ' hours'
        ELSE 'cannot be turned back'
    END AS reason
FROM aws_rds_db_cluster AS db_cluster
