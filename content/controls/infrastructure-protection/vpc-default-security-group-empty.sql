-- ---
-- id = "vpc-default-security-group-empty"
-- title = "Default security groups are empty"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_vpc_security_group"
-- when_empty = "not_applicable"
-- why = "What is launched without a group gets the default one; as long as that has rules, a mistake is a connection."
-- limits = "Whether something still uses the group is not judged."
-- fix = "Move what uses the group to a group of its own, then remove all rules of the default group; the guardrail keeps it so."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"]
-- ---
SELECT
    security_group.arn AS resource,
    security_group.account_id,
    security_group.region,
    CASE WHEN coalesce(rules.number, 0) = 0 THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN coalesce(rules.number, 0) = 0 THEN 'the default group has no rules'
        ELSE 'the default group has ' || rules.ingress || ' rules for what comes in and ' || rules.egress || ' for what goes out'
    END AS reason
FROM aws_vpc_security_group AS security_group
LEFT JOIN (
    SELECT
        account_id,
        region,
        group_id,
        count(*) AS number,
        sum(CASE WHEN is_egress THEN 0 ELSE 1 END) AS ingress,
        sum(CASE WHEN is_egress THEN 1 ELSE 0 END) AS egress
    FROM aws_vpc_security_group_rule
    GROUP BY account_id, region, group_id
) AS rules
    ON rules.account_id = security_group.account_id
    AND rules.region = security_group.region
    AND rules.group_id = security_group.group_id
WHERE security_group.group_name = 'default'
