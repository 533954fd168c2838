-- ---
-- id = "ec2-ebs-default-encryption-enabled"
-- title = "New volumes are encrypted by default"
-- severity = "medium"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "With the default on nobody can forget: every new volume and copied snapshot of the region is encrypted."
-- limits = "Volumes that were made before stay as they are: ec2-ebs-volume-encrypted finds them."
-- fix = "Turn it on in every region: `aws ec2 enable-ebs-encryption-by-default`; account setup does it for new accounts."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html"]
-- ---
SELECT
    place.arn AS resource,
    place.account_id,
    place.region,
    CASE
        WHEN setting.account_id IS NULL THEN 'unknown'
        WHEN setting.ebs_encryption_by_default THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN setting.account_id IS NULL THEN 'the setting was not read' ELSE CASE WHEN setting.ebs_encryption_by_default THEN 'encryption by default is on' ELSE 'encryption by default is off' END END AS reason
FROM aws_region AS place
LEFT JOIN aws_ebs_encryption_by_default AS setting
    ON setting.account_id = place.account_id AND setting.region = place.region
