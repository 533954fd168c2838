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
    SELECT account_id, region, 'S3' AS service, split_part(kms_master_key_id, '/', -1) AS key_id
    FROM aws_s3_bucket_encryption
    WHERE kms_master_key_id NOT LIKE '%alias/%'
    UNION
    SELECT account_id, region, 'EBS' AS service, split_part(kms_key_id, '/', -1) AS key_id
    FROM aws_ebs_volume
    WHERE kms_key_id NOT LIKE '%alias/%'
    UNION
    SELECT account_id, region, 'RDS' AS service, split_part(kms_key_id, '/', -1) AS key_id
    FROM aws_rds_db_instance
    WHERE kms_key_id NOT LIKE '%alias/%'
    UNION
    SELECT account_id, region, 'RDS' AS service, split_part(kms_key_id, '/', -1) AS key_id
    FROM aws_rds_db_cluster
    WHERE kms_key_id NOT LIKE '%alias/%'
    UNION
    SELECT account_id, region, 'EFS' AS service, split_part(kms_key_id, '/', -1) AS key_id
    FROM aws_efs_file_system
    WHERE kms_key_id NOT LIKE '%alias/%'
    UNION
    SELECT account_id, region, 'Secrets Manager' AS service, split_part(kms_key_id, '/', -1) AS key_id
    FROM aws_secretsmanager_secret
    WHERE kms_key_id NOT LIKE '%alias/%'
),
uses AS (
    SELECT account_id, region, key_id, count(*) AS services, string_agg(service, ', ' ORDER BY service) AS names
    FROM named
    GROUP BY account_id, region, key_id
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
