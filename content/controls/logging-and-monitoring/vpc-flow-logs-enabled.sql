-- ---
-- id = "vpc-flow-logs-enabled"
-- title = "VPCs record their traffic"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_vpc"
-- when_empty = "not_applicable"
-- why = "Without flow logs nobody can say afterwards which addresses an intruder talked to."
-- limits = "Flow logs of single subnets or interfaces do not count for the VPC. Whether the records arrive is asked by vpc-flow-log-delivered."
-- fix = "Create a flow log for the VPC that records at least rejected traffic, into the log archive's bucket."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html"]
-- ---
SELECT
    vpc.arn AS resource,
    vpc.account_id,
    vpc.region,
    CASE WHEN logs.ids IS NULL THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN logs.ids IS NULL THEN 'no active flow log of ' || array_to_string($flow_logs_traffic_types, ' or ') || ' traffic' ELSE 'recorded by ' || logs.ids END AS reason
FROM aws_vpc AS vpc
LEFT JOIN (
    SELECT account_id, region, resource_id, string_agg(flow_log_id, ', ' ORDER BY flow_log_id) AS ids
    FROM aws_vpc_flow_log
    WHERE flow_log_status = 'ACTIVE' AND array_has($flow_logs_traffic_types, traffic_type)
    GROUP BY account_id, region, resource_id
) AS logs
    ON logs.account_id = vpc.account_id
    AND logs.region = vpc.region
    AND logs.resource_id = vpc.vpc_id
