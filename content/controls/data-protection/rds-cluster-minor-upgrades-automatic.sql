-- ---
-- id = "rds-cluster-minor-upgrades-automatic"
-- title = "Multi-AZ clusters install minor versions by themselves"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_cluster"
-- when_empty = "not_applicable"
-- why = "Minor versions close holes; a database that waits for somebody to install them stays open."
-- limits = "In Aurora the instances decide, and they are judged."
-- fix = "Turn automatic minor version upgrades on."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html"]
-- ---
SELECT
    db_cluster.arn AS resource,
    db_cluster.account_id,
    db_cluster.region,
    CASE
        WHEN db_cluster.engine NOT IN ('mysql', 'postgres') THEN 'not_applicable'
        WHEN db_cluster.auto_minor_version_upgrade IS NULL THEN 'unknown'
        WHEN db_cluster.auto_minor_version_upgrade THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN db_cluster.engine NOT IN ('mysql', 'postgres') THEN 'its instances decide'
        WHEN db_cluster.auto_minor_version_upgrade IS NULL THEN 'whether it installs them is not known'
        WHEN db_cluster.auto_minor_version_upgrade THEN 'minor versions are installed by themselves'
        ELSE 'stays at ' || coalesce(db_cluster.engine_version, 'its version')
    END AS reason
FROM aws_rds_db_cluster AS db_cluster
