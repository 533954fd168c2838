-- ---
-- id = "vpc-subnet-public-address-not-assigned"
-- title = "Subnets assign no public addresses by themselves"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_vpc_subnet"
-- when_empty = "not_applicable"
-- why = "Where a subnet hands out public addresses, every instance is on the internet unless somebody remembers to say no."
-- limits = "IPv6 addresses are public as such and not judged."
-- fix = "Turn off the automatic public IPv4 address of the subnet and give addresses to load balancers and NAT gateways alone."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN map_public_ip_on_launch THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN map_public_ip_on_launch THEN 'gives new interfaces a public IPv4 address' ELSE 'gives no public IPv4 address by itself' END
        || CASE WHEN default_for_az THEN ' (subnet of the default VPC)' ELSE '' END AS reason
FROM aws_vpc_subnet
