-- ---
-- id = "sts-caller-not-root"
-- title = "The inventory is not read with root credentials"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_sts_caller_identity"
-- when_empty = "not_applicable"
-- why = "Daily work with root's keys is what every other rule about root is there to prevent."
-- limits = "Speaks of the credentials of this run, not of other tools that read the account."
-- fix = "Read with the design's auditor role."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html"]
-- ---
SELECT
    caller.arn AS resource,
    caller.account_id,
    caller.region,
    CASE WHEN caller.arn LIKE 'arn:%:iam::%:root' THEN 'fail' ELSE 'pass' END AS status,
    'read as ' || caller.arn AS reason
FROM aws_sts_caller_identity AS caller
