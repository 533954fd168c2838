-- ---
-- id = "efs-access-point-user-set"
-- title = "Access points give clients a user of their own"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_efs_access_point"
-- when_empty = "not_applicable"
-- why = "Without a set user, a client says itself who it is: also root."
-- limits = "Does not look at what the user may do."
-- fix = "Make the access point anew with a POSIX user."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/efs/latest/ug/enforce-identity-access-points.html"]
-- ---
SELECT
    point.arn AS resource,
    point.account_id,
    point.region,
    CASE WHEN point.posix_uid IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN point.posix_uid IS NOT NULL THEN 'clients are user ' || point.posix_uid
        ELSE 'clients say themselves which user they are'
    END AS reason
FROM aws_efs_access_point AS point
