-- ---
-- id = "vpc-security-group-all-traffic-closed-ipv6"
-- title = "No security group lets everything in from the IPv6 internet"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_vpc_security_group"
-- when_empty = "not_applicable"
-- why = "A group that lets every port in protects nothing: each service that an instance starts, wanted or not, is on the internet."
-- limits = "Sources count as the internet up to the prefix length that the design sets. The networks of a prefix list are not read: a rule for one leaves the verdict unknown. A range that begins above port 1 is judged by the ports in it, in other controls."
-- fix = "Replace the rule by one for each port and source that is needed."
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
    WHERE source IN ('IPv6', 'prefix list') AND all_ports
    GROUP BY account_id, region, group_id
)
SELECT
    security_group.arn AS resource,
    security_group.account_id,
    security_group.region,
    CASE WHEN open.rules IS NOT NULL THEN 'fail' WHEN open.lists IS NOT NULL THEN 'unknown' ELSE 'pass' END AS status,
    coalesce(open.rules, open.lists || ': its networks are not read', 'no rule opens all ports to the IPv6 internet') AS reason
FROM aws_vpc_security_group AS security_group
LEFT JOIN open
    ON open.account_id = security_group.account_id
    AND open.region = security_group.region
    AND open.group_id = security_group.group_id
