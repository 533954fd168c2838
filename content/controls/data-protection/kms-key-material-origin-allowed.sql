-- ---
-- id = "kms-key-material-origin-allowed"
-- title = "Key material comes from where the design allows"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_kms_key"
-- when_empty = "not_applicable"
-- why = "Imported material must be kept, rotated and re-imported by hand, and expires; material made by KMS never leaves it."
-- limits = "The custody of imported material outside of AWS cannot be seen."
-- fix = "Create a key with material made by KMS, re-encrypt with it, and retire the old key; or allow the origin in the design."
-- owner = "security-engineer"
-- size = "L"
-- after = []
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html"]
-- ---
SELECT
    key.arn AS resource,
    key.account_id,
    key.region,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'not_applicable'
        WHEN key.origin IS NULL THEN 'unknown'
        WHEN array_has($keys_origins_allowed, key.origin) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'AWS manages this key'
        WHEN key.origin IS NULL THEN 'the origin is not known'
        ELSE 'key material comes from ' || key.origin || coalesce(' and expires on ' || to_char(key.valid_to, '%Y-%m-%d'), '')
    END AS reason
FROM aws_kms_key AS key
