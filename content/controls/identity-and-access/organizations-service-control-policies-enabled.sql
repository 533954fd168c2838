-- ---
-- id = "organizations-service-control-policies-enabled"
-- title = "The organization uses service control policies"
-- severity = "high"
-- scope = "organization"
-- subject = "aws_organizations_organization"
-- when_empty = "not_applicable"
-- why = "Without them, an account's administrator can switch off everything that protects the account."
-- limits = "Says that the type is enabled; that policies bind accounts is asked by the controls organizations-guardrail-…."
-- fix = "Enable the policy type: `aws organizations enable-policy-type --policy-type SERVICE_CONTROL_POLICY`."
-- owner = "security-engineer"
-- size = "S"
-- after = ["organizations-all-features-enabled"]
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies.html"]
-- ---
SELECT
    organization.arn AS resource,
    organization.account_id,
    organization.region,
    CASE
        WHEN root.types IS NULL THEN 'unknown'
        WHEN strpos(root.types, 'SERVICE_CONTROL_POLICY') > 0 THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN root.types IS NULL THEN 'no root was read'
        WHEN root.types = '' THEN 'no policy type is enabled'
        ELSE 'enabled: ' || root.types
    END AS reason
FROM aws_organizations_organization AS organization
LEFT JOIN (
    SELECT account_id, string_agg(array_to_string(policy_types, ', '), ', ') AS types FROM aws_organizations_root GROUP BY account_id
) AS root ON root.account_id = organization.account_id
