-- ---
-- id = "ec2-instance-bastion-absent"
-- title = "No instance serves as a bastion"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_ec2_instance"
-- when_empty = "not_applicable"
-- why = "A host that people sign in to from outside is the door that attackers try first, and it leads everywhere; Session Manager needs none."
-- limits = "An instance counts as a bastion where it has a public IPv4 address and a group lets SSH or Remote Desktop in from any address outside private ranges, the corporate ones included. Names are not looked at."
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
    SELECT DISTINCT rule.account_id, rule.region, rule.group_id, port.number, rule.cidr_ipv4
    FROM aws_vpc_security_group_rule AS rule
    INNER JOIN port
        ON rule.ip_protocol = '-1'
        OR (rule.ip_protocol IN ('tcp', '6') AND port.number BETWEEN coalesce(rule.from_port, 0) AND coalesce(rule.to_port, 65535))
    WHERE NOT rule.is_egress AND rule.cidr_ipv4 IS NOT NULL AND coalesce(is_public_cidr(rule.cidr_ipv4), true)
),
reached AS (
    SELECT
        member.arn,
        member.account_id,
        string_agg(DISTINCT door.number || ' from ' || door.cidr_ipv4, ', ' ORDER BY door.number || ' from ' || door.cidr_ipv4) AS ways
    FROM (
        SELECT arn, account_id, region, unnest(security_group_ids) AS group_id
        FROM aws_ec2_instance
        WHERE public_ip_address IS NOT NULL
    ) AS member
    INNER JOIN door
        ON door.account_id = member.account_id AND door.region = member.region AND door.group_id = member.group_id
    GROUP BY member.arn, member.account_id
)
SELECT
    instance.arn AS resource,
    instance.account_id,
    instance.region,
    CASE
        WHEN instance.instance_state IN ('terminated', 'shutting-down') THEN 'not_applicable'
        WHEN reached.ways IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN instance.instance_state IN ('terminated', 'shutting-down') THEN 'the instance is ' || instance.instance_state
        WHEN reached.ways IS NULL THEN 'nobody signs in to it from outside'
        ELSE instance.public_ip_address || ' lets in ' || reached.ways
    END AS reason
FROM aws_ec2_instance AS instance
LEFT JOIN reached ON reached.arn = instance.arn AND reached.account_id = instance.account_id
