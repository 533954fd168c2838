-- ---
-- id = "accessanalyzer-organization-watched"
-- title = "The organization as a whole has an analyzer in every region"
-- severity = "medium"
-- scope = "organization"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "An analyzer of one account calls every other account a stranger and is missing in new accounts."
-- limits = "Judged once a region, in the management account; whether the analyzer's findings are read is not seen. A region without any analyzer is the finding of accessanalyzer-external-access-watched."
-- fix = "Make the audit account the administrator of Access Analyzer and create an analyzer of type ORGANIZATION in every region."
-- owner = "security-engineer"
-- size = "S"
-- after = ["accessanalyzer-external-access-watched"]
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-delegated-administrator.html"]
-- ---
WITH shared AS (
    SELECT analyzer.region, min(analyzer.account_id) AS account_id
    FROM aws_accessanalyzer_analyzer AS analyzer
    WHERE analyzer.type = 'ORGANIZATION' AND analyzer.status = 'ACTIVE'
    GROUP BY analyzer.region
),

own AS (
    SELECT DISTINCT account_id, region
    FROM aws_accessanalyzer_analyzer
    WHERE type IN ('ACCOUNT', 'ORGANIZATION') AND status = 'ACTIVE'
)

SELECT
    area.arn AS resource,
    area.account_id,
    area.region,
    CASE
        WHEN shared.account_id IS NOT NULL THEN 'pass'
        WHEN own.account_id IS NULL THEN 'not_applicable'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN shared.account_id IS NOT NULL THEN 'the analyzer is in ' || shared.account_id
        WHEN own.account_id IS NULL THEN 'no analyzer watches here at all, which another control reports'
        ELSE 'no account has an analyzer of the organization'
    END AS reason
FROM aws_region AS area
INNER JOIN aws_account AS account ON account.account_id = area.account_id AND account.is_management AND account.in_organization
LEFT JOIN shared ON shared.region = area.region
LEFT JOIN own ON own.account_id = area.account_id AND own.region = area.region
