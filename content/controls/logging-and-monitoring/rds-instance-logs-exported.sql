-- ---
-- id = "rds-instance-logs-exported"
-- title = "Databases send their logs to CloudWatch"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "Logs on the instance are gone after days and go with it; in CloudWatch they can be searched and watched."
-- limits = "What the engine writes into its logs is decided by parameters that are not judged here."
-- fix = "Export the engine's logs: `postgresql`; `audit` and `error` for MySQL and MariaDB; `error` for SQL Server; `alert` and `audit` for Oracle."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN db.engine LIKE 'aurora%' OR db.engine IN ('docdb', 'neptune') OR db.db_cluster_identifier IS NOT NULL THEN 'not_applicable'
        WHEN CASE
            WHEN db.engine = 'postgres' THEN array_has(db.enabled_cloudwatch_logs_exports, 'postgresql')
            WHEN db.engine IN ('mysql', 'mariadb')
                THEN array_has(db.enabled_cloudwatch_logs_exports, 'audit') AND array_has(db.enabled_cloudwatch_logs_exports, 'error')
            WHEN db.engine LIKE 'sqlserver-%' THEN array_has(db.enabled_cloudwatch_logs_exports, 'error')
            WHEN db.engine LIKE 'oracle-%'
                THEN array_has(db.enabled_cloudwatch_logs_exports, 'audit') AND array_has(db.enabled_cloudwatch_logs_exports, 'alert')
            ELSE coalesce(array_length(db.enabled_cloudwatch_logs_exports), 0) > 0
        END THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db.engine LIKE 'aurora%' OR db.engine IN ('docdb', 'neptune') OR db.db_cluster_identifier IS NOT NULL THEN 'belongs to a cluster, which is judged'
        WHEN CASE
            WHEN db.engine = 'postgres' THEN array_has(db.enabled_cloudwatch_logs_exports, 'postgresql')
            WHEN db.engine IN ('mysql', 'mariadb')
                THEN array_has(db.enabled_cloudwatch_logs_exports, 'audit') AND array_has(db.enabled_cloudwatch_logs_exports, 'error')
            WHEN db.engine LIKE 'sqlserver-%' THEN array_has(db.enabled_cloudwatch_logs_exports, 'error')
            WHEN db.engine LIKE 'oracle-%'
                THEN array_has(db.enabled_cloudwatch_logs_exports, 'audit') AND array_has(db.enabled_cloudwatch_logs_exports, 'alert')
            ELSE coalesce(array_length(db.enabled_cloudwatch_logs_exports), 0) > 0
        END THEN 'exports ' || array_to_string(db.enabled_cloudwatch_logs_exports, ', ')
        ELSE CASE WHEN coalesce(array_length(db.enabled_cloudwatch_logs_exports), 0) = 0 THEN 'no logs are exported' ELSE 'exports only ' || array_to_string(db.enabled_cloudwatch_logs_exports, ', ') END
    END AS reason
FROM aws_rds_db_instance AS db
