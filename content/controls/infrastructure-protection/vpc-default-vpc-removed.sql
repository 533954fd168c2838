-- ---
-- id = "vpc-default-vpc-removed"
-- title = "Regions have no default VPC"
-- severity = "medium"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "The default VPC gives every subnet a public address and a way to the internet: what is launched there without a thought is exposed."
-- limits = "Whether something runs in the default VPC is not judged."
-- fix = "Remove the default VPC of each region with its subnets and gateway, once nothing runs in it; account setup does it for new accounts."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html"]
-- ---
SELECT
    place.arn AS resource,
    place.account_id,
    place.region,
    CASE WHEN vpcs.ids IS NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN vpcs.ids IS NULL THEN 'no default VPC' ELSE 'default VPC ' || vpcs.ids END AS reason
FROM aws_region AS place
LEFT JOIN (
    SELECT account_id, region, string_agg(vpc_id, ', ' ORDER BY vpc_id) AS ids
    FROM aws_vpc
    WHERE is_default
    GROUP BY account_id, region
) AS vpcs ON vpcs.account_id = place.account_id AND vpcs.region = place.region
