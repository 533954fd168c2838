-- ---
-- id = "vpc-eip-unused-released"
-- title = "Elastic IP addresses without use are released"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_vpc_eip"
-- when_empty = "not_applicable"
-- why = "An address that nothing answers on is paid for, and stays in allow lists and DNS records that nobody checks."
-- limits = "Addresses that are kept for a failover need an exception."
-- fix = "Release the address, after a look into DNS and allow lists for it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN association_id IS NULL AND instance_id IS NULL AND network_interface_id IS NULL THEN 'fail' ELSE 'pass' END AS status,
    coalesce(public_ip, allocation_id)
        || CASE
            WHEN association_id IS NULL AND instance_id IS NULL AND network_interface_id IS NULL THEN ' is used by nothing'
            ELSE ' is used by ' || coalesce(instance_id, network_interface_id, association_id)
        END AS reason
FROM aws_vpc_eip
