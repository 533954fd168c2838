-- ---
-- id = "vpc-peering-routes-narrow"
-- title = "Routes to peered VPCs lead only to what is needed there"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_vpc_route_table"
-- when_empty = "not_applicable"
-- why = "A route to the whole of a peered VPC lets an intruder in one of them look around in the other."
-- limits = "A route counts as wide where it holds a whole block of the peer; whether a narrower one is narrow enough is the owner's to say. Route tables without routes to a peer are not judged."
-- fix = "Replace the route by routes to the subnets or hosts that are needed."
-- owner = "platform-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-partial-access.html"]
-- ---
WITH block AS (
    SELECT account_id, region, id, requester_vpc_id AS vpc_id, unnest(accepter_cidr_blocks) AS cidr
    FROM aws_vpc_peering_connection
    UNION ALL
    SELECT account_id, region, id, accepter_vpc_id AS vpc_id, unnest(requester_cidr_blocks) AS cidr
    FROM aws_vpc_peering_connection
),
to_peer AS (
    SELECT
        route_table_arn,
        account_id,
        region,
        vpc_peering_connection_id AS id,
        coalesce(destination_cidr_block, destination_ipv6_cidr_block, destination_prefix_list_id) AS destination
    FROM aws_vpc_route
    WHERE vpc_peering_connection_id IS NOT NULL
),
wide AS (
    SELECT
        to_peer.route_table_arn,
        string_agg(DISTINCT to_peer.destination || ' through ' || to_peer.id, ', ' ORDER BY to_peer.destination || ' through ' || to_peer.id) AS routes
    FROM to_peer
    INNER JOIN aws_vpc_route_table AS route_table
        ON route_table.arn = to_peer.route_table_arn AND route_table.account_id = to_peer.account_id
    INNER JOIN block
        ON block.account_id = to_peer.account_id
        AND block.region = to_peer.region
        AND block.id = to_peer.id
        AND block.vpc_id = route_table.vpc_id
    WHERE cidr_contains(to_peer.destination, block.cidr)
    GROUP BY to_peer.route_table_arn
),
any_route AS (
    SELECT route_table_arn, count(*) AS number
    FROM to_peer
    GROUP BY route_table_arn
)
SELECT
    route_table.arn AS resource,
    route_table.account_id,
    route_table.region,
    CASE
        WHEN any_route.number IS NULL THEN 'not_applicable'
        WHEN wide.routes IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN any_route.number IS NULL THEN 'leads to no peered VPC'
        WHEN wide.routes IS NULL THEN 'leads to parts of peered VPCs'
        ELSE 'leads to all of a peered VPC: ' || wide.routes
    END AS reason
FROM aws_vpc_route_table AS route_table
LEFT JOIN any_route ON any_route.route_table_arn = route_table.arn
LEFT JOIN wide ON wide.route_table_arn = route_table.arn
