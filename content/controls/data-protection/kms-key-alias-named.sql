-- ---
-- id = "kms-key-alias-named"
-- title = "Customer managed keys have an alias that tells their purpose"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_kms_key"
-- when_empty = "not_applicable"
-- why = "A key without a telling alias is used for the wrong data and deleted by mistake; one key for each service and data class keeps the damage of a lost key small."
-- limits = "Judges the name, not what the key is used for."
-- fix = "Name the key by the design: `alias/<namespace>/<service>[-<data class>]`."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"]
-- ---
WITH named AS (
    SELECT
        target_key_id,
        account_id,
        region,
        bool_or(regexp_like(
            alias_name,
            '^alias/' || $names_namespace || '/[a-z0-9]+(-(' || array_to_string($data_classes, '|') || '))?$'
        )) AS well_named,
        string_agg(alias_name, ', ' ORDER BY alias_name) AS aliases
    FROM aws_kms_alias
    WHERE target_key_id IS NOT NULL
    GROUP BY target_key_id, account_id, region
)
SELECT
    key.arn AS resource,
    key.account_id,
    key.region,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'not_applicable'
        WHEN key.key_state IN ('PendingDeletion', 'PendingReplicaDeletion') THEN 'not_applicable'
        WHEN named.well_named THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'AWS manages this key'
        WHEN key.key_state IN ('PendingDeletion', 'PendingReplicaDeletion') THEN 'the key will be deleted'
        WHEN named.aliases IS NULL THEN 'the key has no alias'
        WHEN named.well_named THEN 'known as ' || named.aliases
        ELSE 'not a name of the design: ' || named.aliases
    END AS reason
FROM aws_kms_key AS key
LEFT JOIN named
    ON named.target_key_id = key.id AND named.account_id = key.account_id AND named.region = key.region
