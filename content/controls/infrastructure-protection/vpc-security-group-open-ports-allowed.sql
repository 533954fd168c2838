-- ---
-- id = "vpc-security-group-open-ports-allowed"
-- title = "Only ports that the design allows are open to the internet"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_vpc_security_group"
-- when_empty = "not_applicable"
-- why = "Each port that the whole internet reaches is one that somebody has to patch tonight; only those that customers need should be there."
-- limits = "SSH, Remote Desktop, file sharing, risky ports and rules for all ports are findings of their own controls. ICMP is not judged."
-- fix = "Remove the rule, put a load balancer in front, or add the port to the design with its reason."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"]
-- ---
WITH port AS (
    SELECT DISTINCT CAST(number AS BIGINT) AS number
    FROM (SELECT unnest(array_concat(
        $security_groups_open_ports_allowed,
        $security_groups_risky_ports,
        $security_groups_cifs_ports,
        make_array('22', '3389')
    )) AS number)
),
open AS (
    SELECT
        rule.account_id,
        rule.region,
        rule.group_id,
        string_agg(
            rule.security_group_rule_id || ' opens ' || rule.ip_protocol
                || CASE
                    WHEN rule.ip_protocol = '-1' THEN ''
                    ELSE ' ' || coalesce(CAST(rule.from_port AS VARCHAR), 'all')
                        || '-' || coalesce(CAST(rule.to_port AS VARCHAR), 'all')
                END
                || ' to ' || coalesce(rule.cidr_ipv4, rule.cidr_ipv6, 'an unknown source'),
            ', ' ORDER BY rule.security_group_rule_id
        ) AS rules
    FROM (
        SELECT
            r.account_id, r.region, r.group_id, r.security_group_rule_id, r.is_egress, r.ip_protocol,
            r.from_port, r.to_port, r.cidr_ipv4, r.cidr_ipv6, count(port.number) AS listed_ports
        FROM aws_vpc_security_group_rule AS r
        LEFT JOIN port ON port.number BETWEEN coalesce(r.from_port, 0) AND coalesce(r.to_port, 65535)
        GROUP BY
            r.account_id, r.region, r.group_id, r.security_group_rule_id, r.is_egress, r.ip_protocol,
            r.from_port, r.to_port, r.cidr_ipv4, r.cidr_ipv6
    ) AS rule
    WHERE NOT rule.is_egress
        AND rule.ip_protocol IN ('tcp', '6', 'udp', '17')
        AND NOT (coalesce(rule.from_port, 0) <= 1 AND coalesce(rule.to_port, 65535) >= 65535)
        AND ((rule.cidr_ipv4 IS NOT NULL
            AND coalesce(TRY_CAST(split_part(rule.cidr_ipv4, '/', 2) AS BIGINT), 0) <= $network_internet_prefix_ipv4)
            OR (rule.cidr_ipv6 IS NOT NULL
            AND coalesce(TRY_CAST(split_part(rule.cidr_ipv6, '/', 2) AS BIGINT), 0) <= $network_internet_prefix_ipv6))
        -- More ports than those that are allowed, or that another control is about.
        AND coalesce(rule.to_port, 65535) - coalesce(rule.from_port, 0) + 1 > rule.listed_ports
    GROUP BY rule.account_id, rule.region, rule.group_id
)
SELECT
    security_group.arn AS resource,
    security_group.account_id,
    security_group.region,
    CASE WHEN open.rules IS NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce(open.rules, 'only ports of the design are open to the internet') AS reason
FROM aws_vpc_security_group AS security_group
LEFT JOIN open
    ON open.account_id = security_group.account_id
    AND open.region = security_group.region
    AND open.group_id = security_group.group_id
