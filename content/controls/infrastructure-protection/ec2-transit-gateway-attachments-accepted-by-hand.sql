-- ---
-- id = "ec2-transit-gateway-attachments-accepted-by-hand"
-- title = "Transit gateways ask before another account attaches"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_ec2_transit_gateway"
-- when_empty = "not_applicable"
-- why = "With automatic acceptance every account that the gateway is shared with joins its network without anybody looking."
-- limits = "Attachments that were accepted earlier are not read."
-- fix = "Turn off automatic acceptance of shared attachments."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN state IN ('deleting', 'deleted') THEN 'not_applicable'
        WHEN auto_accept_shared_attachments = 'disable' THEN 'pass'
        WHEN auto_accept_shared_attachments IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN state IN ('deleting', 'deleted') THEN 'the gateway is ' || state
        ELSE 'automatic acceptance: ' || coalesce(auto_accept_shared_attachments, 'not said')
    END AS reason
FROM aws_ec2_transit_gateway
