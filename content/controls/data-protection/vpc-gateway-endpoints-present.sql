-- ---
-- id = "vpc-gateway-endpoints-present"
-- title = "VPCs with workloads reach S3 and DynamoDB through gateway endpoints"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_vpc"
-- when_empty = "not_applicable"
-- why = "A gateway endpoint costs nothing, keeps the traffic off the internet, and its policy can say which buckets may be reached at all."
-- limits = "Whether the route tables of all subnets use the endpoint is not judged. A VPC counts as used where it has network interfaces other than those of endpoints and gateways."
-- fix = "Create the gateway endpoints that are missing and associate them with the route tables of the VPC."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html"]
-- ---
WITH wanted AS (
    SELECT unnest($vpc_endpoints_gateway_services) AS service
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
    WHERE state IN ('available', 'pending') AND vpc_endpoint_type = 'Gateway'
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
        WHEN missing.services IS NULL THEN 'has endpoints for ' || array_to_string($vpc_endpoints_gateway_services, ', ')
        ELSE 'has no endpoint for ' || missing.services
    END AS reason
FROM aws_vpc AS vpc
LEFT JOIN busy ON busy.account_id = vpc.account_id AND busy.region = vpc.region AND busy.vpc_id = vpc.vpc_id
LEFT JOIN missing ON missing.arn = vpc.arn
