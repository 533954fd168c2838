-- ---
-- id = "guardduty-administered-centrally"
-- title = "GuardDuty is administered from the audit account"
-- severity = "medium"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "Findings that stay in the account they tell of are seen by nobody, and whoever took it over can turn GuardDuty off."
-- limits = "The audit account is the one that the design names, by name or id."
-- fix = "Make the audit account the delegated administrator in every region: `aws guardduty enable-organization-admin-account`."
-- owner = "security-engineer"
-- size = "M"
-- after = ["guardduty-detector-enabled"]
-- refs = ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html"]
-- ---
WITH working AS (
    SELECT DISTINCT account_id, region FROM aws_guardduty_detector
),

administrator AS (
    SELECT account_id, region, min(administrator_account_id) AS administrator_account_id
    FROM aws_guardduty_administrator
    WHERE lower(relationship_status) = 'enabled'
    GROUP BY account_id, region
),

organization AS (
    SELECT DISTINCT account_id, region FROM aws_guardduty_organization_configuration
)

SELECT
    area.arn AS resource,
    area.account_id,
    area.region,
    CASE
        WHEN NOT own.in_organization OR working.account_id IS NULL THEN 'not_applicable'
        WHEN organization.account_id IS NOT NULL AND (own.account_id = $accounts_audit OR own.name = $accounts_audit) THEN 'pass'
        WHEN administrator.administrator_account_id = $accounts_audit OR audit.name = $accounts_audit THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT own.in_organization THEN 'the account is in no organization that was read'
        WHEN working.account_id IS NULL THEN 'GuardDuty is off here'
        WHEN administrator.administrator_account_id IS NOT NULL
            THEN 'administered from ' || coalesce(audit.name || ' ', '') || '(' || administrator.administrator_account_id || ')'
        WHEN organization.account_id IS NOT NULL THEN 'administers GuardDuty for the organization'
        ELSE 'administered by nobody'
    END AS reason
FROM aws_region AS area
INNER JOIN aws_account AS own ON own.account_id = area.account_id
LEFT JOIN working ON working.account_id = area.account_id AND working.region = area.region
LEFT JOIN administrator ON administrator.account_id = area.account_id AND administrator.region = area.region
LEFT JOIN aws_account AS audit ON audit.account_id = administrator.administrator_account_id
LEFT JOIN organization ON organization.account_id = area.account_id AND organization.region = area.region
