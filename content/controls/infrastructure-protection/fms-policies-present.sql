-- ---
-- id = "fms-policies-present"
-- title = "Firewall Manager has the policies of the design"
-- severity = "medium"
-- scope = "organization"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "A policy of Firewall Manager protects what is made tomorrow, too, in every account that it is laid over."
-- limits = "The design says which kinds of policy there have to be. Which accounts and resources a policy covers is not read; it counts where it is active in any region."
-- fix = "Deploy the baseline's Firewall Manager policies from the audit account."
-- owner = "security-lead"
-- size = "M"
-- after = ["fms-administrator-set"]
-- refs = ["https://docs.aws.amazon.com/waf/latest/developerguide/working-with-policies.html"]
-- ---
WITH wanted AS (
    SELECT unnest($firewall_manager_policy_types) AS kind
),
has AS (
    SELECT DISTINCT security_service_type AS kind
    FROM aws_fms_policy
    WHERE coalesce(policy_status, 'ACTIVE') = 'ACTIVE' AND security_service_type IS NOT NULL
),
missing AS (
    SELECT string_agg(wanted.kind, ', ' ORDER BY wanted.kind) AS kinds
    FROM wanted
    LEFT JOIN has ON has.kind = wanted.kind
    WHERE has.kind IS NULL
)
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN NOT account.in_organization THEN 'not_applicable'
        WHEN missing.kinds IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT account.in_organization THEN 'the account is in no organization'
        WHEN missing.kinds IS NULL THEN 'has active policies for ' || array_to_string($firewall_manager_policy_types, ', ')
        ELSE 'no active policy for ' || missing.kinds
    END AS reason
FROM aws_account AS account
LEFT JOIN missing ON true
WHERE account.is_management
