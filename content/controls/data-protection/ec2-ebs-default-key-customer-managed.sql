-- ---
-- id = "ec2-ebs-default-key-customer-managed"
-- title = "New volumes use a customer managed key by default"
-- severity = "medium"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "Only a key of one's own has a policy that separates who may use it from who may manage it, and can be taken away in an incident."
-- limits = "The key that a launch names instead is judged by ec2-ebs-volume-key-customer-managed."
-- fix = "Create the EBS key of the design and make it the default: `aws ec2 modify-ebs-default-kms-key-id`."
-- owner = "security-engineer"
-- size = "S"
-- after = ["ec2-ebs-default-encryption-enabled"]
-- refs = ["https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html"]
-- ---
SELECT
    place.arn AS resource,
    place.account_id,
    place.region,
    CASE
        WHEN setting.kms_key_id IS NULL OR setting.kms_key_id = '' THEN 'unknown'
        WHEN setting.kms_key_id LIKE '%alias/aws/ebs' OR key.key_manager = 'AWS' THEN 'fail'
        WHEN setting.kms_key_id LIKE '%alias/%' OR key.key_manager = 'CUSTOMER' THEN 'pass'
        WHEN split_part(setting.kms_key_id, ':', 5) NOT IN ('', place.account_id) THEN 'pass'
        ELSE 'unknown'
    END AS status,
    CASE
        WHEN setting.kms_key_id IS NULL OR setting.kms_key_id = '' THEN 'the setting was not read'
        WHEN setting.kms_key_id LIKE '%alias/aws/ebs' OR key.key_manager = 'AWS' THEN 'AWS manages the default key ' || setting.kms_key_id
        ELSE 'the default key is ' || setting.kms_key_id
    END AS reason
FROM aws_region AS place
LEFT JOIN aws_ebs_default_kms_key AS setting
    ON setting.account_id = place.account_id AND setting.region = place.region
LEFT JOIN aws_kms_key AS key
    ON key.account_id = place.account_id
    AND key.region = place.region
    AND key.id = split_part(setting.kms_key_id, '/', -1)
