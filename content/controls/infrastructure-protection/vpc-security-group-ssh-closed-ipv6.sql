-- ---
-- id = "vpc-security-group-ssh-closed-ipv6"
-- title = "SSH is closed to the IPv6 internet"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_vpc_security_group"
-- when_empty = "not_applicable"
-- why = "Port 22 that answers the whole internet is found within minutes and tried with every leaked password and every new flaw."
-- limits = "Looks at port 22 of TCP and UDP: SSH that listens on another port is not seen. The networks of a prefix list are not read: a rule for one leaves the verdict unknown. Rules for all ports are the finding of vpc-security-group-all-traffic-closed-ipv6."
-- fix = "Remove the rule; reach instances through Session Manager, or allow the corporate network alone."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html", "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"]
-- ---
WITH open AS (
    SELECT
        account_id,
        region,
        group_id,
        string_agg(CASE WHEN source <> 'prefix list' THEN says END, ', ' ORDER BY security_group_rule_id) AS rules,
        string_agg(CASE WHEN source = 'prefix list' THEN says END, ', ' ORDER BY security_group_rule_id) AS lists
    FROM standfast_internet_rule
    WHERE source IN ('IPv6', 'prefix list')
        AND NOT all_ports
        AND 22 BETWEEN first_port AND last_port
    GROUP BY account_id, region, group_id
)
SELECT
    security_group.arn AS resource,
    security_group.account_id,
    security_group.region,
    CASE WHEN open.rules IS NOT NULL THEN 'fail' WHEN open.lists IS NOT NULL THEN 'unknown' ELSE 'pass' END AS status,
    coalesce(open.rules, open.lists || ': its networks are not read', 'no rule opens port 22 to the IPv6 internet') AS reason
FROM aws_vpc_security_group AS security_group
LEFT JOIN open
    ON open.account_id = security_group.account_id
    AND open.region = security_group.region
    AND open.group_id = security_group.group_id
