-- ---
-- id = "vpc-security-group-unused-removed"
-- title = "Security groups without use are removed"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_vpc_security_group"
-- when_empty = "not_applicable"
-- why = "Groups that nothing uses are picked by mistake one day, with rules that nobody remembers."
-- limits = "A group counts as used where a network interface or a rule of another group names it. Launch templates are not looked at; groups that wait for an incident are listed in the design."
-- fix = "Delete the group, or list it in the design if it has to be there before it is needed."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/deleting-security-groups.html"]
-- ---
WITH used AS (
    SELECT DISTINCT account_id, region, group_id
    FROM (SELECT account_id, region, unnest(security_group_ids) AS group_id FROM aws_ec2_network_interface)
),
named AS (
    SELECT DISTINCT account_id, region, referenced_group_id AS group_id
    FROM aws_vpc_security_group_rule
    WHERE referenced_group_id IS NOT NULL AND referenced_group_id <> group_id
)
SELECT
    security_group.arn AS resource,
    security_group.account_id,
    security_group.region,
    CASE
        WHEN security_group.group_name = 'default' THEN 'not_applicable'
        WHEN array_has($security_groups_kept_ready, security_group.group_name) THEN 'not_applicable'
        WHEN used.group_id IS NOT NULL OR named.group_id IS NOT NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN security_group.group_name = 'default' THEN 'the default group cannot be removed'
        WHEN array_has($security_groups_kept_ready, security_group.group_name) THEN 'the design keeps ' || security_group.group_name || ' ready'
        WHEN used.group_id IS NOT NULL THEN 'network interfaces use it'
        WHEN named.group_id IS NOT NULL THEN 'rules of other groups name it'
        ELSE 'no network interface uses it'
    END AS reason
FROM aws_vpc_security_group AS security_group
LEFT JOIN used
    ON used.account_id = security_group.account_id
    AND used.region = security_group.region
    AND used.group_id = security_group.group_id
LEFT JOIN named
    ON named.account_id = security_group.account_id
    AND named.region = security_group.region
    AND named.group_id = security_group.group_id
