-- ---
-- id = "sso-admin-assignment-by-group"
-- title = "Permission sets are given to groups"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_ssoadmin_permission_set"
-- when_empty = "not_applicable"
-- why = "What a person has by name stays when the person changes jobs; what a group has goes with the membership."
-- limits = "Who is in the groups, and whether the directory or somebody by hand put them there, is not read."
-- fix = "Put the person into a group, assign the permission set to the group, remove the assignment of the person."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/singlesignon/latest/userguide/howtoassignusers.html"]
-- ---
SELECT
    permission_set.arn AS resource,
    permission_set.account_id,
    permission_set.region,
    CASE WHEN direct.people IS NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce(permission_set.name || ' is given to ' || direct.people, permission_set.name || ' is given to groups only') AS reason
FROM aws_ssoadmin_permission_set AS permission_set
LEFT JOIN (
    SELECT assignment.permission_set_arn, string_agg(DISTINCT coalesce(person.name, assignment.principal_id), ', ') AS people
    FROM aws_ssoadmin_account_assignment AS assignment
    LEFT JOIN aws_identitystore_user AS person ON person.id = assignment.principal_id
    WHERE assignment.principal_type = 'USER'
    GROUP BY assignment.permission_set_arn
) AS direct ON direct.permission_set_arn = permission_set.arn
