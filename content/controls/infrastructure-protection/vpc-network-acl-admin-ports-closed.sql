-- ---
-- id = "vpc-network-acl-admin-ports-closed"
-- title = "Network ACLs refuse administration ports from the internet"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_vpc_network_acl"
-- when_empty = "not_applicable"
-- why = "A network ACL is the second line: it holds when a security group is opened by mistake."
-- limits = "Entries are taken in their order, over TCP and UDP. An earlier denial counts where it is for all addresses: one made of several smaller networks is not put together. Whether subnets use the ACL is not looked at."
-- fix = "Put denials of the ports over TCP and UDP from 0.0.0.0/0 and ::/0 in front of the allowances, or allow only the ports that subnets need."
-- owner = "platform-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html"]
-- ---
WITH port AS (
    SELECT CAST(number AS BIGINT) AS number
    FROM (SELECT unnest($network_acls_admin_ports) AS number)
),
entry AS (
    SELECT
        network_acl_arn,
        account_id,
        rule_number,
        rule_action,
        protocol,
        coalesce(nullif(from_port, -1), 0) AS from_port,
        coalesce(nullif(to_port, -1), 65535) AS to_port,
        CASE WHEN ipv6_cidr_block IS NOT NULL THEN 'IPv6' ELSE 'IPv4' END AS family,
        coalesce(TRY_CAST(split_part(coalesce(ipv6_cidr_block, cidr_block, ''), '/', 2) AS BIGINT), 0) AS prefix
    FROM aws_vpc_network_acl_entry
    WHERE NOT egress
),
decided AS (
    SELECT
        entry.network_acl_arn,
        entry.account_id,
        entry.family,
        port.number,
        transport.name,
        min(CASE
            WHEN entry.rule_action <> 'deny'
                AND entry.prefix <= CASE WHEN entry.family = 'IPv4' THEN $network_internet_prefix_ipv4 ELSE $network_internet_prefix_ipv6 END
            THEN entry.rule_number
        END) AS allowed_by,
        min(CASE WHEN entry.rule_action = 'deny' AND entry.prefix = 0 THEN entry.rule_number END) AS denied_by
    FROM entry
    CROSS JOIN (VALUES ('TCP', '6'), ('UDP', '17')) AS transport (name, protocol)
    INNER JOIN port ON entry.protocol = '-1' OR port.number BETWEEN entry.from_port AND entry.to_port
    WHERE entry.protocol IN ('-1', transport.protocol)
    GROUP BY entry.network_acl_arn, entry.account_id, entry.family, port.number, transport.name
),
way AS (
    SELECT network_acl_arn, account_id, family, number, allowed_by, string_agg(name, ' and ' ORDER BY name) AS names
    FROM decided
    WHERE allowed_by IS NOT NULL AND allowed_by < coalesce(denied_by, 65536)
    GROUP BY network_acl_arn, account_id, family, number, allowed_by
),
open AS (
    SELECT
        network_acl_arn,
        account_id,
        string_agg(
            'entry ' || allowed_by || ' lets ' || names || ' ' || number || ' in over ' || family,
            ', ' ORDER BY family, number, names
        ) AS entries
    FROM way
    GROUP BY network_acl_arn, account_id
)
SELECT
    acl.arn AS resource,
    acl.account_id,
    acl.region,
    CASE WHEN open.entries IS NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce(open.entries, 'no entry lets administration ports in from the internet') AS reason
FROM aws_vpc_network_acl AS acl
LEFT JOIN open ON open.network_acl_arn = acl.arn AND open.account_id = acl.account_id
