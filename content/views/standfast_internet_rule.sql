-- ---
-- name = "standfast_internet_rule"
-- about = "A rule of a security group that lets TCP or UDP in from the internet, or from a prefix list, whose networks are not read: `source` is IPv4, IPv6 or prefix list, `first_port` and `last_port` are the ports, `all_ports` is true where they are all that there are, `says` is the rule in words."
-- ---
-- Other protocols by number carry neither SSH nor any other port that a control asks for.
WITH ingress AS (
    SELECT
        account_id,
        region,
        group_id,
        security_group_rule_id,
        ip_protocol,
        CASE
            WHEN cidr_ipv4 IS NOT NULL THEN 'IPv4'
            WHEN cidr_ipv6 IS NOT NULL THEN 'IPv6'
            ELSE 'prefix list'
        END AS source,
        coalesce(cidr_ipv4, cidr_ipv6, 'prefix list ' || prefix_list_id) AS network,
        TRY_CAST(split_part(coalesce(cidr_ipv4, cidr_ipv6), '/', 2) AS BIGINT) AS prefix_length,
        CASE WHEN ip_protocol <> '-1' THEN nullif(from_port, -1) END AS from_port,
        CASE WHEN ip_protocol <> '-1' THEN nullif(to_port, -1) END AS to_port
    FROM aws_vpc_security_group_rule
    WHERE NOT is_egress
        AND ip_protocol IN ('-1', 'tcp', '6', 'udp', '17')
        AND (cidr_ipv4 IS NOT NULL OR cidr_ipv6 IS NOT NULL OR prefix_list_id IS NOT NULL)
)
SELECT
    account_id,
    region,
    group_id,
    security_group_rule_id,
    source,
    coalesce(from_port, 0) AS first_port,
    coalesce(to_port, 65535) AS last_port,
    coalesce(from_port, 0) <= 1 AND coalesce(to_port, 65535) >= 65535 AS all_ports,
    security_group_rule_id || ' opens ' || ip_protocol
        || CASE
            WHEN ip_protocol = '-1' THEN ''
            ELSE ' ' || coalesce(CAST(from_port AS VARCHAR), 'all') || '-' || coalesce(CAST(to_port AS VARCHAR), 'all')
        END
        || ' to ' || network AS says
FROM ingress
WHERE source = 'prefix list'
    OR coalesce(prefix_length, 0) <= CASE
        WHEN source = 'IPv4' THEN $network_internet_prefix_ipv4
        ELSE $network_internet_prefix_ipv6
    END
