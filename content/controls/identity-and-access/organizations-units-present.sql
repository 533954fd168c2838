-- ---
-- id = "organizations-units-present"
-- title = "The organization has the units of the design"
-- severity = "low"
-- scope = "organization"
-- subject = "aws_organizations_organization"
-- when_empty = "not_applicable"
-- why = "Guardrails hang on units; accounts of different risk in one unit get the guardrails of neither."
-- limits = "Sees the units' names, not whether the right accounts are in them."
-- fix = "Make the units, and move the accounts into them."
-- owner = "platform-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/recommended-ous-and-accounts.html"]
-- ---
SELECT
    organization.arn AS resource,
    organization.account_id,
    organization.region,
    CASE WHEN missing.names IS NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('missing: ' || missing.names, 'every unit of the design is there') AS reason
FROM aws_organizations_organization AS organization
LEFT JOIN (
    SELECT wanted.account_id, string_agg(wanted.name, ', ' ORDER BY wanted.name) AS names
    FROM (
        SELECT organization.account_id, wish.name
        FROM aws_organizations_organization AS organization
        CROSS JOIN (SELECT unnest($organization_units) AS name) AS wish
    ) AS wanted
    LEFT JOIN aws_organizations_organizational_unit AS unit
        ON unit.account_id = wanted.account_id AND unit.path = 'Root/' || wanted.name
    WHERE unit.path IS NULL
    GROUP BY wanted.account_id
) AS missing ON missing.account_id = organization.account_id
