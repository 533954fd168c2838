-- ---
-- id = "sso-admin-permission-set-session-limited"
-- title = "Sessions of permission sets are short"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_ssoadmin_permission_set"
-- when_empty = "not_applicable"
-- why = "A stolen session works until it ends."
-- limits = "The session of the permission set; how long people stay signed in to the access portal itself cannot be read here."
-- fix = "Set the permission set's session to the design's hours."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html"]
-- ---
SELECT
    permission_set.arn AS resource,
    permission_set.account_id,
    permission_set.region,
    CASE
        WHEN permission_set.session_duration_minutes IS NULL THEN 'unknown'
        WHEN permission_set.session_duration_minutes <= $human_roles_session_max_hours * 60 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN permission_set.session_duration_minutes IS NULL THEN 'the permission set does not tell'
        ELSE permission_set.name || ': sessions last ' || permission_set.session_duration_minutes || ' minutes'
    END AS reason
FROM aws_ssoadmin_permission_set AS permission_set
