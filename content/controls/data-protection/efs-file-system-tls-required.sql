-- ---
-- id = "efs-file-system-tls-required"
-- title = "File systems are mounted with TLS only"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_efs_file_system"
-- when_empty = "not_applicable"
-- why = "A mount without TLS sends files in the clear through the network."
-- limits = "A file system without a mount target cannot be mounted and is not judged."
-- fix = "Set a file system policy that denies everybody where `aws:SecureTransport` is false, and mount with the EFS helper's `tls` option."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/efs/latest/ug/encryption-in-transit.html"]
-- ---
WITH refusing AS (
    SELECT DISTINCT arn, account_id
    FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_efs_file_system_policy)
    WHERE s['effect'] = 'Deny'
        AND (array_has(s['principals'], '*:*') OR array_has(s['principals'], 'AWS:*'))
        AND (
            array_has(s['actions'], '*') OR array_has(s['actions'], 'elasticfilesystem:*')
            OR array_has(s['actions'], 'elasticfilesystem:client*') OR array_has(s['actions'], 'elasticfilesystem:clientmount')
        )
        AND regexp_like(array_to_string(s['conditions'], chr(10)), '(?i)^bool(ifexists)?\|aws:securetransport\|false$')
),
allowing AS (
    SELECT
        arn,
        account_id,
        bool_and(regexp_like(array_to_string(s['conditions'], chr(10)), '(?im)^bool\|aws:securetransport\|true$')) AS with_tls
    FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_efs_file_system_policy)
    WHERE s['effect'] = 'Allow'
    GROUP BY arn, account_id
)
SELECT
    file_system.arn AS resource,
    file_system.account_id,
    file_system.region,
    CASE
        WHEN file_system.number_of_mount_targets = 0 THEN 'not_applicable'
        WHEN refusing.arn IS NOT NULL OR allowing.with_tls THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN file_system.number_of_mount_targets = 0 THEN 'nobody can mount it: it has no mount target'
        WHEN refusing.arn IS NOT NULL OR allowing.with_tls THEN 'the policy refuses clients without TLS'
        WHEN policy.arn IS NULL THEN 'the file system has no policy'
        ELSE 'the policy takes clients without TLS'
    END AS reason
FROM aws_efs_file_system AS file_system
LEFT JOIN aws_efs_file_system_policy AS policy
    ON policy.arn = file_system.arn AND policy.account_id = file_system.account_id
LEFT JOIN refusing ON refusing.arn = file_system.arn AND refusing.account_id = file_system.account_id
LEFT JOIN allowing ON allowing.arn = file_system.arn AND allowing.account_id = file_system.account_id
