-- ---
-- id = "vpc-security-group-database-sources-are-groups"
-- title = "Databases are opened to groups, not to addresses"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_vpc_security_group"
-- when_empty = "not_applicable"
-- why = "A rule that names the application's group lets in the application wherever it runs; a range of addresses lets in whatever else gets one."
-- limits = "Ports of databases are those of the design; a rule for all ports counts where an RDS instance uses the group. Addresses of the internet are findings of vpc-security-group-risky-ports-closed and -all-traffic-closed. Prefix lists are not judged; networks in other VPCs and on premises that cannot be named as groups need an exception."
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
guard AS (
    SELECT DISTINCT account_id, region, group_id
    FROM (SELECT account_id, region, unnest(vpc_security_group_ids) AS group_id FROM aws_rds_db_instance)
),
rule AS (
    SELECT
        account_id,
        region,
        group_id,
        security_group_rule_id,
        ip_protocol,
        coalesce(cidr_ipv4, cidr_ipv6) AS network,
        CASE WHEN ip_protocol <> '-1' THEN nullif(from_port, -1) END AS from_port,
        CASE WHEN ip_protocol <> '-1' THEN nullif(to_port, -1) END AS to_port
    FROM aws_vpc_security_group_rule
    WHERE NOT is_egress
        AND ip_protocol IN ('-1', 'tcp', '6')
        AND coalesce(cidr_ipv4, cidr_ipv6) IS NOT NULL
        -- What the internet reaches is another control's finding.
        AND coalesce(TRY_CAST(split_part(coalesce(cidr_ipv4, cidr_ipv6), '/', 2) AS BIGINT), 0)
            > CASE WHEN cidr_ipv4 IS NOT NULL THEN $network_internet_prefix_ipv4 ELSE $network_internet_prefix_ipv6 END
),
opening AS (
    SELECT DISTINCT rule.*
    FROM rule
    INNER JOIN port ON port.number BETWEEN coalesce(rule.from_port, 0) AND coalesce(rule.to_port, 65535)
    LEFT JOIN guard
        ON guard.account_id = rule.account_id AND guard.region = rule.region AND guard.group_id = rule.group_id
    -- A rule for all ports says nothing of databases, unless one stands behind the group.
    WHERE guard.group_id IS NOT NULL
        OR NOT (coalesce(rule.from_port, 0) <= 1 AND coalesce(rule.to_port, 65535) >= 65535)
),
open AS (
    SELECT
        account_id,
        region,
        group_id,
        string_agg(
            security_group_rule_id || ' opens ' || ip_protocol
                || CASE
                    WHEN ip_protocol = '-1' THEN ''
                    ELSE ' ' || coalesce(CAST(from_port AS VARCHAR), 'all') || '-' || coalesce(CAST(to_port AS VARCHAR), 'all')
                END
                || ' to ' || network,
            ', ' ORDER BY security_group_rule_id
        ) AS rules
    FROM opening
    GROUP BY account_id, region, group_id
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
