-- ---
-- id = "vpc-security-group-ssh-closed-ipv4"
-- title = "SSH is closed to the IPv4 internet"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_vpc_security_group"
-- when_empty = "not_applicable"
-- why = "Port 22 that answers the whole internet is found within minutes and tried with every leaked password and every new flaw."
-- limits = "Sources count as the internet from the prefix length that the design sets; what a prefix list holds is not looked at. Rules that open all ports are the finding of vpc-security-group-all-traffic-closed-ipv4."
-- fix = "Remove the rule; reach instances through Session Manager, or allow the corporate network alone."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html", "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"]
-- ---
WITH open AS (
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
    FROM aws_vpc_security_group_rule AS rule
    WHERE NOT rule.is_egress
        AND rule.ip_protocol IN ('tcp', '6')
        AND coalesce(rule.from_port, 0) <= 22
        AND coalesce(rule.to_port, 65535) >= 22
        AND NOT (coalesce(rule.from_port, 0) <= 1 AND coalesce(rule.to_port, 65535) >= 65535)
        AND rule.cidr_ipv4 IS NOT NULL
            AND coalesce(TRY_CAST(split_part(rule.cidr_ipv4, '/', 2) AS BIGINT), 0) <= $network_internet_prefix_ipv4
    GROUP BY rule.account_id, rule.region, rule.group_id
)
SELECT
    security_group.arn AS resource,
    security_group.account_id,
    security_group.region,
    CASE WHEN open.rules IS NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce(open.rules, 'no rule opens port 22 to the IPv4 internet') AS reason
FROM aws_vpc_security_group AS security_group
LEFT JOIN open
    ON open.account_id = security_group.account_id
    AND open.region = security_group.region
    AND open.group_id = security_group.group_id
