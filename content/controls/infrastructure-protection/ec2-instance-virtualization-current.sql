-- ---
-- id = "ec2-instance-virtualization-current"
-- title = "Instances use hardware virtualization"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_ec2_instance"
-- when_empty = "not_applicable"
-- why = "Paravirtual instances run on the oldest hosts, without the isolation and the metadata service of today."
-- limits = "Goes by the image's type of virtualization; the generation of the instance type is not looked at. Terminated instances are left out."
-- fix = "Move the workload to an image of type hvm on a current instance type."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN instance_state IN ('terminated', 'shutting-down') THEN 'not_applicable'
        WHEN virtualization_type = 'hvm' THEN 'pass'
        WHEN virtualization_type IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE WHEN instance_state IN ('terminated', 'shutting-down') THEN 'the instance is ' || instance_state ELSE 'virtualization: ' || coalesce(virtualization_type, 'not given') END AS reason
FROM aws_ec2_instance
