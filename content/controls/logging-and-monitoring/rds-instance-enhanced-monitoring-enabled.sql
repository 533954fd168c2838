-- ---
-- id = "rds-instance-enhanced-monitoring-enabled"
-- title = "Databases are watched by enhanced monitoring"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "The hypervisor's metrics do not show which process takes the machine; the agent's do."
-- limits = "Does not say whether anybody looks."
-- fix = "Turn enhanced monitoring on with a role that may write its logs."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN db.enhanced_monitoring_interval > 0 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db.enhanced_monitoring_interval > 0 THEN 'read every ' || db.enhanced_monitoring_interval || ' seconds'
        ELSE 'enhanced monitoring is off'
    END AS reason
FROM aws_rds_db_instance AS db
