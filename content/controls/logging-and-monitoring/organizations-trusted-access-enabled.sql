-- ---
-- id = "organizations-trusted-access-enabled"
-- title = "Security services may work in all accounts"
-- severity = "medium"
-- scope = "organization"
-- subject = "aws_organizations_organization"
-- when_empty = "not_applicable"
-- why = "A service without trusted access has to be set up in each account by hand, and in some it never is."
-- limits = "Says that the service may work in all accounts, not that it does."
-- fix = "Enable trusted access: `aws organizations enable-aws-service-access`, or the service's own console."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services.html"]
-- ---
SELECT
    organization.arn AS resource,
    organization.account_id,
    organization.region,
    CASE WHEN missing.services IS NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('no trusted access: ' || missing.services, 'every service of the design has trusted access') AS reason
FROM aws_organizations_organization AS organization
LEFT JOIN (
    SELECT wanted.account_id, string_agg(wanted.service, ', ' ORDER BY wanted.service) AS services
    FROM (
        SELECT organization.account_id, wish.service
        FROM aws_organizations_organization AS organization
        CROSS JOIN (SELECT unnest($organization_trusted_services) AS service) AS wish
    ) AS wanted
    LEFT JOIN aws_organizations_service_access AS granted
        ON granted.account_id = wanted.account_id AND granted.service_principal = wanted.service
    WHERE granted.service_principal IS NULL
    GROUP BY wanted.account_id
) AS missing ON missing.account_id = organization.account_id
