-- ---
-- id = "organizations-delegated-administrator-audit"
-- title = "Security services are administered from the audit account"
-- severity = "medium"
-- scope = "organization"
-- subject = "aws_organizations_organization"
-- when_empty = "not_applicable"
-- why = "Who watches over all accounts does so from an account that runs nothing else, not from the one that pays for all."
-- limits = "Reads which account is registered; whether the service is set up there is judged by its own controls. GuardDuty and Security Hub are judged by guardduty-administered-centrally and securityhub-administered-centrally."
-- fix = "Register the audit account as delegated administrator of each security service."
-- owner = "security-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_services.html"]
-- ---
WITH wanted AS (
    SELECT organization.account_id, wish.service
    FROM aws_organizations_organization AS organization
    CROSS JOIN (SELECT unnest($organization_delegated_services) AS service) AS wish
    -- Controls of their own judge who administers these, in every region.
    WHERE wish.service NOT IN ('guardduty.amazonaws.com', 'securityhub.amazonaws.com')
),
granted AS (
    SELECT
        delegated.account_id,
        delegated.service_principal,
        bool_or(delegated.delegated_account_id = $accounts_audit OR coalesce(member.name = $accounts_audit, false)) AS to_audit,
        string_agg(DISTINCT coalesce(member.name, delegated.delegated_account_id), ' and ') AS names
    FROM aws_organizations_delegated_service AS delegated
    LEFT JOIN aws_organizations_account AS member ON member.id = delegated.delegated_account_id
    GROUP BY delegated.account_id, delegated.service_principal
),
missing AS (
    SELECT
        wanted.account_id,
        string_agg(wanted.service || coalesce(' (administered from ' || granted.names || ')', ''), ', ' ORDER BY wanted.service) AS services
    FROM wanted
    LEFT JOIN granted ON granted.account_id = wanted.account_id AND granted.service_principal = wanted.service
    WHERE NOT coalesce(granted.to_audit, false)
    GROUP BY wanted.account_id
)
SELECT
    organization.arn AS resource,
    organization.account_id,
    organization.region,
    CASE WHEN missing.services IS NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('not delegated to ' || $accounts_audit || ': ' || missing.services, 'all are administered from ' || $accounts_audit) AS reason
FROM aws_organizations_organization AS organization
LEFT JOIN missing ON missing.account_id = organization.account_id
