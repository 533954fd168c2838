-- ---
-- id = "efs-file-system-policy-not-public"
-- title = "Policies of file systems let only named clients in"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_efs_file_system"
-- when_empty = "not_applicable"
-- why = "A policy that allows everybody lets any client that reaches a mount target read and write the files, whoever it is."
-- limits = "A file system without a policy takes every client of its network: the control that asks for TLS names it. Conditions on organization, account, network or mount target are believed."
-- fix = "Allow the roles of the clients, or add the condition `elasticfilesystem:AccessedViaMountTarget`."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html"]
-- ---
WITH open AS (
    SELECT arn, account_id, min(coalesce(nullif(s['sid'], ''), 'without id')) AS sid
    FROM (SELECT arn, account_id, unnest(policy_statements(policy)) AS s FROM aws_efs_file_system_policy)
    WHERE s['effect'] = 'Allow'
        AND (
            array_has(s['principals'], '*:*') OR array_has(s['principals'], 'AWS:*')
            OR coalesce(array_length(s['not_principals']), 0) > 0
        )
        AND NOT regexp_like(
            array_to_string(s['conditions'], chr(10)),
            '(?im)^((foranyvalue:)?(stringequals|stringequalsignorecase|stringlike)\|(aws:principalorgid|aws:principalorgpaths|aws:principalaccount|aws:sourceaccount|aws:sourceorgid|aws:sourceorgpaths|aws:sourceowner|aws:sourcevpc|aws:sourcevpce|kms:calleraccount)\|.*[a-z0-9]|(foranyvalue:)?(stringequals|stringlike|arnequals|arnlike)\|aws:(sourcearn|principalarn)\|arn:[a-z-]+:[a-z0-9-]+:[^:]*:([0-9]{12}:|:[a-z0-9])|ipaddress\|aws:sourceip\|[1-9])'
        )
        AND NOT regexp_like(
            array_to_string(s['conditions'], chr(10)),
            '(?im)^(bool\|elasticfilesystem:accessedviamounttarget\|true$|stringequals\|elasticfilesystem:accesspointarn\|arn:)'
        )
    GROUP BY arn, account_id
)
SELECT
    file_system.arn AS resource,
    file_system.account_id,
    file_system.region,
    CASE
        WHEN file_system.number_of_mount_targets = 0 THEN 'not_applicable'
        WHEN open.arn IS NOT NULL THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN file_system.number_of_mount_targets = 0 THEN 'nobody can mount it: it has no mount target'
        WHEN open.arn IS NOT NULL THEN 'the policy allows everybody in statement ' || open.sid
        ELSE 'no statement allows everybody'
    END AS reason
FROM aws_efs_file_system AS file_system
LEFT JOIN open ON open.arn = file_system.arn AND open.account_id = file_system.account_id
