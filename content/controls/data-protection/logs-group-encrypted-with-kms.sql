-- ---
-- id = "logs-group-encrypted-with-kms"
-- title = "Log groups are encrypted with a KMS key of the customer"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_cloudwatch_log_group"
-- when_empty = "not_applicable"
-- why = "With a key of one's own, reading the logs takes a right on the key too, and the key can be taken away."
-- limits = "The service encrypts every group with a key of its own; that is not enough here. The key's policy is not looked at."
-- fix = "Give the group the key of the design: `aws logs associate-kms-key --log-group-name NAME --kms-key-id KEY`."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN log_group_class = 'DELIVERY' THEN 'not_applicable'
        WHEN kms_key_id <> '' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN log_group_class = 'DELIVERY' THEN 'the group only hands events on'
        WHEN kms_key_id <> '' THEN 'encrypted with ' || kms_key_id
        ELSE 'encrypted with a key of the service'
    END AS reason
FROM aws_cloudwatch_log_group
