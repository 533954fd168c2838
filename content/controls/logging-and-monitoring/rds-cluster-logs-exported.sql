-- ---
-- id = "rds-cluster-logs-exported"
-- title = "Database clusters send their logs to CloudWatch"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "Logs on the instances are gone after days and go with them; in CloudWatch they can be searched and watched."
-- limits = "What the engine writes into its logs is decided by parameters that are not judged here."
-- fix = "Export `audit` (Aurora MySQL, DocumentDB, Neptune) or `postgresql` (Aurora PostgreSQL)."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html"]
-- ---
SELECT
    db_cluster.arn AS resource,
    db_cluster.account_id,
    db_cluster.region,
    CASE
        WHEN CASE
            WHEN db_cluster.engine IN ('postgres', 'aurora-postgresql') THEN array_has(db_cluster.enabled_cloudwatch_logs_exports, 'postgresql')
            WHEN db_cluster.engine IN ('aurora-mysql', 'docdb', 'neptune') THEN array_has(db_cluster.enabled_cloudwatch_logs_exports, 'audit')
            ELSE array_has(db_cluster.enabled_cloudwatch_logs_exports, 'error')
        END THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN CASE
            WHEN db_cluster.engine IN ('postgres', 'aurora-postgresql') THEN array_has(db_cluster.enabled_cloudwatch_logs_exports, 'postgresql')
            WHEN db_cluster.engine IN ('aurora-mysql', 'docdb', 'neptune') THEN array_has(db_cluster.enabled_cloudwatch_logs_exports, 'audit')
            ELSE array_has(db_cluster.enabled_cloudwatch_logs_exports, 'error')
        END THEN 'exports ' || array_to_string(db_cluster.enabled_cloudwatch_logs_exports, ', ')
        ELSE CASE WHEN coalesce(array_length(db_cluster.enabled_cloudwatch_logs_exports), 0) = 0 THEN 'no logs are exported' ELSE 'exports only ' || array_to_string(db_cluster.enabled_cloudwatch_logs_exports, ', ') END
    END AS reason
FROM aws_rds_db_cluster AS db_cluster
