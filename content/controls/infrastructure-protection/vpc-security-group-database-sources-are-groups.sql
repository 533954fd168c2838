-- ---
-- id = "vpc-security-group-database-sources-are-groups"
-- title = "Databases are opened to groups, not to addresses"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_vpc_security_group"
-- when_empty = "not_applicable"
-- why = "A rule that names the application's group lets in the application wherever it runs; a range of addresses lets in whatever else gets one."
-- limits = "Ports of databases are those of the design. Addresses of the internet are the finding of vpc-security-group-risky-ports-closed; networks in other VPCs and on premises that cannot be named as groups need an exception."
-- fix = "Replace the range by the security group of the application tier."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html"]
-- ---
WITH port AS (
    SELECT DISTINCT CAST(number AS BIGINT) AS number
    FROM (SELECT unnest($security_groups_database_ports) AS number)
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
        SELECT DISTINCT
            r.account_id, r.region, r.group_id, r.security_group_rule_id, r.is_egress, r.ip_protocol,
            r.from_port, r.to_port, r.cidr_ipv4, r.cidr_ipv6
        FROM aws_vpc_security_group_rule AS r
        INNER JOIN port ON port.number BETWEEN coalesce(r.from_port, 0) AND coalesce(r.to_port, 65535)
    ) AS rule
    WHERE NOT rule.is_egress
        AND rule.ip_protocol IN ('tcp', '6')
        AND NOT (coalesce(rule.from_port, 0) <= 1 AND coalesce(rule.to_port, 65535) >= 65535)
        AND (rule.cidr_ipv4 IS NOT NULL OR rule.cidr_ipv6 IS NOT NULL)
        AND NOT ((rule.cidr_ipv4 IS NOT NULL
            AND coalesce(TRY_CAST(split_part(rule.cidr_ipv4, '/', 2) AS BIGINT), 0) <= $network_internet_prefix_ipv4)
            OR (rule.cidr_ipv6 IS NOT NULL
            AND coalesce(TRY_CAST(split_part(rule.cidr_ipv6, '/', 2) AS BIGINT), 0) <= $network_internet_prefix_ipv6))
    GROUP BY rule.account_id, rule.region, rule.group_id
)
SELECT
    security_group.arn AS resource,
    security_group.account_id,
    security_group.region,
    CASE WHEN open.rules IS NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce(open.rules, 'no rule opens a database to a range of addresses') AS reason
FROM aws_vpc_security_group AS security_group
LEFT JOIN open
    ON open.account_id = security_group.account_id
    AND open.region = security_group.region
    AND open.group_id = security_group.group_id
