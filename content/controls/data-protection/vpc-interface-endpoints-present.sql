-- ---
-- id = "vpc-interface-endpoints-present"
-- title = "VPCs with workloads reach the services of the design through interface endpoints"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_vpc"
-- when_empty = "not_applicable"
-- why = "Keys, secrets, sessions and logs should not need a way to the internet: with endpoints a subnet can do without one."
-- limits = "Endpoints of a central VPC that is reached over a transit gateway cannot be told from none: take such VPCs out by an exception."
-- fix = "Create the interface endpoints that are missing with private DNS, or share those of a central VPC."
-- owner = "platform-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html"]
-- ---
WITH wanted AS (
    SELECT unnest($vpc_endpoints_interface_services) AS service
),
busy AS (
    SELECT DISTINCT account_id, region, vpc_id
    FROM aws_ec2_network_interface
    -- Endpoints and gateways are plumbing, no workload.
    WHERE coalesce(interface_type, 'interface') NOT IN ('vpc_endpoint', 'gateway_load_balancer_endpoint', 'nat_gateway', 'transit_gateway')
),
there AS (
    SELECT DISTINCT account_id, region, vpc_id, service_name
    FROM aws_vpc_endpoint
    WHERE state IN ('available', 'pending') AND vpc_endpoint_type = 'Interface'
),
missing AS (
    SELECT vpc.arn, string_agg(wanted.service, ', ' ORDER BY wanted.service) AS services
    FROM aws_vpc AS vpc
    CROSS JOIN wanted
    LEFT JOIN there
        ON there.account_id = vpc.account_id
        AND there.region = vpc.region
        AND there.vpc_id = vpc.vpc_id
        AND (there.service_name = 'com.amazonaws.' || vpc.region || '.' || wanted.service
            OR there.service_name = 'cn.com.amazonaws.' || vpc.region || '.' || wanted.service)
    WHERE there.service_name IS NULL
    GROUP BY vpc.arn
)
SELECT
    vpc.arn AS resource,
    vpc.account_id,
    vpc.region,
    CASE
        WHEN busy.vpc_id IS NULL THEN 'not_applicable'
        WHEN missing.services IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN busy.vpc_id IS NULL THEN 'nothing runs in the VPC'
        WHEN missing.services IS NULL THEN 'has endpoints for ' || array_to_string($vpc_endpoints_interface_services, ', ')
        ELSE 'has no endpoint for ' || missing.services
    END AS reason
FROM aws_vpc AS vpc
LEFT JOIN busy ON busy.account_id = vpc.account_id AND busy.region = vpc.region AND busy.vpc_id = vpc.vpc_id
LEFT JOIN missing ON missing.arn = vpc.arn
