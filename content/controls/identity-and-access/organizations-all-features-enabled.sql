-- ---
-- id = "organizations-all-features-enabled"
-- title = "The organization has all features enabled"
-- severity = "high"
-- scope = "organization"
-- subject = "aws_organizations_organization"
-- when_empty = "not_applicable"
-- why = "With consolidated billing alone, no policy can be attached."
-- limits = "An invitation to enable all features that a member account did not answer yet is not seen."
-- fix = "Enable all features: `aws organizations enable-all-features`."
-- owner = "security-lead"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_org_support-all-features.html"]
-- ---
SELECT
    organization.arn AS resource,
    organization.account_id,
    organization.region,
    CASE
        WHEN organization.feature_set = 'ALL' THEN 'pass'
        WHEN organization.feature_set IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    coalesce('feature set ' || organization.feature_set, 'the organization does not tell') AS reason
FROM aws_organizations_organization AS organization
