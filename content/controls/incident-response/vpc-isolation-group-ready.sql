-- ---
-- id = "vpc-isolation-group-ready"
-- title = "VPCs with workloads have the isolation group ready"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_vpc"
-- when_empty = "not_applicable"
-- why = "In an incident the compromised instance is moved into a group that lets nothing through: made beforehand that is one call, and everybody knows its name."
-- limits = "The group is known by its name in the design. A VPC counts as used where it has network interfaces other than those of endpoints and gateways."
-- fix = "Create the isolation group in the VPC and remove its rule for what goes out."
-- owner = "incident-responder"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_incident_response_pre_deploy_tools.html"]
-- ---
WITH busy AS (
    SELECT DISTINCT account_id, region, vpc_id
    FROM aws_ec2_network_interface
    WHERE coalesce(interface_type, 'interface') NOT IN ('vpc_endpoint', 'gateway_load_balancer_endpoint', 'nat_gateway', 'transit_gateway')
),
rules AS (
    SELECT account_id, region, group_id, count(*) AS number
    FROM aws_vpc_security_group_rule
    GROUP BY account_id, region, group_id
),
isolation AS (
    SELECT
        security_group.account_id,
        security_group.region,
        security_group.vpc_id,
        min(coalesce(rules.number, 0)) AS rules
    FROM aws_vpc_security_group AS security_group
    LEFT JOIN rules
        ON rules.account_id = security_group.account_id
        AND rules.region = security_group.region
        AND rules.group_id = security_group.group_id
    WHERE security_group.group_name = $security_groups_isolation_name
    GROUP BY security_group.account_id, security_group.region, security_group.vpc_id
)
SELECT
    vpc.arn AS resource,
    vpc.account_id,
    vpc.region,
    CASE
        WHEN busy.vpc_id IS NULL THEN 'not_applicable'
        WHEN isolation.rules = 0 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN busy.vpc_id IS NULL THEN 'nothing runs in the VPC'
        WHEN isolation.rules IS NULL THEN 'has no group ' || $security_groups_isolation_name
        WHEN isolation.rules = 0 THEN $security_groups_isolation_name || ' lets nothing through'
        ELSE $security_groups_isolation_name || ' has rules: ' || isolation.rules
    END AS reason
FROM aws_vpc AS vpc
LEFT JOIN busy ON busy.account_id = vpc.account_id AND busy.region = vpc.region AND busy.vpc_id = vpc.vpc_id
LEFT JOIN isolation
    ON isolation.account_id = vpc.account_id AND isolation.region = vpc.region AND isolation.vpc_id = vpc.vpc_id
