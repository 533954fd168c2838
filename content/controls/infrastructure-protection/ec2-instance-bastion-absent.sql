-- ---
-- id = "ec2-instance-bastion-absent"
-- title = "No instance serves as a bastion"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_ec2_instance"
-- when_empty = "not_applicable"
-- why = "A host that people sign in to from outside is the door that attackers try first, and it leads everywhere; Session Manager needs none."
-- limits = "An instance counts as a bastion where it has a public IPv4 address on its first interface, or any IPv6 address, and a group lets an administration port of the design in from addresses outside private ranges, the corporate ones included. Routes, network ACLs and names are not looked at; the networks of a prefix list are not read."
-- fix = "Use Session Manager, close the ports, and retire the host."
-- owner = "workload-owner"
-- size = "M"
-- after = ["ec2-instance-ssm-managed"]
-- refs = ["https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html"]
-- ---
WITH port AS (
    SELECT CAST(number AS BIGINT) AS number
    FROM (SELECT unnest($network_acls_admin_ports) AS number)
),
door AS (
    SELECT DISTINCT
        rule.account_id,
        rule.region,
        rule.group_id,
        rule.cidr_ipv6 IS NULL AS over_ipv4,
        rule.cidr_ipv4 IS NULL AS over_ipv6,
        CASE WHEN rule.prefix_list_id IS NULL THEN port.number || ' from ' || coalesce(rule.cidr_ipv4, rule.cidr_ipv6) END AS way,
        port.number || ' from prefix list ' || rule.prefix_list_id AS list
    FROM aws_vpc_security_group_rule AS rule
    INNER JOIN port
        ON rule.ip_protocol = '-1'
        OR (
            rule.ip_protocol IN ('tcp', '6', 'udp', '17')
            AND port.number BETWEEN coalesce(nullif(rule.from_port, -1), 0) AND coalesce(nullif(rule.to_port, -1), 65535)
        )
    WHERE NOT rule.is_egress
        AND (
            rule.prefix_list_id IS NOT NULL
            OR (
                coalesce(rule.cidr_ipv4, rule.cidr_ipv6) IS NOT NULL
                AND coalesce(is_public_cidr(coalesce(rule.cidr_ipv4, rule.cidr_ipv6)), true)
            )
        )
),
reached AS (
    SELECT
        member.arn,
        member.account_id,
        nullif(array_to_string(array_sort(array_agg(DISTINCT door.way)), ', '), '') AS ways,
        nullif(array_to_string(array_sort(array_agg(DISTINCT door.list)), ', '), '') AS lists
    FROM (
        SELECT
            arn,
            account_id,
            region,
            public_ip_address IS NOT NULL AS has_ipv4,
            coalesce(array_length(ipv6_addresses), 0) > 0 AS has_ipv6,
            unnest(security_group_ids) AS group_id
        FROM aws_ec2_instance
        WHERE public_ip_address IS NOT NULL OR coalesce(array_length(ipv6_addresses), 0) > 0
    ) AS member
    INNER JOIN door
        ON door.account_id = member.account_id AND door.region = member.region AND door.group_id = member.group_id
    WHERE (member.has_ipv4 AND door.over_ipv4) OR (member.has_ipv6 AND door.over_ipv6)
    GROUP BY member.arn, member.account_id
)
SELECT
    instance.arn AS resource,
    instance.account_id,
    instance.region,
    CASE
        WHEN instance.instance_state IN ('terminated', 'shutting-down') THEN 'not_applicable'
        WHEN reached.ways IS NOT NULL THEN 'fail'
        WHEN reached.lists IS NOT NULL THEN 'unknown'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN instance.instance_state IN ('terminated', 'shutting-down') THEN 'the instance is ' || instance.instance_state
        WHEN reached.arn IS NULL THEN 'nobody signs in to it from outside'
        ELSE concat_ws(', ', instance.public_ip_address, nullif(array_to_string(instance.ipv6_addresses, ', '), ''))
            || ' lets in ' || coalesce(reached.ways, reached.lists || ', whose networks are not read')
    END AS reason
FROM aws_ec2_instance AS instance
LEFT JOIN reached ON reached.arn = instance.arn AND reached.account_id = instance.account_id
