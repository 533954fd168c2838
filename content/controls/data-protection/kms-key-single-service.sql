-- ---
-- id = "kms-key-single-service"
-- title = "Every key serves one service"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_kms_key"
-- when_empty = "not_applicable"
-- why = "A key that many services share opens all of them to whoever may use it, and takes all of them down when it is lost."
-- limits = "Sees the uses by buckets, volumes, databases, file systems and secrets of the same account and region, where they name the key by its ARN or id."
-- fix = "Make one key for each service by the design, and move data over as it is rewritten."
-- owner = "security-engineer"
-- size = "L"
-- after = []
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html"]
-- ---
WITH named AS (
    SELECT account_id, region, 'S3' AS service, kms_master_key_id AS key_name FROM aws_s3_bucket_encryption
    UNION ALL
    SELECT account_id, region, 'EBS' AS service, kms_key_id AS key_name FROM aws_ebs_volume
    UNION ALL
    SELECT account_id, region, 'RDS' AS service, kms_key_id AS key_name FROM aws_rds_db_instance
    UNION ALL
    SELECT account_id, region, 'RDS' AS service, kms_key_id AS key_name FROM aws_rds_db_cluster
    UNION ALL
    SELECT account_id, region, 'EFS' AS service, kms_key_id AS key_name FROM aws_efs_file_system
    UNION ALL
    SELECT account_id, region, 'Secrets Manager' AS service, kms_key_id AS key_name FROM aws_secretsmanager_secret
),
uses AS (
    SELECT
        account_id,
        region,
        split_part(key_name, '/', -1) AS key_id,
        count(DISTINCT service) AS services,
        string_agg(DISTINCT service, ', ' ORDER BY service) AS names
    FROM named
    WHERE key_name IS NOT NULL AND key_name NOT LIKE '%alias/%'
    GROUP BY account_id, region, split_part(key_name, '/', -1)
)
SELECT
    key.arn AS resource,
    key.account_id,
    key.region,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'not_applicable'
        WHEN uses.services > 1 THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'AWS manages this key'
        ELSE 'used by ' || coalesce(uses.names, 'nothing that was seen')
    END AS reason
FROM aws_kms_key AS key
LEFT JOIN uses ON uses.account_id = key.account_id AND uses.region = key.region AND uses.key_id = key.id
