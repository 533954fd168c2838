-- ---
-- id = "organizations-policy-name-conforms"
-- title = "Guardrails are named as the design wants"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_organizations_policy"
-- when_empty = "not_applicable"
-- why = "Names that follow one rule tell where a guardrail belongs."
-- limits = "Judges the form of the name; that the unit in it is the one that the policy is attached to is not compared."
-- fix = "Rename the policy: `<namespace>-guardrails-all` or `<namespace>-guardrails-<unit>`."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html"]
-- ---
SELECT
    policy.arn AS resource,
    policy.account_id,
    policy.region,
    CASE
        WHEN policy.aws_managed OR policy.type NOT IN ('SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY') THEN 'not_applicable'
        WHEN regexp_like(policy.name, '^' || $names_namespace || '-guardrails-[a-z0-9]+(-[a-z0-9]+)*$') THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN policy.aws_managed THEN 'AWS manages this policy'
        WHEN policy.type NOT IN ('SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY') THEN 'the design names no policies of type ' || policy.type
        ELSE 'named ' || policy.name
    END AS reason
FROM aws_organizations_policy AS policy
