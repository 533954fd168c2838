-- ---
-- id = "vpc-main-route-table-private"
-- title = "Main route tables lead to no internet gateway"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_vpc_route_table"
-- when_empty = "not_applicable"
-- why = "A subnet that nobody gave a route table uses the main one: if that leads to the internet, so does every forgotten subnet."
-- limits = "Tables that subnets name are not judged. What a network appliance does with the traffic cannot be seen."
-- fix = "Give public subnets a route table of their own and remove the route to the internet gateway from the main one."
-- owner = "platform-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html"]
-- ---
SELECT
    route_table.arn AS resource,
    route_table.account_id,
    route_table.region,
    CASE
        WHEN NOT route_table.is_main THEN 'not_applicable'
        WHEN open.routes IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT route_table.is_main THEN 'not the main table of its VPC'
        WHEN open.routes IS NULL THEN 'leads to no internet gateway'
        ELSE 'leads to the internet: ' || open.routes
    END AS reason
FROM aws_vpc_route_table AS route_table
LEFT JOIN (
    SELECT
        route_table_arn,
        account_id,
        string_agg(
            coalesce(destination_cidr_block, destination_ipv6_cidr_block, destination_prefix_list_id, 'somewhere') || ' through ' || gateway_id,
            ', ' ORDER BY gateway_id, destination_cidr_block
        ) AS routes
    FROM aws_vpc_route
    WHERE gateway_id LIKE 'igw-%'
    GROUP BY route_table_arn, account_id
) AS open ON open.route_table_arn = route_table.arn AND open.account_id = route_table.account_id
