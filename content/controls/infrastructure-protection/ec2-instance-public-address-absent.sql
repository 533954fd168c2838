-- ---
-- id = "ec2-instance-public-address-absent"
-- title = "Instances have no public address"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_ec2_instance"
-- when_empty = "not_applicable"
-- why = "An instance with a public address is one security group rule away from the internet; what must be reached stands behind a load balancer."
-- limits = "IPv6 addresses are public as such and not judged. Terminated instances are left out."
-- fix = "Move the instance into a private subnet and put a load balancer in front; use Session Manager to reach it."
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
        WHEN public_ip_address IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN instance_state IN ('terminated', 'shutting-down') THEN 'the instance is ' || instance_state
        WHEN public_ip_address IS NULL THEN 'has no public IPv4 address'
        ELSE 'has the public address ' || public_ip_address
    END AS reason
FROM aws_ec2_instance
