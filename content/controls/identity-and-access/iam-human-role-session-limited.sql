-- ---
-- id = "iam-human-role-session-limited"
-- title = "Sessions of people's federated roles are short"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_iam_role_session"
-- when_empty = "not_applicable"
-- why = "A stolen session works until it ends."
-- limits = "The longest session that the role allows; how long the identity provider really asks for is not seen, nor are roles of permission sets, which sso-admin-permission-set-session-limited judges."
-- fix = "Set the role's longest session to the design's hours: `aws iam update-role --max-session-duration`."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html"]
-- ---
SELECT
    session.arn AS resource,
    session.account_id,
    session.region,
    CASE
        WHEN session.max_session_duration IS NULL THEN 'unknown'
        WHEN session.max_session_duration <= $human_roles_session_max_hours * 3600 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN session.max_session_duration IS NULL THEN 'the list of roles does not tell'
        ELSE 'sessions last up to ' || (session.max_session_duration / 60) || ' minutes'
    END AS reason
FROM aws_iam_role_session AS session
WHERE starts_with(session.name, $names_namespace || '-saml-')
