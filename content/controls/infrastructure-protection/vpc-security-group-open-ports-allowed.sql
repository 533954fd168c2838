-- ---
-- id = "vpc-security-group-open-ports-allowed"
-- title = "Only ports that the design allows are open to the internet"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_vpc_security_group"
-- when_empty = "not_applicable"
-- why = "Each port that the whole internet reaches is one that somebody has to patch tonight; only those that customers need should be there."
-- limits = "TCP and UDP are judged, ICMP and other protocols are not. The networks of a prefix list are not read: a rule for one leaves the verdict unknown. A rule that opens SSH, Remote Desktop, file sharing, a risky port or all ports as well is the finding of their controls."
-- fix = "Remove the rule, put a load balancer in front, or add the port to the design with its reason."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"]
-- ---
WITH allowed AS (
    SELECT DISTINCT CAST(number AS BIGINT) AS number
    FROM (SELECT unnest($security_groups_open_ports_allowed) AS number)
),
elsewhere AS (
    SELECT DISTINCT CAST(number AS BIGINT) AS number
    FROM (SELECT unnest(array_concat($security_groups_risky_ports, $security_groups_cifs_ports, make_array('22', '3389'))) AS number)
),
opening AS (
    -- More ports than those that are allowed. A rule that opens a port of another control is the finding of that control.
    SELECT rule.account_id, rule.region, rule.group_id, rule.security_group_rule_id, rule.source, rule.says
    FROM standfast_internet_rule AS rule
    LEFT JOIN elsewhere ON elsewhere.number BETWEEN rule.first_port AND rule.last_port
    LEFT JOIN allowed ON allowed.number BETWEEN rule.first_port AND rule.last_port
    WHERE NOT rule.all_ports AND elsewhere.number IS NULL
    GROUP BY
        rule.account_id, rule.region, rule.group_id, rule.security_group_rule_id, rule.source, rule.says,
        rule.first_port, rule.last_port
    HAVING rule.last_port - rule.first_port + 1 > count(allowed.number)
),
open AS (
    SELECT
        account_id,
        region,
        group_id,
        string_agg(CASE WHEN source <> 'prefix list' THEN says END, ', ' ORDER BY security_group_rule_id) AS rules,
        string_agg(CASE WHEN source = 'prefix list' THEN says END, ', ' ORDER BY security_group_rule_id) AS lists
    FROM opening
    GROUP BY account_id, region, group_id
)
SELECT
    security_group.arn AS resource,
    security_group.account_id,
    security_group.region,
    CASE WHEN open.rules IS NOT NULL THEN 'fail' WHEN open.lists IS NOT NULL THEN 'unknown' ELSE 'pass' END AS status,
    coalesce(open.rules, open.lists || ': its networks are not read', 'only ports of the design are open to the internet') AS reason
FROM aws_vpc_security_group AS security_group
LEFT JOIN open
    ON open.account_id = security_group.account_id
    AND open.region = security_group.region
    AND open.group_id = security_group.group_id
