-- ---
-- id = "ec2-ebs-volume-key-customer-managed"
-- title = "EBS volumes use a customer managed key"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_ebs_volume"
-- when_empty = "not_applicable"
-- why = "The key that AWS manages opens for every principal of the account; a key of one's own says who, and can be taken away."
-- limits = "A key of another account is taken for customer managed, since AWS managed keys cannot be shared."
-- fix = "Copy a snapshot of the volume with the EBS key of the design and replace the volume."
-- owner = "workload-owner"
-- size = "M"
-- after = ["ec2-ebs-volume-encrypted", "ec2-ebs-default-key-customer-managed"]
-- refs = ["https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html"]
-- ---
SELECT
    volume.arn AS resource,
    volume.account_id,
    volume.region,
    CASE
        WHEN NOT volume.encrypted THEN 'not_applicable'
        WHEN key.key_manager = 'CUSTOMER' THEN 'pass'
        WHEN key.key_manager = 'AWS' OR volume.kms_key_id LIKE '%alias/aws/ebs' THEN 'fail'
        WHEN split_part(volume.kms_key_id, ':', 5) NOT IN ('', volume.account_id) THEN 'pass'
        ELSE 'unknown'
    END AS status,
    CASE
        WHEN NOT volume.encrypted THEN 'the volume is not encrypted'
        WHEN volume.kms_key_id IS NULL THEN 'the key was not given'
        WHEN key.key_manager = 'AWS' THEN 'AWS manages the key ' || volume.kms_key_id
        ELSE 'encrypted with ' || volume.kms_key_id
    END AS reason
FROM aws_ebs_volume AS volume
LEFT JOIN aws_kms_key AS key
    ON key.account_id = volume.account_id
    AND key.region = volume.region
    AND key.id = split_part(volume.kms_key_id, '/', -1)
