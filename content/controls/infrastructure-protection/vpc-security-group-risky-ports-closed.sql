-- ---
-- id = "vpc-security-group-risky-ports-closed"
-- title = "Ports of databases, consoles and clear-text services are closed to the internet"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_vpc_security_group"
-- when_empty = "not_applicable"
-- why = "Databases, search engines and administration consoles are built for trusted networks; open to the internet they are read, encrypted or taken over."
-- limits = "The design says which ports are risky. The networks of a prefix list are not read: a rule for one leaves the verdict unknown. A rule that opens SSH, Remote Desktop, file sharing or all ports as well is the finding of their controls."
-- fix = "Remove the rule; let the application's own security group in instead of addresses."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"]
-- ---
WITH port AS (
    SELECT DISTINCT CAST(number AS BIGINT) AS number
    FROM (SELECT unnest($security_groups_risky_ports) AS number)
),
elsewhere AS (
    SELECT DISTINCT CAST(number AS BIGINT) AS number
    FROM (SELECT unnest(array_concat($security_groups_cifs_ports, make_array('22', '3389'))) AS number)
),
opening AS (
    -- A rule that opens a port of another control is the finding of that control.
    SELECT DISTINCT
        rule.account_id, rule.region, rule.group_id, rule.security_group_rule_id, rule.source, rule.says
    FROM standfast_internet_rule AS rule
    INNER JOIN port ON port.number BETWEEN rule.first_port AND rule.last_port
    LEFT JOIN elsewhere ON elsewhere.number BETWEEN rule.first_port AND rule.last_port
    WHERE NOT rule.all_ports AND elsewhere.number IS NULL
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
    coalesce(open.rules, open.lists || ': its networks are not read', 'no rule opens a risky port to the internet') AS reason
FROM aws_vpc_security_group AS security_group
LEFT JOIN open
    ON open.account_id = security_group.account_id
    AND open.region = security_group.region
    AND open.group_id = security_group.group_id
