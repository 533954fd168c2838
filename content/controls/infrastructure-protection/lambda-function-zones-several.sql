-- ---
-- id = "lambda-function-zones-several"
-- title = "Functions in a VPC use several zones"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_lambda_function"
-- when_empty = "not_applicable"
-- why = "A function with subnets of one zone stops with that zone."
-- limits = "Functions outside of any VPC are not judged. Subnets that another account shares are counted as a zone each."
-- fix = "Add a subnet of another zone to the function."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html"]
-- ---
WITH placed AS (
    SELECT
        member.arn,
        member.account_id,
        count(DISTINCT coalesce(subnet.availability_zone, member.subnet_id)) AS zones
    FROM (SELECT arn, account_id, region, unnest(vpc_subnet_ids) AS subnet_id FROM aws_lambda_function) AS member
    LEFT JOIN aws_vpc_subnet AS subnet
        ON subnet.account_id = member.account_id AND subnet.region = member.region AND subnet.subnet_id = member.subnet_id
    GROUP BY member.arn, member.account_id
)
SELECT
    function.arn AS resource,
    function.account_id,
    function.region,
    CASE
        WHEN function.vpc_id IS NULL THEN 'not_applicable'
        WHEN placed.zones >= $functions_minimum_zones THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE WHEN function.vpc_id IS NULL THEN 'runs outside of any VPC' ELSE 'zones: ' || coalesce(placed.zones, 0) END AS reason
FROM aws_lambda_function AS function
LEFT JOIN placed ON placed.arn = function.arn AND placed.account_id = function.account_id
