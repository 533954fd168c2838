-- ---
-- id = "organizations-declarative-ec2-policies-enabled"
-- title = "The organization uses declarative policies for EC2"
-- severity = "medium"
-- scope = "organization"
-- subject = "aws_organizations_organization"
-- when_empty = "not_applicable"
-- why = "Without them, each account and region decides anew on public images, snapshots and metadata."
-- limits = "Says that the type is enabled; what is declared for whom is asked by organizations-declarative-ec2-policy-attached."
-- fix = "Enable the policy type: `aws organizations enable-policy-type --policy-type DECLARATIVE_POLICY_EC2`."
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
        WHEN strpos(root.types, 'DECLARATIVE_POLICY_EC2') > 0 THEN 'pass'
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
