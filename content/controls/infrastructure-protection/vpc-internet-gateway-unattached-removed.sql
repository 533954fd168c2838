-- ---
-- id = "vpc-internet-gateway-unattached-removed"
-- title = "Internet gateways that no VPC uses are removed"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_vpc_internet_gateway"
-- when_empty = "not_applicable"
-- why = "A gateway that lies about is one step from being attached to a VPC that was meant to be private."
-- limits = "Whether an attached gateway is wanted is not judged here: routes, addresses and groups are."
-- fix = "Delete the gateway."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN coalesce(array_length(attached_vpc_ids), 0) > 0 THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN coalesce(array_length(attached_vpc_ids), 0) > 0 THEN 'attached to ' || array_to_string(attached_vpc_ids, ', ')
        ELSE 'attached to no VPC'
    END AS reason
FROM aws_vpc_internet_gateway
