-- ---
-- id = "rds-instance-minor-upgrades-automatic"
-- title = "Databases install minor versions by themselves"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "Minor versions close holes; a database that waits for somebody to install them stays open."
-- limits = "The setting, not the version that runs: the maintenance window decides when. In Multi-AZ clusters the cluster decides, and is judged; in Aurora the instances do."
-- fix = "Turn automatic minor version upgrades on."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html"]
-- ---
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN db.db_cluster_identifier IS NOT NULL AND db.engine IN ('mysql', 'postgres') THEN 'not_applicable'
        WHEN db.auto_minor_version_upgrade THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db.db_cluster_identifier IS NOT NULL AND db.engine IN ('mysql', 'postgres') THEN 'belongs to a cluster, which is judged'
        WHEN db.auto_minor_version_upgrade THEN 'minor versions are installed by themselves'
        ELSE 'stays at ' || coalesce(db.engine_version, 'its version')
    END AS reason
FROM aws_rds_db_instance AS db
