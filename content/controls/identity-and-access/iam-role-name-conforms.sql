-- ---
-- id = "iam-role-name-conforms"
-- title = "Roles are named as the design wants"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_iam_role"
-- when_empty = "not_applicable"
-- why = "Names that follow one rule tell what a thing is for, and let policies and searches name whole groups of them."
-- limits = "Judges the form of the name. Roles of AWS services and permission sets, and those that the design exempts, keep theirs."
-- fix = "Make it again under a name of the design, move what uses it, remove the old one."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"]
-- ---
SELECT
    named.arn AS resource,
    named.account_id,
    named.region,
    CASE
        WHEN named.path LIKE '/aws-service-role/%' OR named.path LIKE '/aws-reserved/%' THEN 'not_applicable'
        WHEN array_length($names_exempt_roles) > 0 AND regexp_like(named.name, array_to_string($names_exempt_roles, '|')) THEN 'not_applicable'
        WHEN regexp_like(named.name, '^' || $names_namespace || '-(role|saml)-[a-z0-9]+(-[a-z0-9]+)*$') THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN named.path LIKE '/aws-service-role/%' OR named.path LIKE '/aws-reserved/%' THEN 'a name that AWS or the design leaves as it is'
        WHEN array_length($names_exempt_roles) > 0 AND regexp_like(named.name, array_to_string($names_exempt_roles, '|')) THEN 'a name that AWS or the design leaves as it is'
        WHEN regexp_like(named.name, '^' || $names_namespace || '-(role|saml)-[a-z0-9]+(-[a-z0-9]+)*$') THEN 'named as the design wants: ' || named.name
        ELSE 'not a name of the design: ' || named.name
    END AS reason
FROM aws_iam_role AS named
