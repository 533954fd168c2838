-- ---
-- id = "iam-group-name-conforms"
-- title = "IAM groups are named as the design wants"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_iam_group"
-- when_empty = "not_applicable"
-- why = "Names that follow one rule tell what a thing is for, and let policies and searches name whole groups of them."
-- limits = "Judges the form of the name, not whether the function in it is what the group is for."
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
        WHEN regexp_like(named.name, '^' || $names_namespace || '-group-[a-z0-9]+(-[a-z0-9]+)*$') THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN regexp_like(named.name, '^' || $names_namespace || '-group-[a-z0-9]+(-[a-z0-9]+)*$') THEN 'named as the design wants: ' || named.name
        ELSE 'not a name of the design: ' || named.name
    END AS reason
FROM aws_iam_group AS named
