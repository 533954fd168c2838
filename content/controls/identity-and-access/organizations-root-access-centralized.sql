-- ---
-- id = "organizations-root-access-centralized"
-- title = "Root access of member accounts is managed centrally"
-- severity = "high"
-- scope = "organization"
-- subject = "aws_organizations_organization"
-- when_empty = "not_applicable"
-- why = "Dozens of root users with a password and a second factor each are dozens of doors; centrally managed there are none."
-- limits = "Says that the feature is on; root passwords and keys that are still there are found by iam-root-password-removed and iam-root-access-key-absent."
-- fix = "Turn on central root access in IAM: root credentials management and root sessions."
-- owner = "security-engineer"
-- size = "S"
-- after = ["organizations-all-features-enabled"]
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html"]
-- ---
SELECT
    organization.arn AS resource,
    organization.account_id,
    organization.region,
    CASE WHEN coalesce(feature.found, 0) = 2 THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN feature.names IS NULL THEN 'central root access is off'
        ELSE 'on: ' || feature.names
    END AS reason
FROM aws_organizations_organization AS organization
LEFT JOIN (
    SELECT account_id, count(DISTINCT feature) AS found, string_agg(DISTINCT feature, ', ' ORDER BY feature) AS names
    FROM aws_iam_organizations_feature
    WHERE feature IN ('RootCredentialsManagement', 'RootSessions')
    GROUP BY account_id
) AS feature ON feature.account_id = organization.account_id
