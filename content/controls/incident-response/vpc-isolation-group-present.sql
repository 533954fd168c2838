-- ---
-- id = "vpc-isolation-group-present"
-- title = "Every VPC has an isolation security group without rules"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_vpc"
-- when_empty = "not_applicable"
-- why = "A host is cut off by swapping its groups for this one: made during the incident it is made wrong, with the rule that lets everything out."
-- limits = "Knows the group by its name. Default VPCs should be gone and are not judged."
-- fix = "Deploy the isolation group of the design in every VPC, and remove the rule that AWS adds for all outgoing traffic."
-- owner = "incident-responder"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/whitepapers/latest/aws-security-incident-response-guide/infrastructure-domain-incidents.html"]
-- ---
WITH isolated AS (
    SELECT
        security_group.account_id,
        security_group.region,
        security_group.vpc_id,
        security_group.group_id,
        count(open_rule.arn) AS rules
    FROM aws_vpc_security_group AS security_group
    LEFT JOIN aws_vpc_security_group_rule AS open_rule
        ON open_rule.group_id = security_group.group_id
        AND open_rule.account_id = security_group.account_id
        AND open_rule.region = security_group.region
    WHERE security_group.group_name = $incident_response_isolation_group
    GROUP BY security_group.account_id, security_group.region, security_group.vpc_id, security_group.group_id
)

SELECT
    vpc.arn AS resource,
    vpc.account_id,
    vpc.region,
    CASE
        WHEN vpc.is_default THEN 'not_applicable'
        WHEN isolated.rules = 0 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN vpc.is_default THEN 'a default VPC'
        WHEN isolated.rules = 0 THEN 'group ' || isolated.group_id || ' lets nothing through'
        WHEN isolated.rules > 0 THEN 'group ' || isolated.group_id || ' has ' || isolated.rules || ' rules'
        ELSE 'there is no group ' || $incident_response_isolation_group
    END AS reason
FROM aws_vpc AS vpc
LEFT JOIN isolated ON isolated.vpc_id = vpc.vpc_id AND isolated.account_id = vpc.account_id AND isolated.region = vpc.region
