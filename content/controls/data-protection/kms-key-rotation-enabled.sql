-- ---
-- id = "kms-key-rotation-enabled"
-- title = "Customer managed symmetric keys rotate every year"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_kms_key"
-- when_empty = "not_applicable"
-- why = "A key that is never rotated protects ever more data with the same material: one leak opens all of it."
-- limits = "Keys with imported material or in a custom key store cannot rotate by themselves and are not judged."
-- fix = "Turn on automatic rotation: `aws kms enable-key-rotation`, or EnableKeyRotation in the key's CloudFormation template."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html"]
-- ---
SELECT
    key.arn AS resource,
    key.account_id,
    key.region,
    CASE
        WHEN key.key_manager <> 'CUSTOMER' OR key.key_spec <> 'SYMMETRIC_DEFAULT' OR key.origin <> 'AWS_KMS' THEN 'not_applicable'
        WHEN key.key_state <> 'Enabled' THEN 'not_applicable'
        WHEN rotation.key_rotation_enabled AND coalesce(rotation.rotation_period_in_days, 365) <= $keys_rotation_max_days THEN 'pass'
        WHEN rotation.key_rotation_enabled IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN key.key_manager <> 'CUSTOMER' THEN 'AWS manages this key and rotates it'
        WHEN key.key_spec <> 'SYMMETRIC_DEFAULT' THEN 'keys of spec ' || key.key_spec || ' have no automatic rotation'
        WHEN key.origin <> 'AWS_KMS' THEN 'key material comes from ' || key.origin
        WHEN key.key_state <> 'Enabled' THEN 'the key is ' || key.key_state
        WHEN rotation.key_rotation_enabled IS NULL THEN 'the rotation status was not read'
        WHEN rotation.key_rotation_enabled THEN 'rotates every ' || coalesce(rotation.rotation_period_in_days, 365) || ' days'
        ELSE 'automatic rotation is off'
    END AS reason
FROM aws_kms_key AS key
LEFT JOIN aws_kms_key_rotation AS rotation
    ON rotation.key_arn = key.arn AND rotation.account_id = key.account_id
