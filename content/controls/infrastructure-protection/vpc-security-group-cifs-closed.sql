-- ---
-- id = "vpc-security-group-cifs-closed"
-- title = "Windows file sharing is closed to the internet"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_vpc_security_group"
-- when_empty = "not_applicable"
-- why = "SMB and NetBIOS carry worms from host to host: open to the internet, one flaw is enough for all shares."
-- limits = "The networks of a prefix list are not read: a rule for one leaves the verdict unknown. Rules for all ports are the finding of vpc-security-group-all-traffic-closed-ipv4 and -ipv6."
-- fix = "Remove the rule; allow the networks that share files, nothing wider."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"]
-- ---
WITH port AS (
    SELECT DISTINCT CAST(number AS BIGINT) AS number
    FROM (SELECT unnest($security_groups_cifs_ports) AS number)
),
opening AS (
    SELECT DISTINCT
        rule.account_id, rule.region, rule.group_id, rule.security_group_rule_id, rule.source, rule.says
    FROM standfast_internet_rule AS rule
    INNER JOIN port ON port.number BETWEEN rule.first_port AND rule.last_port
    WHERE NOT rule.all_ports
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
    coalesce(open.rules, open.lists || ': its networks are not read', 'no rule opens file sharing to the internet') AS reason
FROM aws_vpc_security_group AS security_group
LEFT JOIN open
    ON open.account_id = security_group.account_id
    AND open.region = security_group.region
    AND open.group_id = security_group.group_id
