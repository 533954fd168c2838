-- ---
-- id = "accessanalyzer-unused-access-watched"
-- title = "An analyzer watches unused access"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "fail"
-- why = "Rights that nobody uses are rights that only an attacker will use."
-- limits = "One region is enough, since IAM is global. An analyzer of the organization counts for all its accounts."
-- fix = "Create an analyzer of type ORGANIZATION_UNUSED_ACCESS with the design's days, from the audit account."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-create-unused.html"]
-- ---
WITH own AS (
    SELECT account_id, min(unused_access_age) AS age
    FROM aws_accessanalyzer_analyzer
    WHERE type IN ('ACCOUNT_UNUSED_ACCESS', 'ORGANIZATION_UNUSED_ACCESS') AND status = 'ACTIVE'
    GROUP BY account_id
),

shared AS (
    SELECT min(analyzer.unused_access_age) AS age
    FROM aws_accessanalyzer_analyzer AS analyzer
    INNER JOIN aws_account AS holder ON holder.account_id = analyzer.account_id AND holder.in_organization
    WHERE analyzer.type = 'ORGANIZATION_UNUSED_ACCESS' AND analyzer.status = 'ACTIVE'
),

watched AS (
    SELECT account.arn, account.account_id, account.region, coalesce(own.age, CASE WHEN account.in_organization THEN shared.age END) AS age
    FROM aws_account AS account
    LEFT JOIN own ON own.account_id = account.account_id
    CROSS JOIN shared
)

SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN age <= $unused_access_maximum_days THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN age IS NULL THEN 'no active analyzer watches' ELSE 'access counts as unused after ' || age || ' days' END AS reason
FROM watched
