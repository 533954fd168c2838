-- ---
-- id = "sso-admin-permission-sets-present"
-- title = "Identity Center has a permission set for every human role"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ssoadmin_instance"
-- when_empty = "not_applicable"
-- why = "Where the prepared permission sets are missing, everybody gets the administrator's."
-- limits = "Knows sets by their names: what they allow, and in which accounts they are, is judged elsewhere."
-- fix = "Make the design's permission sets."
-- owner = "platform-engineer"
-- size = "S"
-- after = ["sso-admin-instance-present"]
-- refs = ["https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html"]
-- ---
WITH missing AS (
    SELECT wanted.arn, string_agg(wanted.name, ', ' ORDER BY wanted.name) AS names
    FROM (
        SELECT instance.arn, wish.name
        FROM aws_ssoadmin_instance AS instance
        CROSS JOIN (SELECT unnest($human_roles_names) AS name) AS wish
    ) AS wanted
    LEFT JOIN (
        SELECT DISTINCT instance_arn, regexp_replace(permission_set.name, '^' || $names_namespace || '-(saml-)?', '') AS name FROM aws_ssoadmin_permission_set AS permission_set
    ) AS present ON present.instance_arn = wanted.arn AND present.name = wanted.name
    WHERE present.name IS NULL
    GROUP BY wanted.arn
)
SELECT
    instance.arn AS resource,
    instance.account_id,
    instance.region,
    CASE WHEN missing.names IS NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('missing: ' || missing.names, 'every human role has a permission set') AS reason
FROM aws_ssoadmin_instance AS instance
LEFT JOIN missing ON missing.arn = instance.arn
