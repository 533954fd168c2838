-- ---
-- id = "ssm-parameter-key-customer-managed"
-- title = "SecureStrings are encrypted with keys of your own"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_ssm_parameter"
-- when_empty = "not_applicable"
-- why = "With the AWS managed key, everybody in the account who may read the parameter can decrypt it: a key of your own is a second decision."
-- limits = "A key in another account is taken as customer managed."
-- fix = "Write the parameter again with the design's key for secrets."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html"]
-- ---
SELECT
    parameter.arn AS resource,
    parameter.account_id,
    parameter.region,
    CASE
        WHEN parameter.type <> 'SecureString' THEN 'not_applicable'
        WHEN parameter.key_id IS NULL THEN 'unknown'
        WHEN parameter.key_id LIKE '%alias/aws/%' OR key.key_manager = 'AWS' THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN parameter.type <> 'SecureString' THEN 'the parameter is not encrypted'
        WHEN parameter.key_id IS NULL THEN 'the key is not known'
        WHEN parameter.key_id LIKE '%alias/aws/%' OR key.key_manager = 'AWS'
            THEN 'encrypted with the AWS managed key ' || parameter.key_id
        ELSE 'encrypted with ' || parameter.key_id
    END AS reason
FROM aws_ssm_parameter AS parameter
LEFT JOIN aws_kms_key AS key
    ON key.account_id = parameter.account_id
    AND key.region = parameter.region
    AND key.id = split_part(parameter.key_id, '/', -1)
