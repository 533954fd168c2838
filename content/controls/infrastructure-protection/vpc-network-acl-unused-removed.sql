-- ---
-- id = "vpc-network-acl-unused-removed"
-- title = "Network ACLs without a subnet are removed"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_vpc_network_acl"
-- when_empty = "not_applicable"
-- why = "An ACL that guards no subnet is a trap for whoever looks for the rules in force."
-- limits = "The default ACL of a VPC cannot be removed and is not judged."
-- fix = "Delete the ACL, or associate it with the subnets that it was made for."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN is_default THEN 'not_applicable'
        WHEN coalesce(array_length(subnet_ids), 0) > 0 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN is_default THEN 'the default ACL of its VPC'
        WHEN coalesce(array_length(subnet_ids), 0) > 0 THEN 'guards ' || array_to_string(subnet_ids, ', ')
        ELSE 'guards no subnet'
    END AS reason
FROM aws_vpc_network_acl
