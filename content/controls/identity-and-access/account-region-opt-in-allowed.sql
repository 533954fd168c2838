-- ---
-- id = "account-region-opt-in-allowed"
-- title = "The account opted into allowed regions only"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "A region that nobody uses is watched by nobody; regions that must be opted into can simply stay closed."
-- limits = "Regions that are on by default cannot be opted out of: only a guardrail closes them, which organizations-guardrail-regions-restricted asks for."
-- fix = "Disable the region: `aws account disable-region`, or add it to the design."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN place.account_id IS NULL THEN 'unknown'
        WHEN place.strange IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN place.account_id IS NULL THEN 'the list of regions is empty'
        WHEN place.strange IS NULL THEN 'no region outside the design was opted into'
        ELSE 'opted into ' || place.strange
    END AS reason
FROM aws_account AS account
LEFT JOIN (
    SELECT
        account_id,
        string_agg(
            CASE WHEN region_opt_status IN ('ENABLED', 'ENABLING') AND NOT array_has($regions_allowed, region_name) THEN region_name END,
            ', ' ORDER BY region_name
        ) AS strange
    FROM aws_account_region
    GROUP BY account_id
) AS place ON place.account_id = account.account_id
