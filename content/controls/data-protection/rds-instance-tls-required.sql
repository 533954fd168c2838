-- ---
-- id = "rds-instance-tls-required"
-- title = "Databases refuse connections without TLS"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "A database that takes connections without TLS gets some: then passwords and data cross the network in the clear."
-- limits = "Oracle and Db2 use option groups or ports instead of a parameter and are not judged; instances of a cluster follow its parameter group."
-- fix = "Set `rds.force_ssl` (PostgreSQL, SQL Server) or `require_secure_transport` (MySQL, MariaDB) to 1 in a parameter group of your own."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html", "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html"]
-- ---
WITH asked AS (
    SELECT
        arn,
        account_id,
        region,
        engine,
        db_cluster_identifier,
        db_parameter_groups[1] AS parameter_group,
        CASE
            WHEN engine = 'postgres' OR engine LIKE 'sqlserver-%' THEN 'rds.force_ssl'
            WHEN engine IN ('mysql', 'mariadb') THEN 'require_secure_transport'
        END AS parameter_name
    FROM aws_rds_db_instance
)
SELECT
    asked.arn AS resource,
    asked.account_id,
    asked.region,
    CASE
        WHEN asked.db_cluster_identifier IS NOT NULL OR asked.parameter_name IS NULL THEN 'not_applicable'
        WHEN upper(parameter.parameter_value) IN ('1', 'ON') THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN asked.db_cluster_identifier IS NOT NULL THEN 'belongs to a cluster, which is judged'
        WHEN asked.parameter_name IS NULL THEN 'no parameter of ' || asked.engine || ' forces TLS'
        ELSE asked.parameter_name || ' is ' || coalesce(parameter.parameter_value, 'not set')
            || coalesce(' in ' || asked.parameter_group, '')
    END AS reason
FROM asked
LEFT JOIN aws_rds_db_parameter AS parameter
    ON parameter.account_id = asked.account_id
    AND parameter.region = asked.region
    AND parameter.db_parameter_group_name = asked.parameter_group
    AND parameter.parameter_name = asked.parameter_name
