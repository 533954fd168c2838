-- ---
-- id = "vpc-security-group-name-follows-convention"
-- title = "Security groups carry names of the naming convention"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_vpc_security_group"
-- when_empty = "not_applicable"
-- why = "A name that says function and meaning lets people and automation see which group a rule should name."
-- limits = "The default group cannot be renamed, and groups that AWS services make are left out by the prefixes that the design lists."
-- fix = "Create a group of the right name, move its users, delete the old one: a group cannot be renamed."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/creating-security-groups.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN group_name = 'default' THEN 'not_applicable'
        WHEN regexp_like(group_name, '^(' || array_to_string($security_groups_service_prefixes, '|') || ')')
            THEN 'not_applicable'
        WHEN regexp_like(group_name, '^' || $names_namespace || '-sg-[a-z0-9]+(-[a-z0-9]+)*$') THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN group_name = 'default' THEN 'AWS names the default group'
        WHEN regexp_like(group_name, '^(' || array_to_string($security_groups_service_prefixes, '|') || ')')
            THEN 'an AWS service made ' || group_name
        WHEN regexp_like(group_name, '^' || $names_namespace || '-sg-[a-z0-9]+(-[a-z0-9]+)*$') THEN 'named ' || group_name
        ELSE group_name || ' is no ' || $names_namespace || '-sg-<function>[-<meaning>]'
    END AS reason
FROM aws_vpc_security_group
