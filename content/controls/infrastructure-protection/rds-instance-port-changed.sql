-- ---
-- id = "rds-instance-port-changed"
-- title = "Databases listen to a port of their own"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "Automatic attacks try the usual ports; another one keeps the noise away."
-- limits = "Another port hides a database from the laziest scan alone; who reaches it is judged by the controls on security groups."
-- fix = "Change the port, security groups and clients with it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN db.engine IN ('docdb', 'neptune') THEN 'not_applicable'
        WHEN db.port IS NULL THEN 'unknown'
        WHEN CASE
            WHEN db.engine LIKE '%postgres%' THEN db.port <> 5432
            WHEN db.engine LIKE 'oracle-%' THEN db.port <> 1521
            WHEN db.engine LIKE 'sqlserver-%' THEN db.port <> 1433
            ELSE db.port <> 3306
        END THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db.engine IN ('docdb', 'neptune') THEN 'another port is usual there'
        WHEN db.port IS NULL THEN 'its port is not known'
        WHEN CASE
            WHEN db.engine LIKE '%postgres%' THEN db.port <> 5432
            WHEN db.engine LIKE 'oracle-%' THEN db.port <> 1521
            WHEN db.engine LIKE 'sqlserver-%' THEN db.port <> 1433
            ELSE db.port <> 3306
        END THEN 'listens to port ' || db.port
        ELSE 'listens to the usual port ' || db.port
    END AS reason
FROM aws_rds_db_instance AS db
