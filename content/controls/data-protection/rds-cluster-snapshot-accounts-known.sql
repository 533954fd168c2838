-- ---
-- id = "rds-cluster-snapshot-accounts-known"
-- title = "Snapshots of database clusters are shared with no account from outside"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_rds_db_cluster_snapshot"
-- when_empty = "not_applicable"
-- why = "An account outside the organization that a snapshot is shared with has a copy of the database from then on."
-- limits = "Accounts of the organization, of this run and of `accounts.trusted` in the design are known. Public snapshots are judged by another control."
-- fix = "Take the account away from the snapshot's restore attribute, or record it as trusted in the design with the reason."
-- owner = "security-engineer"
-- size = "S"
-- after = ["rds-cluster-snapshot-not-public"]
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html"]
-- ---
WITH known AS (
    SELECT account_id AS id FROM aws_account
    UNION
    SELECT id FROM aws_organizations_account
),
strange AS (
    SELECT named.arn, named.account_id, string_agg(DISTINCT named.id, ', ' ORDER BY named.id) AS ids
    FROM (SELECT arn, account_id, unnest(restore_account_ids) AS id FROM aws_rds_db_cluster_snapshot_attribute) AS named
    LEFT JOIN known ON known.id = named.id
    WHERE named.id <> 'all'
        AND known.id IS NULL
        AND NOT array_has($accounts_trusted, named.id)
    GROUP BY named.arn, named.account_id
)
SELECT
    snapshot.arn AS resource,
    snapshot.account_id,
    snapshot.region,
    CASE
        WHEN snapshot.type <> 'manual' THEN 'pass'
        WHEN strange.arn IS NOT NULL THEN 'fail'
        WHEN sharing.arn IS NULL THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN snapshot.type <> 'manual' THEN 'snapshots of type ' || snapshot.type || ' cannot be shared'
        WHEN strange.arn IS NOT NULL THEN 'shared with unknown accounts: ' || strange.ids
        WHEN sharing.arn IS NULL THEN 'its sharing was not read'
        ELSE 'shared with no unknown account'
    END AS reason
FROM aws_rds_db_cluster_snapshot AS snapshot
LEFT JOIN aws_rds_db_cluster_snapshot_attribute AS sharing ON sharing.arn = snapshot.arn AND sharing.account_id = snapshot.account_id
LEFT JOIN strange ON strange.arn = snapshot.arn AND strange.account_id = snapshot.account_id
