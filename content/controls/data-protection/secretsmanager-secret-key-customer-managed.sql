-- ---
-- id = "secretsmanager-secret-key-customer-managed"
-- title = "Secrets are encrypted with keys of your own"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_secretsmanager_secret"
-- when_empty = "not_applicable"
-- why = "With the AWS managed key, everybody in the account who may read the secret can decrypt it: a key of your own is a second decision."
-- limits = "A key in another account is taken as customer managed: AWS managed keys cannot be used from elsewhere."
-- fix = "Set the secret's key to the design's key for secrets."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html"]
-- ---
SELECT
    secret.arn AS resource,
    secret.account_id,
    secret.region,
    CASE
        WHEN secret.kms_key_id IS NULL OR secret.kms_key_id LIKE '%alias/aws/%' OR key.key_manager = 'AWS' THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN secret.kms_key_id IS NULL THEN 'encrypted with the AWS managed key alias/aws/secretsmanager'
        WHEN secret.kms_key_id LIKE '%alias/aws/%' OR key.key_manager = 'AWS'
            THEN 'encrypted with the AWS managed key ' || secret.kms_key_id
        ELSE 'encrypted with ' || secret.kms_key_id
    END AS reason
FROM aws_secretsmanager_secret AS secret
LEFT JOIN aws_kms_key AS key
    ON key.account_id = secret.account_id
    AND key.region = secret.region
    AND key.id = split_part(secret.kms_key_id, '/', -1)
