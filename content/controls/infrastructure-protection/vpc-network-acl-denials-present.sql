-- ---
-- id = "vpc-network-acl-denials-present"
-- title = "Network ACLs in use deny known bad addresses first"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_vpc_network_acl"
-- when_empty = "not_applicable"
-- why = "The baseline's ACLs allow by default and keep a place in front for denials: in an attack a block is one entry, not a redesign."
-- limits = "Whether the denied addresses are the right ones cannot be seen. ACLs without subnets are not judged."
-- fix = "Add an entry that denies the addresses to block, numbered before the first allowance."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html"]
-- ---
SELECT
    acl.arn AS resource,
    acl.account_id,
    acl.region,
    CASE
        WHEN coalesce(array_length(acl.subnet_ids), 0) = 0 THEN 'not_applicable'
        WHEN entries.first_denial < coalesce(entries.first_allowance, 32767) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN coalesce(array_length(acl.subnet_ids), 0) = 0 THEN 'guards no subnet'
        WHEN entries.first_denial < coalesce(entries.first_allowance, 32767) THEN 'entry ' || entries.first_denial || ' denies before anything is allowed'
        WHEN entries.first_allowance IS NULL THEN 'has no entry that denies'
        ELSE 'entry ' || entries.first_allowance || ' allows before anything is denied'
    END AS reason
FROM aws_vpc_network_acl AS acl
LEFT JOIN (
    SELECT
        network_acl_arn,
        account_id,
        min(CASE WHEN rule_action = 'deny' AND rule_number < 32767 THEN rule_number END) AS first_denial,
        min(CASE WHEN rule_action <> 'deny' THEN rule_number END) AS first_allowance
    FROM aws_vpc_network_acl_entry
    WHERE NOT egress
    GROUP BY network_acl_arn, account_id
) AS entries ON entries.network_acl_arn = acl.arn AND entries.account_id = acl.account_id
