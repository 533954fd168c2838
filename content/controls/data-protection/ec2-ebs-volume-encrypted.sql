-- ---
-- id = "ec2-ebs-volume-encrypted"
-- title = "EBS volumes are encrypted"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ebs_volume"
-- when_empty = "not_applicable"
-- why = "Encryption keeps a copied disk, a snapshot that was shared by mistake, or a retired drive worthless to others."
-- limits = "Sees encryption by EBS: a disk that the operating system encrypts by itself fails. Volumes that no instance uses are judged as well, since they hold data, too."
-- fix = "Copy a snapshot of the volume with encryption and replace the volume; the default for new ones first."
-- owner = "workload-owner"
-- size = "M"
-- after = ["ec2-ebs-default-encryption-enabled"]
-- refs = ["https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN encrypted THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN encrypted THEN 'encrypted' ELSE 'not encrypted' END
        || CASE WHEN coalesce(json_length(attachments), 0) > 0 THEN ', attached' ELSE ', not attached' END AS reason
FROM aws_ebs_volume
