-- ---
-- id = "accessanalyzer-external-access-watched"
-- title = "An analyzer watches access from outside in every region"
-- severity = "medium"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "fail"
-- why = "Buckets, roles, keys and queues that were opened to strangers show at once where an analyzer watches, and by accident where none does."
-- limits = "An analyzer of the organization counts for its accounts in the same region; that it lies in the organization of the account is taken for granted."
-- fix = "Create an analyzer of the organization in every region, from the audit account: `aws accessanalyzer create-analyzer --type ORGANIZATION`."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-getting-started.html"]
-- ---
WITH own AS (
    SELECT account_id, region, min(name) AS name
    FROM aws_accessanalyzer_analyzer
    WHERE type IN ('ACCOUNT', 'ORGANIZATION') AND status = 'ACTIVE'
    GROUP BY account_id, region
),

shared AS (
    SELECT analyzer.region, min(analyzer.account_id) AS account_id
    FROM aws_accessanalyzer_analyzer AS analyzer
    INNER JOIN aws_account AS holder ON holder.account_id = analyzer.account_id AND holder.in_organization
    WHERE analyzer.type = 'ORGANIZATION' AND analyzer.status = 'ACTIVE'
    GROUP BY analyzer.region
)

SELECT
    area.arn AS resource,
    area.account_id,
    area.region,
    CASE WHEN own.name IS NOT NULL OR (account.in_organization AND shared.account_id IS NOT NULL) THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN own.name IS NOT NULL THEN 'analyzer ' || own.name || ' watches'
        WHEN account.in_organization AND shared.account_id IS NOT NULL THEN 'watched by the analyzer of the organization in ' || shared.account_id
        ELSE 'no active analyzer watches'
    END AS reason
FROM aws_region AS area
LEFT JOIN aws_account AS account ON account.account_id = area.account_id
LEFT JOIN own ON own.account_id = area.account_id AND own.region = area.region
LEFT JOIN shared ON shared.region = area.region
