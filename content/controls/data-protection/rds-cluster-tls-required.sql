-- ---
-- id = "rds-cluster-tls-required"
-- title = "Database clusters refuse connections without TLS"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "A database that takes connections without TLS gets some: then passwords and data cross the network in the clear."
-- limits = "Neptune and DocumentDB have parameters of their own that this list does not show."
-- fix = "Set `rds.force_ssl` (PostgreSQL) or `require_secure_transport` (MySQL) in a cluster parameter group of your own."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html", "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html"]
-- ---
WITH asked AS (
    SELECT
        arn,
        account_id,
        region,
        engine,
        db_cluster_parameter_group AS parameter_group,
        CASE
            WHEN engine IN ('postgres', 'aurora-postgresql') THEN 'rds.force_ssl'
            WHEN engine IN ('mysql', 'aurora-mysql') THEN 'require_secure_transport'
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
        WHEN asked.parameter_name IS NULL THEN 'no parameter that was read forces TLS for ' || asked.engine
        ELSE asked.parameter_name || ' is ' || coalesce(parameter.parameter_value, 'not set')
            || coalesce(' in ' || asked.parameter_group, '')
    END AS reason
FROM asked
LEFT JOIN aws_rds_db_cluster_parameter AS parameter
    ON parameter.account_id = asked.account_id
    AND parameter.region = asked.region
    AND parameter.db_cluster_parameter_group_name = asked.parameter_group
    AND parameter.parameter_name = asked.parameter_name
