-- ---
-- id = "vpc-block-public-access-enabled"
-- title = "VPC block public access is on"
-- severity = "medium"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "One switch keeps internet gateways of a region shut for what is not exempted, whatever a route table or a group says."
-- limits = "Exclusions of single VPCs and subnets are not read."
-- fix = "Turn on VPC block public access for ingress, with exclusions for the VPCs that serve the internet; an EC2 declarative policy does it for all accounts."
-- owner = "security-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html"]
-- ---
SELECT
    place.arn AS resource,
    place.account_id,
    place.region,
    CASE
        WHEN options.internet_gateway_block_mode IS NULL THEN 'unknown'
        WHEN options.internet_gateway_block_mode IN ('block-bidirectional', 'block-ingress') THEN 'pass'
        ELSE 'fail'
    END AS status,
    coalesce('the mode is ' || options.internet_gateway_block_mode, 'the setting was not read') AS reason
FROM aws_region AS place
LEFT JOIN aws_vpc_block_public_access_options AS options
    ON options.account_id = place.account_id AND options.region = place.region
