-- ---
-- id = "ec2-instance-key-pair-absent"
-- title = "Instances are started without a key pair"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_ec2_instance"
-- when_empty = "not_applicable"
-- why = "A key pair is a password that is shared, copied and never changed; Session Manager signs people in by name and records it."
-- limits = "Keys that were put on the disk later, and passwords, cannot be seen."
-- fix = "Start the instance's successor without a key pair and use Session Manager."
-- owner = "workload-owner"
-- size = "S"
-- after = ["ec2-instance-ssm-managed"]
-- refs = ["https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN instance_state IN ('terminated', 'shutting-down') THEN 'not_applicable'
        WHEN key_name IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN instance_state IN ('terminated', 'shutting-down') THEN 'the instance is ' || instance_state
        WHEN key_name IS NULL THEN 'started without a key pair'
        ELSE 'started with the key pair ' || key_name
    END AS reason
FROM aws_ec2_instance
