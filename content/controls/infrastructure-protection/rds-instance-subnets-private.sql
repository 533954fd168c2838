-- ---
-- id = "rds-instance-subnets-private"
-- title = "Databases stand in subnets without a way to the internet"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_instance"
-- when_empty = "not_applicable"
-- why = "In a subnet with a route to an internet gateway, a changed setting is all that keeps a database from the internet."
-- limits = "Looks at the route tables of the subnets, and at the main one of the VPC where a subnet names none; subnets shared by another account are unknown."
-- fix = "Make a subnet group of private subnets and move the database into it."
-- owner = "workload-owner"
-- size = "L"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.Scenarios.html"]
-- ---
WITH placed AS (
    SELECT arn, account_id, region, vpc_id, unnest(subnet_ids) AS subnet_id FROM aws_rds_db_instance
),
named AS (
    SELECT arn AS table_arn, account_id, region, unnest(subnet_ids) AS subnet_id FROM aws_vpc_route_table
),
routed AS (
    SELECT placed.arn, placed.account_id, placed.subnet_id, coalesce(named.table_arn, main.arn) AS table_arn
    FROM placed
    LEFT JOIN named
        ON named.account_id = placed.account_id AND named.region = placed.region AND named.subnet_id = placed.subnet_id
    LEFT JOIN aws_vpc_route_table AS main
        ON main.account_id = placed.account_id
        AND main.region = placed.region
        AND main.vpc_id = placed.vpc_id
        AND main.is_main
),
internet AS (
    SELECT DISTINCT route_table_arn, account_id
    FROM aws_vpc_route
    WHERE gateway_id LIKE 'igw-%'
        AND (destination_cidr_block = '0.0.0.0/0' OR destination_ipv6_cidr_block = '::/0')
),
ways AS (
    SELECT
        routed.arn,
        routed.account_id,
        bool_or(routed.table_arn IS NULL) AS unsure,
        string_agg(
            DISTINCT CASE WHEN internet.route_table_arn IS NOT NULL THEN routed.subnet_id END, ', '
            ORDER BY CASE WHEN internet.route_table_arn IS NOT NULL THEN routed.subnet_id END
        ) AS subnets
    FROM routed
    LEFT JOIN internet
        ON internet.route_table_arn = routed.table_arn AND internet.account_id = routed.account_id
    GROUP BY routed.arn, routed.account_id
)
SELECT
    db.arn AS resource,
    db.account_id,
    db.region,
    CASE
        WHEN ways.subnets IS NOT NULL THEN 'fail'
        WHEN ways.arn IS NULL OR ways.unsure THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN ways.subnets IS NOT NULL THEN 'a route to the internet leads from ' || ways.subnets
        WHEN ways.arn IS NULL THEN 'its subnets are not known'
        WHEN ways.unsure THEN 'the route table of a subnet was not read'
        ELSE 'no subnet has a route to the internet'
    END AS reason
FROM aws_rds_db_instance AS db
LEFT JOIN ways ON ways.arn = db.arn AND ways.account_id = db.account_id
