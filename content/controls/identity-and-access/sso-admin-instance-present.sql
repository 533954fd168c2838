-- ---
-- id = "sso-admin-instance-present"
-- title = "The organization has IAM Identity Center"
-- severity = "medium"
-- scope = "organization"
-- subject = "aws_organizations_organization"
-- when_empty = "not_applicable"
-- why = "One place to sign in for all accounts is one place to ask for a second factor and to remove people who left."
-- limits = "Whether Identity Center asks for a second factor cannot be read from its API: that is a person's to confirm."
-- fix = "Enable Identity Center in the management account and connect the company's directory."
-- owner = "platform-engineer"
-- size = "L"
-- after = []
-- refs = ["https://docs.aws.amazon.com/singlesignon/latest/userguide/what-is.html"]
-- ---
SELECT
    organization.arn AS resource,
    organization.account_id,
    organization.region,
    CASE WHEN instance.places IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('Identity Center in ' || instance.places, 'no instance of Identity Center') AS reason
FROM aws_organizations_organization AS organization
LEFT JOIN (
    SELECT account_id, string_agg(region, ', ' ORDER BY region) AS places FROM aws_ssoadmin_instance GROUP BY account_id
) AS instance ON instance.account_id = organization.account_id
