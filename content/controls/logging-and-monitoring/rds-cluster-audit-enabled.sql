-- ---
-- id = "rds-cluster-audit-enabled"
-- title = "Aurora MySQL audits what is done"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "Without an audit log nobody can say who read what in the database."
-- limits = "Which events are audited is not judged."
-- fix = "Set `server_audit_logging` to 1 and `server_audit_events` in the cluster parameter group."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html"]
-- ---
WITH asked AS (
    SELECT
        arn,
        account_id,
        region,
        engine,
        db_cluster_parameter_group AS parameter_group,
        CASE
            WHEN engine = 'aurora-mysql' THEN 'server_audit_logging'
        END AS parameter_name
    FROM aws_rds_db_cluster
)
SELECT
    asked.arn AS resource,
    asked.account_id,
    asked.region,
    CASE
        WHEN asked.parameter_name IS NULL THEN 'not_applicable'
        WHEN upper(parameter.parameter_value) IN ('1', 'ON') THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN asked.parameter_name IS NULL THEN 'no such audit in ' || asked.engine
        ELSE asked.parameter_name || ' is ' || coalesce(parameter.parameter_value, 'not set')
            || coalesce(' in ' || asked.parameter_group, '')
    END AS reason
FROM asked
LEFT JOIN aws_rds_db_cluster_parameter AS parameter
    ON parameter.account_id = asked.account_id
    AND parameter.region = asked.region
    AND parameter.db_cluster_parameter_group_name = asked.parameter_group
    AND parameter.parameter_name = asked.parameter_name
