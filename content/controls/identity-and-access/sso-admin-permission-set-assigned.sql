-- ---
-- id = "sso-admin-permission-set-assigned"
-- title = "Permission sets are assigned to somebody"
-- severity = "informational"
-- scope = "resource"
-- subject = "aws_ssoadmin_permission_set"
-- when_empty = "not_applicable"
-- why = "A permission set that nobody has is a right that waits to be given without being looked at."
-- limits = "An assignment to an empty group counts. Sets that are kept for an emergency need an exception."
-- fix = "Assign it or delete it."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/singlesignon/latest/userguide/howtoremoveaccess.html"]
-- ---
SELECT
    permission_set.arn AS resource,
    permission_set.account_id,
    permission_set.region,
    CASE WHEN assignment.found > 0 THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN assignment.found > 0 THEN permission_set.name || ' is assigned ' || assignment.found || ' times' ELSE permission_set.name || ' is assigned to nobody' END AS reason
FROM aws_ssoadmin_permission_set AS permission_set
LEFT JOIN (
    SELECT permission_set_arn, count(*) AS found FROM aws_ssoadmin_account_assignment GROUP BY permission_set_arn
) AS assignment ON assignment.permission_set_arn = permission_set.arn
