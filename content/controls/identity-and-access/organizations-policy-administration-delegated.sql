-- ---
-- id = "organizations-policy-administration-delegated"
-- title = "Policies of the organization are managed outside the management account"
-- severity = "low"
-- scope = "organization"
-- subject = "aws_organizations_organization"
-- when_empty = "not_applicable"
-- why = "Who works on guardrails needs no seat in the account that guardrails do not bind."
-- limits = "Reads the organization's resource policy: any principal with a right on policies counts, and whether its account is the one that the design means is not judged."
-- fix = "Delegate policy management to the security account with a resource policy of the organization."
-- owner = "security-lead"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html"]
-- ---
WITH delegated AS (
    SELECT account_id, string_agg(DISTINCT array_to_string(s['principals'], ', '), ', ') AS principals
    FROM (SELECT account_id, unnest(policy_statements(policy)) AS s FROM aws_organizations_resource_policy)
    WHERE s['effect'] = 'Allow'
        AND regexp_like(array_to_string(s['actions'], ' '), '(^| )(organizations:([*]|createpolicy|updatepolicy|attachpolicy|[a-z]*[*])|[*])( |$)')
    GROUP BY account_id
)
SELECT
    organization.arn AS resource,
    organization.account_id,
    organization.region,
    CASE WHEN delegated.principals IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('delegated to ' || delegated.principals, 'only the management account can manage policies') AS reason
FROM aws_organizations_organization AS organization
LEFT JOIN delegated ON delegated.account_id = organization.account_id
