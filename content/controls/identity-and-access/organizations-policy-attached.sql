-- ---
-- id = "organizations-policy-attached"
-- title = "Policies of the organization are attached somewhere"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_organizations_policy"
-- when_empty = "not_applicable"
-- why = "A guardrail that hangs nowhere holds nobody, and looks in the list as if it did."
-- limits = "Attached to an empty unit counts as attached; whether the policy has an effect where it is attached is not judged."
-- fix = "Attach the policy to the root or a unit, or delete it."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_policies_attach.html"]
-- ---
SELECT
    policy.arn AS resource,
    policy.account_id,
    policy.region,
    CASE
        WHEN policy.aws_managed THEN 'not_applicable'
        WHEN target.names IS NOT NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN policy.aws_managed THEN 'AWS manages this policy'
        WHEN target.names IS NOT NULL THEN policy.name || ' is attached to ' || target.names
        ELSE policy.name || ' is attached to nothing'
    END AS reason
FROM aws_organizations_policy AS policy
LEFT JOIN (
    SELECT policy_arn, string_agg(coalesce(target_name, target_id), ', ' ORDER BY coalesce(target_name, target_id)) AS names
    FROM aws_organizations_policy_target
    GROUP BY policy_arn
) AS target ON target.policy_arn = policy.arn
