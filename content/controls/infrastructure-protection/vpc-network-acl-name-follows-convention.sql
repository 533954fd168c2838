-- ---
-- id = "vpc-network-acl-name-follows-convention"
-- title = "Network ACLs carry names of the naming convention"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_vpc_network_acl"
-- when_empty = "not_applicable"
-- why = "A network ACL is known by its Name tag alone; without one nobody sees what it is for."
-- limits = "The name is the tag Name. The default ACL of a VPC is not judged."
-- fix = "Set the tag Name to the convention's name."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN is_default THEN 'not_applicable'
        WHEN regexp_like(name, '^' || $names_namespace || '-nacl-[a-z0-9]+(-[a-z0-9]+)*$') THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN is_default THEN 'the default ACL of its VPC'
        WHEN name = '' THEN 'has no tag Name'
        WHEN regexp_like(name, '^' || $names_namespace || '-nacl-[a-z0-9]+(-[a-z0-9]+)*$') THEN 'named ' || name
        ELSE name || ' is no ' || $names_namespace || '-nacl-<function>[-<meaning>]'
    END AS reason
FROM (
    SELECT arn, account_id, region, is_default, coalesce(json_get_str(tags, 'Name'), '') AS name
    FROM aws_vpc_network_acl
)
