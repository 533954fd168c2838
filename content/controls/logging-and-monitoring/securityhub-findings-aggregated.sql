-- ---
-- id = "securityhub-findings-aggregated"
-- title = "Findings of all regions are gathered in one"
-- severity = "medium"
-- scope = "organization"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Whoever must look into seventeen regions looks into one."
-- limits = "The audit account is the one that the design names, by name or id; a lone account is its own."
-- fix = "Create a finding aggregator with all regions in the home region of the audit account."
-- owner = "security-engineer"
-- size = "S"
-- after = ["securityhub-administered-centrally"]
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/finding-aggregation.html"]
-- ---
WITH aggregator AS (
    SELECT account_id, min(finding_aggregation_region) AS home, bool_or(region_linking_mode = 'ALL_REGIONS') AS everywhere
    FROM aws_securityhub_finding_aggregator
    GROUP BY account_id
)

SELECT
    judged.arn AS resource,
    judged.account_id,
    judged.region,
    CASE WHEN judged.is_audit AND aggregator.everywhere THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN NOT judged.is_audit THEN 'no account `' || $accounts_audit || '` was read, which the design names as audit account'
        WHEN aggregator.home IS NULL THEN 'there is no aggregator'
        WHEN aggregator.everywhere THEN 'findings of all regions are gathered in ' || aggregator.home
        ELSE 'findings of some regions only are gathered in ' || aggregator.home
    END AS reason
FROM standfast_audit_account AS judged
LEFT JOIN aggregator ON aggregator.account_id = judged.account_id
